# SPDX-License-Identifier: Apache-2.0
"""PaymentIntents with and without the cardholder, and the charges and fees they leave."""

from collections.abc import Callable

import pytest
import stripe
from stripe import StripeClient

from firstflight.payments.fake_stripe.server import FakeStripe

RETURN_URL = "https://shop.example/back?pledge=7"

Pay = Callable[..., stripe.PaymentIntent]
Visit = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(
    ("amount", "fee"), [(34_800, 1253), (69_800, 2513), (1_000, 36), (125, 5), (124, 4)]
)
def test_a_payment_brings_its_amount_less_3_6_percent_half_up(
    pay: Pay, save_card: Callable[[str], str], amount: int, fee: int
) -> None:
    intent = pay(save_card("pm_card_visa"), amount)
    charge = intent.latest_charge
    assert isinstance(charge, stripe.Charge)
    movement = charge.balance_transaction
    assert isinstance(movement, stripe.BalanceTransaction)
    assert (intent.status, intent.amount_received, charge.paid) == ("succeeded", amount, True)
    assert (movement.amount, movement.fee, movement.net) == (amount, fee, amount - fee)


def test_a_decline_leaves_a_failed_charge_and_an_open_intent(
    client: StripeClient, pay: Pay, save_card: Callable[[str], str]
) -> None:
    card = save_card("pm_card_chargeCustomerFail")
    with pytest.raises(stripe.CardError) as refused:
        pay(card)
    error = refused.value.error
    assert error is not None
    assert (refused.value.http_status, error.decline_code) == (402, "generic_decline")
    assert error.payment_intent is not None
    found = client.v1.payment_intents.retrieve(
        error.payment_intent.id, {"expand": ["latest_charge"]}
    )
    assert (found.status, found.amount_received) == ("requires_payment_method", 0)
    assert found.last_payment_error is not None
    assert found.last_payment_error.payment_method is not None
    assert found.last_payment_error.payment_method.id == card
    assert isinstance(found.latest_charge, stripe.Charge)
    assert (found.latest_charge.status, found.latest_charge.paid) == ("failed", False)
    assert client.v1.balance_transactions.list().data == []


def test_a_declined_intent_is_confirmed_with_another_card(
    client: StripeClient, pay: Pay, save_card: Callable[[str], str]
) -> None:
    with pytest.raises(stripe.CardError) as refused:
        pay(save_card("pm_card_chargeCustomerFail"))
    assert refused.value.error is not None
    intent = refused.value.error.payment_intent
    assert intent is not None
    again = client.v1.payment_intents.confirm(
        intent.id, {"payment_method": save_card("pm_card_visa"), "off_session": True}
    )
    assert again.status == "succeeded"
    assert len(client.v1.charges.list({"payment_intent": intent.id}).data) == 2


@pytest.mark.parametrize(
    ("card", "asked_again"),
    [
        ("pm_card_authenticationRequired", True),
        ("pm_card_authenticationRequiredOnSetup", False),
        ("pm_card_threeDSecure2Required", False),
    ],
)
def test_a_card_set_up_with_3d_secure_is_charged_off_session_unless_it_always_asks(
    fake: FakeStripe,
    client: StripeClient,
    customer: str,
    pay: Pay,
    card: str,
    asked_again: bool,
) -> None:
    setup = client.v1.setup_intents.create(
        {
            "customer": customer,
            "payment_method": card,
            "confirm": True,
            "return_url": RETURN_URL,
        }
    )
    fake.controls.finish_challenge(intent=setup.id)
    method = str(setup.payment_method)
    if not asked_again:
        assert pay(method).status == "succeeded"
        return
    with pytest.raises(stripe.CardError) as refused:
        pay(method)
    assert (refused.value.http_status, refused.value.code) == (402, "authentication_required")


def test_a_3d_secure_card_that_was_never_set_up_needs_its_holder(
    pay: Pay, save_card: Callable[[str], str]
) -> None:
    with pytest.raises(stripe.CardError) as refused:
        pay(save_card("pm_card_authenticationRequiredOnSetup"))
    assert refused.value.code == "authentication_required"


def test_a_card_already_set_up_is_charged_off_session(
    pay: Pay, save_card: Callable[[str], str]
) -> None:
    card = save_card("pm_card_authenticationRequiredSetupForOffSession")
    assert pay(card).status == "succeeded"


@pytest.mark.parametrize(("outcome", "status"), [("complete", "succeeded"), ("fail", "failed")])
def test_the_holder_repairs_a_payment_that_needs_3d_secure(
    visit: Visit,
    client: StripeClient,
    pay: Pay,
    save_card: Callable[[str], str],
    outcome: str,
    status: str,
) -> None:
    with pytest.raises(stripe.CardError) as refused:
        pay(save_card("pm_card_authenticationRequired"))
    error = refused.value.error
    assert error is not None
    assert error.payment_intent is not None
    assert error.payment_method is not None
    intent = client.v1.payment_intents.confirm(
        error.payment_intent.id,
        {"payment_method": error.payment_method.id, "return_url": RETURN_URL},
    )
    assert intent.status == "requires_action"
    _, page, _ = visit(intent.next_action)
    assert "¥34,800" in page
    _, _, back = visit(intent.next_action, outcome)
    assert f"payment_intent={intent.id}" in back
    assert f"redirect_status={status}" in back
    expected = "succeeded" if outcome == "complete" else "requires_payment_method"
    assert client.v1.payment_intents.retrieve(intent.id).status == expected


