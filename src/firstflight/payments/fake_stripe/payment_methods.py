# SPDX-License-Identifier: Apache-2.0
"""Payment methods, cards only: https://docs.stripe.com/api/payment_methods.

Owns making them from test ids and numbers, attaching and detaching. The number itself is never
kept: the document remembers the last four digits and, in private, which test card it is.
"""

from __future__ import annotations

import hashlib
from typing import Any

from firstflight.payments.fake_stripe import cards, lists, metadata
from firstflight.payments.fake_stripe.call import Call
from firstflight.payments.fake_stripe.cards import CARDS, Decline, TestCard
from firstflight.payments.fake_stripe.errors import (
    CardRefused,
    NotModelled,
    ParameterMissing,
    PaymentMethodUnusable,
    ReferenceMissing,
    ResourceMissing,
)
from firstflight.payments.fake_stripe.ids import new_id
from firstflight.payments.fake_stripe.storage import Doc, public

BY_NAME = {card.name: card for card in CARDS}


def create(call: Call) -> Doc:
    """POST /v1/payment_methods, also from the browser"""
    kind = call.params.get("type")
    if kind is None:
        raise ParameterMissing("Required parameter is missing: type.", param="type")
    if kind != "card":
        raise NotModelled("The fake models payment methods of type card only.", param="type")
    sent = call.params.get("card")
    if not sent:
        raise ParameterMissing("Required parameter is missing: card.", param="card")
    method = from_number(call, sent)
    _describe(call, method)
    return call.store.insert(method)


def retrieve(call: Call) -> Doc:
    """GET /v1/payment_methods/{id}; a `pm_card_…` test id makes a fresh one"""
    return resolve(call, call.id, ResourceMissing)


def update(call: Call) -> Doc:
    """POST /v1/payment_methods/{id}"""
    method = call.of_path("payment_method")
    _describe(call, method)
    return call.store.save(method)


def attach(call: Call) -> Doc:
    """POST /v1/payment_methods/{id}/attach"""
    method = resolve(call, call.id, ResourceMissing)
    customer = call.of_param("customer", "customer")
    if customer is None:
        raise ParameterMissing("Required parameter is missing: customer.", param="customer")
    check_attachable(method)
    return attach_to(call, method, customer["id"])


def detach(call: Call) -> Doc:
    """POST /v1/payment_methods/{id}/detach"""
    method = call.of_path("payment_method")
    if method["customer"] is None:
        raise PaymentMethodUnusable("The payment method is not attached to a customer.")
    return let_go(call, method)


def listing(call: Call) -> Doc:
    """GET /v1/payment_methods"""
    return lists.page(
        call,
        "payment_method",
        "/v1/payment_methods",
        customer=call.params.get("customer"),
        type=call.params.get("type"),
    )


def resolve(
    call: Call,
    method_id: str,
    missing: type[ResourceMissing] | type[ReferenceMissing] = ReferenceMissing,
) -> Doc:
    """The payment method with this id; a test id such as `pm_card_visa` makes a new one."""
    method = call.store.get(method_id, "payment_method")
    if method is not None:
        return method
    card = cards.BY_TEST_ID.get(method_id)
    if card is None:
        raise missing(f"No such payment_method: '{method_id}'.", param="payment_method")
    return call.store.insert(_document(call, card, 12, call.world.clock.today().year + 8, True))


def from_number(call: Call, sent: dict[str, Any]) -> Doc:
    """A payment method, not stored yet, from `{number, exp_month, exp_year, cvc}`.

    Raises `ParameterMissing`, or `CardRefused` when number, date or code are not valid.
    """
    for name in ("number", "exp_month", "exp_year"):
        if name not in sent:
            raise ParameterMissing(
                f"Required parameter is missing: card[{name}].", param=f"card[{name}]"
            )
    card = cards.check_number(sent["number"])
    year = cards.check_expiry(sent["exp_month"], sent["exp_year"], call.world.clock.today())
    if "cvc" in sent:
        cards.check_cvc(sent["cvc"], card.brand)
    return _document(call, card, sent["exp_month"], year, "cvc" in sent)


def card_of(method: Doc) -> TestCard:
    """The test card behind a payment method."""
    return BY_NAME[method["_fake"]["card"]]


