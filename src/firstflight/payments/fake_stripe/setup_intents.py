# SPDX-License-Identifier: Apache-2.0
"""SetupIntents, which save a card for later: https://docs.stripe.com/api/setup_intents.

Owns their life. Cards and 3-D Secure are judged elsewhere.
"""

from __future__ import annotations

from firstflight.payments.fake_stripe import authentication, lists, metadata, payment_methods
from firstflight.payments.fake_stripe.call import Call
from firstflight.payments.fake_stripe.cards import EXPIRED, Decline
from firstflight.payments.fake_stripe.errors import ParameterInvalid, SetupIntentUnexpectedState
from firstflight.payments.fake_stripe.ids import new_id, new_token
from firstflight.payments.fake_stripe.storage import Doc, public

OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")
AUTHENTICATION_FAILED = "The card's bank could not confirm that it was you. Try again."


def create(call: Call) -> Doc:
    """POST /v1/setup_intents"""
    sent, intent_id = call.params, new_id("seti")
    customer = call.of_param("customer", "customer")
    intent: Doc = {
        "id": intent_id,
        "object": "setup_intent",
        "allowed_payment_method_types": sent.get("allowed_payment_method_types"),
        "application": None,
        "automatic_payment_methods": authentication.automatic_methods(sent),
        "cancellation_reason": None,
        "client_secret": f"{intent_id}_secret_{new_token(25)}",
        "created": call.now,
        "customer": customer["id"] if customer else None,
        "description": sent.get("description"),
        "flow_directions": None,
        "last_setup_error": None,
        "latest_attempt": None,
        "livemode": False,
        "mandate": None,
        "metadata": metadata.merge({}, sent.get("metadata")),
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_options": sent.get("payment_method_options"),
        "payment_method_types": ["card"],
        "single_use_mandate": None,
        "status": "requires_payment_method",
        "usage": sent.get("usage", "off_session"),
        "_fake": {},
    }
    _choose(call, intent)
    if sent.get("return_url") and not sent.get("confirm"):
        raise ParameterInvalid("return_url is sent only with confirm=true.", param="return_url")
    if sent.get("confirm"):
        authentication.take_return_url(call, intent)
    call.store.insert(intent)
    call.emit("setup_intent.created", intent)
    return _confirm(call, intent) if sent.get("confirm") else intent


def retrieve(call: Call) -> Doc:
    """GET /v1/setup_intents/{id}"""
    return call.of_path("setup_intent")


def update(call: Call) -> Doc:
    """POST /v1/setup_intents/{id}"""
    intent = call.of_path("setup_intent")
    _expect(intent, OPEN, "updated")
    if "customer" in call.params:
        customer = call.of_param("customer", "customer")
        intent["customer"] = customer["id"] if customer else None
    if "description" in call.params:
        intent["description"] = call.params["description"] or None
    intent["metadata"] = metadata.merge(intent["metadata"], call.params.get("metadata"))
    _choose(call, intent)
    return call.store.save(intent)


def confirm(call: Call) -> Doc:
    """POST /v1/setup_intents/{id}/confirm, also from the browser"""
    intent = call.of_path("setup_intent")
    _expect(intent, OPEN, "confirmed")
    _choose(call, intent)
    authentication.take_return_url(call, intent)
    return _confirm(call, intent)


def cancel(call: Call) -> Doc:
    """POST /v1/setup_intents/{id}/cancel"""
    intent = call.of_path("setup_intent")
    _expect(intent, OPEN, "canceled")
    intent.update(
        status="canceled",
        next_action=None,
        cancellation_reason=call.params.get("cancellation_reason"),
    )
    call.store.save(intent)
    call.emit("setup_intent.canceled", intent)
    return intent


def listing(call: Call) -> Doc:
    """GET /v1/setup_intents"""
    return lists.page(
        call,
        "setup_intent",
        "/v1/setup_intents",
        customer=call.params.get("customer"),
        payment_method=call.params.get("payment_method"),
    )


def finish_challenge(call: Call, intent: Doc, *, passed: bool) -> Doc:
    """What the bank found out. Raises `SetupIntentUnexpectedState` when it was not asked."""
    _expect(intent, ("requires_action",), "authenticated")
    method = payment_methods.resolve(call, intent["payment_method"])
    if passed:
        return _succeed(call, intent, method)
    error = {
        "code": "setup_intent_authentication_failure",
        "message": AUTHENTICATION_FAILED,
        "type": "card_error",
    }
    return _fail(call, intent, method, error)


def _choose(call: Call, intent: Doc) -> None:
    method = payment_methods.chosen(call, intent)
    if method is None:
        return
    payment_methods.check_usable(method, intent["customer"])
    if method["id"] != intent["payment_method"]:
        intent.update(payment_method=method["id"], status="requires_confirmation", next_action=None)


def _confirm(call: Call, intent: Doc) -> Doc:
    if intent["payment_method"] is None:
        raise SetupIntentUnexpectedState(
            "The SetupIntent has no payment method yet; send payment_method.",
            setup_intent=public(intent),
        )
    method = payment_methods.resolve(call, intent["payment_method"])
    decline = payment_methods.card_of(method).on_setup
    if decline is None and payment_methods.expired(method, call):
        decline = EXPIRED
    if decline is not None:
        _decline(call, intent, method, decline)
    if not authentication.asked_on_setup(method):
        return _succeed(call, intent, method)
    intent.update(
        status="requires_action",
        last_setup_error=None,
        next_action=authentication.next_action(call, intent),
    )
    call.store.save(intent)
    call.emit("setup_intent.requires_action", intent)
    return intent


def _succeed(call: Call, intent: Doc, method: Doc) -> Doc:
    method["_fake"]["set_up"] = True
    call.store.save(method)
    if intent["customer"]:
        payment_methods.attach_to(call, method, intent["customer"])
    intent.update(status="succeeded", next_action=None, last_setup_error=None)
    call.store.save(intent)
    call.emit("setup_intent.succeeded", intent)
    return intent


def _decline(call: Call, intent: Doc, method: Doc, decline: Decline) -> None:
    shown = payment_methods.snapshot(method)
    refusal = payment_methods.refusal(decline, payment_method=shown)
    _fail(call, intent, method, refusal.body()["error"])
    refusal.fields["setup_intent"] = public(intent)
    raise refusal


def _fail(call: Call, intent: Doc, method: Doc, error: Doc) -> Doc:
    intent.update(
        status="requires_payment_method",
        payment_method=None,
        next_action=None,
        last_setup_error={**error, "payment_method": payment_methods.snapshot(method)},
    )
    call.store.save(intent)
    call.emit("setup_intent.setup_failed", intent)
    return intent


def _expect(intent: Doc, statuses: tuple[str, ...], verb: str) -> None:
    if intent["status"] not in statuses:
        raise SetupIntentUnexpectedState(
            f"The SetupIntent is {intent['status']} and cannot be {verb}.",
            setup_intent=public(intent),
        )
