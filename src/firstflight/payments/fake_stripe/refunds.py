# SPDX-License-Identifier: Apache-2.0
"""Refunds, in part or whole: https://docs.stripe.com/api/refunds.

Owns their documents and the sum refunded of a charge, which never passes the charge.
"""

from __future__ import annotations

from firstflight.payments.fake_stripe import balance, lists, metadata
from firstflight.payments.fake_stripe.call import Call
from firstflight.payments.fake_stripe.errors import (
    ApiError,
    ChargeAlreadyRefunded,
    ChargeDisputed,
    ParameterInvalid,
    ParameterMissing,
    ParametersExclusive,
    RefundTooLarge,
)
from firstflight.payments.fake_stripe.ids import new_id
from firstflight.payments.fake_stripe.storage import Doc


def create(call: Call) -> Doc:
    """POST /v1/refunds"""
    charge = _charge(call)
    left = charge["amount"] - charge["amount_refunded"]
    if left == 0:
        raise ChargeAlreadyRefunded(f"The charge {charge['id']} has been refunded in full.")
    if charge["disputed"]:
        raise ChargeDisputed(charge=charge["id"])
    amount = call.params.get("amount", left)
    if amount < 1:
        raise ParameterInvalid("Invalid amount: it must be at least 1.", param="amount")
    if amount > left:
        raise RefundTooLarge(
            f"The refund of {amount} {charge['currency']} is greater than the {left} "
            f"{charge['currency']} that are left of the charge.",
            param="amount",
        )
    refund = _document(call, charge, amount)
    movement = balance.move(
        call,
        kind="refund",
        amount=-amount,
        currency=charge["currency"],
        source=refund["id"],
        at_once=True,
    )
    refund["balance_transaction"] = movement["id"]
    call.store.insert(refund)
    _book(call, charge, amount)
    call.emit("charge.refunded", charge)
    call.emit("refund.created", refund)
    return refund


def fail(call: Call, refund: Doc, reason: str) -> Doc:
    """The bank could not take the money back: it returns to the balance. A control calls this."""
    if refund["status"] != "succeeded":
        raise ApiError(f"The refund is {refund['status']} already.")
    movement = balance.move(
        call,
        kind="refund_failure",
        amount=refund["amount"],
        currency=refund["currency"],
        source=refund["id"],
        at_once=True,
    )
    refund.update(
        status="failed", failure_reason=reason, failure_balance_transaction=movement["id"]
    )
    call.store.save(refund)
    _book(call, call.of_path("charge", refund["charge"]), -refund["amount"])
    call.emit("refund.updated", refund)
    call.emit("refund.failed", refund)
    return refund


def retrieve(call: Call) -> Doc:
    """GET /v1/refunds/{id}"""
    return call.of_path("refund")


def update(call: Call) -> Doc:
    """POST /v1/refunds/{id}: its metadata"""
    refund = call.of_path("refund")
    refund["metadata"] = metadata.merge(refund["metadata"], call.params.get("metadata"))
    call.store.save(refund)
    call.emit("refund.updated", refund)
    return refund


def listing(call: Call) -> Doc:
    """GET /v1/refunds"""
    return lists.page(
        call,
        "refund",
        "/v1/refunds",
        charge=call.params.get("charge"),
        payment_intent=call.params.get("payment_intent"),
    )


def _charge(call: Call) -> Doc:
    if call.params.get("charge") and call.params.get("payment_intent"):
        raise ParametersExclusive("Send charge or payment_intent, not both.")
    charge = call.of_param("charge", "charge")
    intent = call.of_param("payment_intent", "payment_intent")
    if intent is not None and intent["latest_charge"]:
        charge = call.of_path("charge", intent["latest_charge"])
    if charge is None and intent is None:
        raise ParameterMissing(
            "Required parameter is missing: charge or payment_intent.", param="charge"
        )
    if charge is None or charge["status"] != "succeeded":
        raise ParameterInvalid("Nothing was paid that could be refunded.", param="payment_intent")
    return charge


def _book(call: Call, charge: Doc, amount: int) -> None:
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    call.store.save(charge)


def _document(call: Call, charge: Doc, amount: int) -> Doc:
    return {
        "id": new_id("re"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "charge": charge["id"],
        "created": call.now,
        "currency": charge["currency"],
        "customer": charge["customer"],
        "destination_details": {
            "card": {"reference_status": "pending", "reference_type": "acquirer_reference_number"},
            "type": "card",
        },
        "failure_balance_transaction": None,
        "failure_reason": None,
        "metadata": metadata.merge({}, call.params.get("metadata")),
        "payment_intent": charge["payment_intent"],
        "payment_method": charge["payment_method"],
        "reason": call.params.get("reason"),
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "succeeded",
        "transfer_reversal": None,
    }
