# SPDX-License-Identifier: Apache-2.0
"""One attempt to take the money of a PaymentIntent: success, decline or 3-D Secure.

Owns the moves of `status` that follow from an attempt.
"""

from __future__ import annotations

from firstflight.payments.fake_stripe import authentication, charges, payment_methods
from firstflight.payments.fake_stripe.call import Call
from firstflight.payments.fake_stripe.cards import EXPIRED, Decline
from firstflight.payments.fake_stripe.errors import PaymentIntentUnexpectedState
from firstflight.payments.fake_stripe.storage import Doc, public

OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")
AUTHENTICATION_REQUIRED = Decline(
    "authentication_required",
    "authentication_required",
    "The card was declined: its holder has to confirm this payment.",
)
AUTHENTICATION_FAILED = "The card's bank could not confirm that it was you. Try again."


def prepare(call: Call, intent: Doc) -> None:
    """What must be in order before an attempt.

    Raises `PaymentIntentUnexpectedState` without a payment method, `ParameterMissing` or
    `UrlInvalid` for its return address.
    """
    if intent["payment_method"] is None:
        raise PaymentIntentUnexpectedState(
            "The PaymentIntent has no payment method yet; send payment_method.",
            payment_intent=public(intent),
        )
    authentication.take_return_url(call, intent, off_session=bool(call.params.get("off_session")))


def attempt(call: Call, intent: Doc) -> Doc:
    """Charge, or ask for 3-D Secure. Raises `CardRefused` (402) with the intent in the error."""
    method = payment_methods.resolve(call, intent["payment_method"])
    off_session = bool(call.params.get("off_session"))
    if not authentication.asked(method, off_session=off_session):
        return _charge(call, intent, method)
    if off_session or call.params.get("error_on_requires_action"):
        _decline(call, intent, method, AUTHENTICATION_REQUIRED)
    intent.update(
        status="requires_action",
        last_payment_error=None,
        next_action=authentication.next_action(call, intent),
    )
    call.store.save(intent)
    call.emit("payment_intent.requires_action", intent)
    return intent


def finish_challenge(call: Call, intent: Doc, *, passed: bool) -> Doc:
    """Charge after a passed challenge, or note that it failed.

    Raises `PaymentIntentUnexpectedState` when none was asked for, `CardRefused` when the bank
    declines all the same.
    """
    expect(intent, ("requires_action",), "authenticated")
    method = payment_methods.resolve(call, intent["payment_method"])
    if passed:
        return _charge(call, intent, method)
    error = {
        "code": "payment_intent_authentication_failure",
        "message": AUTHENTICATION_FAILED,
        "type": "invalid_request_error",
    }
    return _fail(call, intent, method, error)


def expect(intent: Doc, statuses: tuple[str, ...], verb: str) -> None:
    """Raises `PaymentIntentUnexpectedState` unless the intent has one of these statuses."""
    if intent["status"] not in statuses:
        raise PaymentIntentUnexpectedState(
            f"The PaymentIntent is {intent['status']} and cannot be {verb}.",
            payment_intent=public(intent),
        )


def _charge(call: Call, intent: Doc, method: Doc) -> Doc:
    decline = payment_methods.card_of(method).on_charge
    if decline is None and payment_methods.expired(method, call):
        decline = EXPIRED
    if decline is not None:
        _decline(call, intent, method, decline)
    charge = charges.succeed(call, intent, method)
    if intent["setup_future_usage"] and intent["customer"]:
        method["_fake"]["set_up"] = True
        payment_methods.attach_to(call, method, intent["customer"])
    elif method["customer"] is None:
        method["_fake"]["spent"] = True
    call.store.save(method)
    intent.update(
        status="succeeded",
        amount_received=intent["amount"],
        latest_charge=charge["id"],
        next_action=None,
        last_payment_error=None,
    )
    call.store.save(intent)
    call.emit("payment_intent.succeeded", intent)
    return intent


def _decline(call: Call, intent: Doc, method: Doc, decline: Decline) -> None:
    charge = charges.fail(call, intent, method, decline)
    intent["latest_charge"] = charge["id"]
    refusal = payment_methods.refusal(
        decline, charge=charge["id"], payment_method=payment_methods.snapshot(method)
    )
    _fail(call, intent, method, refusal.body()["error"])
    refusal.fields["payment_intent"] = public(intent)
    raise refusal


def _fail(call: Call, intent: Doc, method: Doc, error: Doc) -> Doc:
    intent.update(
        status="requires_payment_method",
        payment_method=None,
        next_action=None,
        last_payment_error={**error, "payment_method": payment_methods.snapshot(method)},
    )
    call.store.save(intent)
    call.emit("payment_intent.payment_failed", intent)
    return intent
