# SPDX-License-Identifier: Apache-2.0
"""Disputes: https://docs.stripe.com/api/disputes. Opened by a control or by a test card.

Owns their documents and the money they take and give back.
"""

from __future__ import annotations

from firstflight.payments.fake_stripe import balance, lists, money
from firstflight.payments.fake_stripe.call import Call
from firstflight.payments.fake_stripe.errors import ApiError, ChargeDisputed
from firstflight.payments.fake_stripe.ids import new_id
from firstflight.payments.fake_stripe.storage import Doc

EVIDENCE_SECONDS = 9 * 86400
OPEN = ("needs_response", "under_review", "warning_needs_response")


class DisputeClosed(ApiError):
    """The dispute has been decided already."""


def open_dispute(
    call: Call, charge: Doc, *, reason: str = "fraudulent", amount: int | None = None
) -> Doc:
    """A cardholder's dispute of a stored charge: the money and the fee leave at once.

    Raises `ChargeDisputed` when there is one already, `ApiError` when nothing was paid.
    """
    if charge["status"] != "succeeded":
        raise ApiError("Only a charge that succeeded can be disputed.", param="charge")
    if charge["disputed"]:
        raise ChargeDisputed("The charge is disputed already.", param="charge")
    taken = charge["amount"] - charge["amount_refunded"] if amount is None else amount
    dispute: Doc = {
        "id": new_id("du"),
        "object": "dispute",
        "amount": taken,
        "balance_transactions": [],
        "charge": charge["id"],
        "created": call.now,
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {},
        "evidence_details": {
            "due_by": call.now + EVIDENCE_SECONDS,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "network_reason_code": "10.4",
        "payment_intent": charge["payment_intent"],
        "reason": reason,
        "status": "needs_response",
    }
    _move(call, dispute, -taken, money.dispute_fee(charge["currency"]))
    call.store.insert(dispute)
    charge["disputed"] = True
    call.store.save(charge)
    call.emit("charge.dispute.created", dispute)
    call.emit("charge.dispute.funds_withdrawn", dispute)
    return dispute


def decide(call: Call, dispute: Doc, *, won: bool) -> Doc:
    """The bank's decision. Won, the money comes back, the fee does not. Raises `DisputeClosed`."""
    if dispute["status"] not in OPEN:
        raise DisputeClosed(f"The dispute is {dispute['status']} already.")
    dispute["status"] = "won" if won else "lost"
    if won:
        _move(call, dispute, dispute["amount"], 0)
        call.emit("charge.dispute.funds_reinstated", dispute)
    call.store.save(dispute)
    call.emit("charge.dispute.closed", dispute)
    return dispute


def close(call: Call) -> Doc:
    """POST /v1/disputes/{id}/close: give up, so that it is lost"""
    return decide(call, call.of_path("dispute"), won=False)


def retrieve(call: Call) -> Doc:
    """GET /v1/disputes/{id}"""
    return call.of_path("dispute")


def listing(call: Call) -> Doc:
    """GET /v1/disputes"""
    return lists.page(
        call,
        "dispute",
        "/v1/disputes",
        charge=call.params.get("charge"),
        payment_intent=call.params.get("payment_intent"),
    )


def _move(call: Call, dispute: Doc, amount: int, fee: int) -> None:
    movement = balance.move(
        call,
        kind="adjustment",
        amount=amount,
        currency=dispute["currency"],
        source=dispute["id"],
        fee=fee,
        category="dispute" if amount < 0 else "dispute_reversal",
    )
    dispute["balance_transactions"].append(movement)
