# SPDX-License-Identifier: Apache-2.0
"""PaymentIntents, which take a payment: https://docs.stripe.com/api/payment_intents.

Owns their documents and requests. The attempt itself is in `payment_attempts`.
"""

from __future__ import annotations

from firstflight.payments.fake_stripe import (
    authentication,
    lists,
    metadata,
    money,
    payment_attempts,
    payment_methods,
)
from firstflight.payments.fake_stripe.call import Call
from firstflight.payments.fake_stripe.errors import NotModelled, ParameterInvalid
from firstflight.payments.fake_stripe.ids import new_id, new_token
from firstflight.payments.fake_stripe.storage import Doc

STORED = (
    "description",
    "receipt_email",
    "shipping",
    "statement_descriptor",
    "statement_descriptor_suffix",
    "transfer_group",
    "setup_future_usage",
)


def create(call: Call) -> Doc:
    """POST /v1/payment_intents"""
    sent = call.params
    for name in ("off_session", "return_url", "error_on_requires_action"):
        if sent.get(name) and not sent.get("confirm"):
            raise ParameterInvalid(f"{name} is sent only with confirm=true.", param=name)
    if sent.get("capture_method") == "manual":
        raise NotModelled("The fake captures every payment at once.", param="capture_method")
    customer = call.of_param("customer", "customer")
    intent = _document(call, customer["id"] if customer else None)
    _choose(call, intent)
    if sent.get("confirm"):
        payment_attempts.prepare(call, intent)
    call.store.insert(intent)
    call.emit("payment_intent.created", intent)
    return payment_attempts.attempt(call, intent) if sent.get("confirm") else intent


def retrieve(call: Call) -> Doc:
    """GET /v1/payment_intents/{id}"""
    return call.of_path("payment_intent")


def update(call: Call) -> Doc:
    """POST /v1/payment_intents/{id}"""
    intent, sent = call.of_path("payment_intent"), call.params
    payment_attempts.expect(intent, payment_attempts.OPEN, "updated")
    if "currency" in sent:
        intent["currency"] = money.check_currency(sent["currency"])
    if "amount" in sent or "currency" in sent:
        amount: int = sent["amount"] if "amount" in sent else intent["amount"]
        intent["amount"] = money.check_amount(amount, intent["currency"])
    if "customer" in sent:
        customer = call.of_param("customer", "customer")
        intent["customer"] = customer["id"] if customer else None
    for name in STORED:
        if name in sent:
            intent[name] = sent[name] or None
    intent["metadata"] = metadata.merge(intent["metadata"], sent.get("metadata"))
    _choose(call, intent)
    return call.store.save(intent)


def confirm(call: Call) -> Doc:
    """POST /v1/payment_intents/{id}/confirm, also from the browser"""
    intent = call.of_path("payment_intent")
    payment_attempts.expect(intent, payment_attempts.OPEN, "confirmed")
    for name in STORED:
        if name in call.params:
            intent[name] = call.params[name] or None
    _choose(call, intent)
    payment_attempts.prepare(call, intent)
    return payment_attempts.attempt(call, intent)


def cancel(call: Call) -> Doc:
    """POST /v1/payment_intents/{id}/cancel"""
    intent = call.of_path("payment_intent")
    payment_attempts.expect(intent, payment_attempts.OPEN, "canceled")
    intent.update(
        status="canceled",
        next_action=None,
        canceled_at=call.now,
        cancellation_reason=call.params.get("cancellation_reason"),
    )
    call.store.save(intent)
    call.emit("payment_intent.canceled", intent)
    return intent


def listing(call: Call) -> Doc:
    """GET /v1/payment_intents"""
    return lists.page(
        call,
        "payment_intent",
        "/v1/payment_intents",
        customer=call.params.get("customer"),
    )


def _choose(call: Call, intent: Doc) -> None:
    method = payment_methods.chosen(call, intent)
    if method is None:
        return
    payment_methods.check_usable(method, intent["customer"])
    if method["id"] != intent["payment_method"]:
        intent.update(payment_method=method["id"], status="requires_confirmation", next_action=None)


def _document(call: Call, customer: str | None) -> Doc:
    sent, intent_id = call.params, new_id("pi")
    currency = money.check_currency(sent["currency"])
    return {
        "id": intent_id,
        "object": "payment_intent",
        "allowed_payment_method_types": sent.get("allowed_payment_method_types"),
        "amount": money.check_amount(sent["amount"], currency),
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": authentication.automatic_methods(sent),
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": sent.get("capture_method", "automatic_async"),
        "client_secret": f"{intent_id}_secret_{new_token(25)}",
        "confirmation_method": "automatic",
        "created": call.now,
        "currency": currency,
        "customer": customer,
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": metadata.merge({}, sent.get("metadata")),
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_options": sent.get("payment_method_options") or {},
        "payment_method_types": ["card"],
        "processing": None,
        "review": None,
        "source": None,
        "status": "requires_payment_method",
        "transfer_data": None,
        **{name: sent.get(name) for name in STORED},
        "_fake": {},
    }
