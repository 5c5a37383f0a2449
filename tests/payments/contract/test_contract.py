# SPDX-License-Identifier: Apache-2.0
"""What First Flight relies on from a payment provider, tried on each one there is."""

from typing import Any
from uuid import uuid4

import pytest
import stripe


@pytest.fixture
def customer(provider: Any) -> str:
    """The id of a new customer."""
    return str(provider.client.v1.customers.create({"email": "mika@example.org"}).id)


@pytest.fixture
def card(provider: Any, customer: str) -> str:
    """The id of a good card of that customer."""
    attach = provider.client.v1.payment_methods.attach
    return str(attach("pm_card_visa", {"customer": customer}).id)


def pay(provider: Any, customer: str, card: str, amount: int = 34_800, key: str = "") -> Any:
    """Charge a card without its holder."""
    return provider.client.v1.payment_intents.create(
        {
            "amount": amount,
            "currency": "jpy",
            "customer": customer,
            "payment_method": card,
            "off_session": True,
            "confirm": True,
        },
        {"idempotency_key": key} if key else {},
    )


def test_a_customer_keeps_what_it_is_given(provider: Any) -> None:
    made = provider.client.v1.customers.create(
        {"email": "mika@example.org", "metadata": {"person": "7"}}
    )
    found = provider.client.v1.customers.retrieve(made.id)
    assert (found.email, found.metadata["person"]) == ("mika@example.org", "7")


def test_an_unknown_customer_is_not_found(provider: Any) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        provider.client.v1.customers.retrieve("cus_nobody")
    assert (refused.value.http_status, refused.value.code) == (404, "resource_missing")


def test_a_card_is_saved_for_later(provider: Any, customer: str) -> None:
    intent = provider.client.v1.setup_intents.create(
        {"customer": customer, "usage": "off_session", **provider.cards_only}
    )
    assert intent.status == "requires_payment_method"
    assert intent.client_secret.startswith(f"{intent.id}_secret_")
    done = provider.client.v1.setup_intents.confirm(intent.id, {"payment_method": "pm_card_visa"})
    assert done.status == "succeeded"
    assert done.payment_method.startswith("pm_")


def test_a_declined_setup_can_be_repaired(provider: Any, customer: str) -> None:
    setups = provider.client.v1.setup_intents
    intent = setups.create({"customer": customer, **provider.cards_only})
    with pytest.raises(stripe.CardError) as refused:
        setups.confirm(intent.id, {"payment_method": "pm_card_visa_chargeDeclined"})
    assert refused.value.code == "card_declined"
    assert setups.retrieve(intent.id).status == "requires_payment_method"
    assert setups.confirm(intent.id, {"payment_method": "pm_card_visa"}).status == "succeeded"


def test_a_canceled_setup_stays_canceled(provider: Any, customer: str) -> None:
    intent = provider.client.v1.setup_intents.create({"customer": customer, **provider.cards_only})
    provider.client.v1.setup_intents.cancel(intent.id)
    assert provider.client.v1.setup_intents.retrieve(intent.id).status == "canceled"


def test_a_saved_card_is_charged_without_its_holder(
    provider: Any, customer: str, card: str
) -> None:
    intent = pay(provider, customer, card)
    assert (intent.status, intent.amount, intent.currency) == ("succeeded", 34_800, "jpy")
    found = provider.client.v1.payment_intents.retrieve(
        intent.id, {"expand": ["latest_charge.balance_transaction"]}
    )
    assert (found.latest_charge.amount, found.latest_charge.paid) == (34_800, True)
    assert found.latest_charge.balance_transaction.amount == 34_800


def test_a_card_that_fails_when_charged_is_refused_with_402(provider: Any, customer: str) -> None:
    attach = provider.client.v1.payment_methods.attach
    card = attach("pm_card_chargeCustomerFail", {"customer": customer}).id
    with pytest.raises(stripe.CardError) as refused:
        pay(provider, customer, card)
    assert (refused.value.http_status, refused.value.code) == (402, "card_declined")


