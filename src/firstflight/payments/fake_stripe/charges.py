# SPDX-License-Identifier: Apache-2.0
"""Charges, the attempts of a PaymentIntent: https://docs.stripe.com/api/charges.

Owns their documents and the money they bring in. Whether to charge is `payment_attempts`' part.
"""

from __future__ import annotations

from firstflight.payments.fake_stripe import balance, disputes, lists, money, payment_methods
from firstflight.payments.fake_stripe.call import Call
from firstflight.payments.fake_stripe.cards import Decline
from firstflight.payments.fake_stripe.ids import new_id
from firstflight.payments.fake_stripe.storage import Doc

APPROVED = {
    "advice_code": None,
    "network_advice_code": None,
    "network_decline_code": None,
    "network_status": "approved_by_network",
    "reason": None,
    "risk_level": "normal",
    "seller_message": "Payment complete.",
    "type": "authorized",
}
# What a charge shows of its card.
SHOWN = (
    "brand", "checks", "country", "exp_month", "exp_year", "fingerprint", "funding", "last4",
    "wallet",
)  # fmt: skip


def succeed(call: Call, intent: Doc, method: Doc) -> Doc:
    """A charge that went through, with its balance transaction."""
    charge = _document(call, intent, method)
    card = payment_methods.card_of(method)
    movement = balance.move(
        call,
        kind="charge",
        amount=charge["amount"],
        currency=charge["currency"],
        source=charge["id"],
        fee=money.fee(charge["amount"]),
        at_once=card.available_at_once,
    )
    charge["balance_transaction"] = movement["id"]
    call.store.insert(charge)
    call.emit("charge.succeeded", charge)
    if card.dispute:
        disputes.open_dispute(call, charge, reason=card.dispute)
    return charge


def fail(call: Call, intent: Doc, method: Doc, decline: Decline) -> Doc:
    """A charge that the bank declined; it moves no money."""
    charge = _document(call, intent, method)
    charge.update(
        amount_captured=0,
        captured=False,
        failure_code=decline.code,
        failure_message=decline.message,
        outcome={
            **charge["outcome"],
            "network_status": "declined_by_network",
            "reason": decline.decline_code,
            "advice_code": decline.advice_code,
            "seller_message": decline.message,
            "type": "issuer_declined",
        },
        paid=False,
        status="failed",
    )
    call.store.insert(charge)
    call.emit("charge.failed", charge)
    return charge


def retrieve(call: Call) -> Doc:
    """GET /v1/charges/{id}"""
    return call.of_path("charge")


def listing(call: Call) -> Doc:
    """GET /v1/charges"""
    return lists.page(
        call,
        "charge",
        "/v1/charges",
        customer=call.params.get("customer"),
        payment_intent=call.params.get("payment_intent"),
    )


def _document(call: Call, intent: Doc, method: Doc) -> Doc:
    return {
        "id": new_id("ch"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": intent["amount"],
        "amount_refunded": 0,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": None,
        "billing_details": method["billing_details"],
        "calculated_statement_descriptor": "FIRST FLIGHT",
        "captured": True,
        "created": call.now,
        "currency": intent["currency"],
        "customer": intent["customer"],
        "description": intent["description"],
        "disputed": False,
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "fraud_details": {},
        "livemode": False,
        "metadata": dict(intent["metadata"]),
        "on_behalf_of": None,
        "outcome": dict(APPROVED),
        "paid": True,
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": {
            "card": {name: method["card"][name] for name in SHOWN},
            "type": "card",
        },
        "radar_options": {},
        "receipt_email": intent["receipt_email"],
        "receipt_number": None,
        "receipt_url": None,
        "refunded": False,
        "review": None,
        "shipping": intent["shipping"],
        "source_transfer": None,
        "statement_descriptor": intent["statement_descriptor"],
        "statement_descriptor_suffix": intent["statement_descriptor_suffix"],
        "status": "succeeded",
        "transfer_data": None,
        "transfer_group": None,
    }