def expired(method: Doc, call: Call) -> bool:
    """Whether the card's last month has passed in the fake's time."""
    today = call.world.clock.today()
    last = (method["card"]["exp_year"], method["card"]["exp_month"])
    return bool(last < (today.year, today.month))


def refusal(decline: Decline, **fields: Any) -> CardRefused:
    """The error a decline becomes."""
    return CardRefused(
        decline.code,
        decline.message,
        decline_code=decline.decline_code,
        advice_code=decline.advice_code,
        **fields,
    )


def check_attachable(method: Doc) -> None:
    """Raises `CardRefused` for a card that a bank would not let be saved."""
    decline = card_of(method).on_setup
    if decline is not None:
        raise refusal(decline)


def attach_to(call: Call, method: Doc, customer: str) -> Doc:
    """Attach, unless it is attached already. Raises `PaymentMethodUnusable` when it is spent."""
    if method["customer"] == customer:
        return method
    if method["customer"] is not None:
        raise PaymentMethodUnusable("The payment method belongs to another customer.")
    if method["_fake"]["spent"]:
        raise PaymentMethodUnusable(
            "The payment method was used without a customer or detached; it cannot be used again."
        )
    method["customer"] = customer
    call.store.save(method)
    call.emit("payment_method.attached", method)
    return method


def let_go(call: Call, method: Doc) -> Doc:
    """Detach; it cannot be attached again."""
    before = {"customer": method["customer"]}
    method["customer"] = None
    method["_fake"]["spent"] = True
    call.store.save(method)
    call.emit("payment_method.detached", method, before)
    return method


def check_usable(method: Doc, customer: str | None) -> None:
    """Raises `PaymentMethodUnusable` when the payment method cannot pay for this customer."""
    if method["customer"] is not None and method["customer"] != customer:
        raise PaymentMethodUnusable(
            "The payment method belongs to a customer; send that customer with it.",
            param="payment_method",
        )
    if method["customer"] is None and method["_fake"]["spent"]:
        raise PaymentMethodUnusable(
            "The payment method was used without a customer or detached; it cannot be used again.",
            param="payment_method",
        )


def chosen(call: Call, intent: Doc) -> Doc | None:
    """The payment method a request names, or the one its intent already has."""
    named = call.params.get("payment_method") or intent.get("payment_method")
    return None if not named else resolve(call, named)


def snapshot(method: Doc | None) -> Doc | None:
    """The payment method as it stands, for an error message."""
    shown: Doc | None = public(method)
    return shown


def _describe(call: Call, method: Doc) -> None:
    details = call.params.get("billing_details")
    if details:
        method["billing_details"].update({k: v or None for k, v in details.items()})
    if call.params.get("allow_redisplay"):
        method["allow_redisplay"] = call.params["allow_redisplay"]
    method["metadata"] = metadata.merge(method["metadata"], call.params.get("metadata"))


def _document(call: Call, card: TestCard, month: int, year: int, with_cvc: bool) -> Doc:
    address = "fail" if card.address_fails else None
    cvc = ("fail" if card.cvc_fails else "pass") if with_cvc else None
    country = {"jp": "JP", "fr": "FR"}.get(card.name, "JP" if card.brand == "jcb" else "US")
    return {
        "id": new_id("pm"),
        "object": "payment_method",
        "allow_redisplay": "unspecified",
        "billing_details": {
            "address": dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state")),
            **dict.fromkeys(("email", "name", "phone", "tax_id")),
        },
        "card": {
            "brand": card.brand,
            "checks": {
                "address_line1_check": address,
                "address_postal_code_check": address,
                "cvc_check": cvc,
            },
            "country": country,
            "display_brand": card.brand,
            "exp_month": month,
            "exp_year": year,
            "fingerprint": hashlib.sha256(card.number.encode()).hexdigest()[:16],
            "funding": card.funding,
            "generated_from": None,
            "last4": card.number[-4:],
            "networks": {"available": [card.brand], "preferred": None},
            "regulated_status": "unregulated",
            "three_d_secure_usage": {"supported": card.brand != "amex"},
            "wallet": None,
        },
        "created": call.now,
        "customer": None,
        "livemode": False,
        "metadata": {},
        "type": "card",
        "_fake": {"card": card.name, "set_up": card.set_up, "spent": False},
    }