def test_a_decline_tells_code_and_intent(provider: Any, customer: str) -> None:
    attach = provider.client.v1.payment_methods.attach
    card = attach("pm_card_chargeCustomerFail", {"customer": customer}).id
    with pytest.raises(stripe.CardError) as refused:
        pay(provider, customer, card)
    assert refused.value.error is not None
    assert refused.value.error.decline_code == "generic_decline"
    assert refused.value.error.payment_intent is not None
    assert refused.value.error.payment_intent.status == "requires_payment_method"


def test_an_always_asking_card_is_refused_off_session(provider: Any, customer: str) -> None:
    attach = provider.client.v1.payment_methods.attach
    card = attach("pm_card_authenticationRequired", {"customer": customer}).id
    with pytest.raises(stripe.CardError) as refused:
        pay(provider, customer, card)
    assert (refused.value.http_status, refused.value.code) == (402, "authentication_required")


def test_a_payment_is_refunded_in_part(provider: Any, customer: str, card: str) -> None:
    intent = pay(provider, customer, card)
    refund = provider.client.v1.refunds.create({"payment_intent": intent.id, "amount": 800})
    assert (refund.amount, refund.status) == (800, "succeeded")
    charge = provider.client.v1.payment_intents.retrieve(
        intent.id, {"expand": ["latest_charge"]}
    ).latest_charge
    assert (charge.amount_refunded, charge.refunded) == (800, False)


def test_a_refund_beyond_the_charge_is_refused(provider: Any, customer: str, card: str) -> None:
    intent = pay(provider, customer, card)
    with pytest.raises(stripe.InvalidRequestError):
        provider.client.v1.refunds.create({"payment_intent": intent.id, "amount": 34_801})


def test_an_idempotency_key_is_done_once(provider: Any, customer: str, card: str) -> None:
    key = uuid4().hex
    first, second = (pay(provider, customer, card, key=key) for _ in range(2))
    assert first.id == second.id
    assert second.last_response.headers["idempotent-replayed"] == "true"


def test_a_key_with_other_parameters_is_refused(provider: Any, customer: str, card: str) -> None:
    key = uuid4().hex
    pay(provider, customer, card, key=key)
    with pytest.raises(stripe.IdempotencyError) as refused:
        pay(provider, customer, card, amount=500, key=key)
    assert refused.value.http_status == 400


def test_an_unknown_parameter_is_refused(provider: Any) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        provider.client.v1.customers.create({"emial": "mika@example.org"})
    assert refused.value.http_status == 400


def test_an_unknown_parameter_is_refused_and_named(provider: Any) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        provider.client.v1.customers.create({"emial": "mika@example.org"})
    assert (refused.value.code, refused.value.param) == ("parameter_unknown", "emial")


def test_a_missing_amount_is_named(provider: Any) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        provider.client.v1.payment_intents.create({"currency": "jpy"})
    assert (refused.value.code, refused.value.param) == ("parameter_missing", "amount")


def test_an_amount_below_the_least_is_refused(provider: Any) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        provider.client.v1.payment_intents.create({"amount": 1, "currency": "jpy"})
    assert refused.value.code == "amount_too_small"


def test_a_list_has_pages(provider: Any, customer: str) -> None:
    for _ in range(3):
        provider.client.v1.payment_methods.attach("pm_card_visa", {"customer": customer})
    page = provider.client.v1.payment_methods.list(
        {"customer": customer, "type": "card", "limit": 2}
    )
    assert (len(page.data), page.has_more) == (2, True)
    assert len(list(page.auto_paging_iter())) == 3


def test_a_detached_card_leaves_the_customer(provider: Any, customer: str, card: str) -> None:
    provider.client.v1.payment_methods.detach(card)
    listed = provider.client.v1.payment_methods.list({"customer": customer, "type": "card"})
    assert listed.data == []