def test_a_bank_may_decline_after_3d_secure(
    visit: Visit, client: StripeClient, customer: str, save_card: Callable[[str], str]
) -> None:
    intent = client.v1.payment_intents.create(
        {
            "amount": 500,
            "currency": "jpy",
            "customer": customer,
            "payment_method": save_card("pm_card_threeDSecureRequiredChargeDeclined"),
            "confirm": True,
            "return_url": RETURN_URL,
        }
    )
    _, _, back = visit(intent.next_action, "complete")
    assert "redirect_status=failed" in back
    assert client.v1.charges.list().data[0].failure_code == "card_declined"


def test_a_payment_without_its_holder_may_refuse_to_wait(
    client: StripeClient, customer: str, save_card: Callable[[str], str]
) -> None:
    with pytest.raises(stripe.CardError) as refused:
        client.v1.payment_intents.create(
            {
                "amount": 500,
                "currency": "jpy",
                "customer": customer,
                "payment_method": save_card("pm_card_authenticationRequired"),
                "confirm": True,
                "error_on_requires_action": True,
                "allowed_payment_method_types": ["card"],
            }
        )
    assert refused.value.code == "authentication_required"


def test_paying_saves_the_card_when_it_is_for_later_too(
    client: StripeClient, customer: str
) -> None:
    intent = client.v1.payment_intents.create(
        {
            "amount": 500,
            "currency": "jpy",
            "customer": customer,
            "payment_method": "pm_card_visa",
            "setup_future_usage": "off_session",
            "confirm": True,
            "return_url": RETURN_URL,
        }
    )
    cards = client.v1.customers.payment_methods.list(customer).data
    assert [card.id for card in cards] == [intent.payment_method]


def test_a_card_used_without_a_customer_is_spent(client: StripeClient, customer: str) -> None:
    intent = client.v1.payment_intents.create(
        {
            "amount": 500,
            "currency": "jpy",
            "payment_method": "pm_card_visa",
            "confirm": True,
            "return_url": RETURN_URL,
        }
    )
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.payment_methods.attach(str(intent.payment_method), {"customer": customer})


@pytest.mark.parametrize(
    ("amount", "currency", "code", "param"),
    [
        (49, "jpy", "amount_too_small", "amount"),
        (100_000_000, "jpy", "amount_too_large", "amount"),
        (0, "jpy", None, "amount"),
        (-5, "jpy", None, "amount"),
        (10**17, "jpy", "amount_too_large", "amount"),
        (10**30, "jpy", "parameter_invalid_integer", "amount"),
        (5_000, "xyz", None, "currency"),
        (5_000, "", "parameter_invalid_empty", "currency"),
    ],
)
def test_amounts_and_currencies_have_limits(
    client: StripeClient, amount: int, currency: str, code: str | None, param: str
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.payment_intents.create({"amount": amount, "currency": currency})
    assert (refused.value.code, refused.value.param) == (code, param)


def test_the_limits_themselves_are_let_through(client: StripeClient) -> None:
    for amount in (50, 99_999_999):
        made = client.v1.payment_intents.create({"amount": amount, "currency": "JPY"})
        assert (made.amount, made.currency) == (amount, "jpy")


def test_a_paid_intent_can_be_neither_confirmed_nor_canceled(
    client: StripeClient, pay: Pay, save_card: Callable[[str], str]
) -> None:
    intent = pay(save_card("pm_card_visa"))
    for act in (client.v1.payment_intents.confirm, client.v1.payment_intents.cancel):
        with pytest.raises(stripe.InvalidRequestError) as refused:
            act(intent.id)
        assert refused.value.code == "payment_intent_unexpected_state"
    assert len(client.v1.charges.list().data) == 1


def test_an_open_intent_can_be_changed_and_canceled(client: StripeClient, customer: str) -> None:
    intent = client.v1.payment_intents.create({"amount": 500, "currency": "jpy"})
    changed = client.v1.payment_intents.update(intent.id, {"amount": 700, "customer": customer})
    assert (changed.amount, changed.customer) == (700, customer)
    gone = client.v1.payment_intents.cancel(
        intent.id, {"cancellation_reason": "requested_by_customer"}
    )
    assert (gone.status, gone.cancellation_reason) == ("canceled", "requested_by_customer")


def test_intents_are_listed_by_customer(
    client: StripeClient, customer: str, pay: Pay, save_card: Callable[[str], str]
) -> None:
    paid = pay(save_card("pm_card_visa"))
    client.v1.payment_intents.create({"amount": 500, "currency": "jpy"})
    listed = client.v1.payment_intents.list({"customer": customer, "expand": ["data.customer"]})
    assert [one.id for one in listed.data] == [paid.id]
    assert isinstance(listed.data[0].customer, stripe.Customer)
