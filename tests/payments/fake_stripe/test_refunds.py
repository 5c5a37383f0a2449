# SPDX-License-Identifier: Apache-2.0
"""Refunds, disputes and the balance they move."""

from collections.abc import Callable

import pytest
import stripe
from stripe import StripeClient

from firstflight.payments.fake_stripe.server import FakeStripe

Pay = Callable[..., stripe.PaymentIntent]


@pytest.fixture
def paid(pay: Pay, save_card: Callable[[str], str]) -> stripe.PaymentIntent:
    """A payment of ¥10,000, whose fee is ¥360."""
    return pay(save_card("pm_card_visa"), 10_000)


def charge_of(intent: stripe.PaymentIntent) -> str:
    assert isinstance(intent.latest_charge, stripe.Charge)
    return intent.latest_charge.id


def balance(client: StripeClient) -> int:
    return sum(line.net for line in client.v1.balance_transactions.list().auto_paging_iter())


def test_a_refund_in_parts_never_passes_the_charge(
    client: StripeClient, paid: stripe.PaymentIntent
) -> None:
    client.v1.refunds.create({"payment_intent": paid.id, "amount": 4_000})
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.refunds.create({"payment_intent": paid.id, "amount": 6_001})
    assert refused.value.param == "amount"
    client.v1.refunds.create({"charge": charge_of(paid), "amount": 6_000})
    charge = client.v1.charges.retrieve(charge_of(paid), {"expand": ["refunds"]})
    assert (charge.amount_refunded, charge.refunded) == (10_000, True)
    assert charge.refunds is not None
    assert [refund.amount for refund in charge.refunds.data] == [6_000, 4_000]
    with pytest.raises(stripe.InvalidRequestError) as twice:
        client.v1.refunds.create({"payment_intent": paid.id})
    assert twice.value.code == "charge_already_refunded"


def test_a_full_refund_gives_all_back_and_the_fee_is_lost(
    client: StripeClient, paid: stripe.PaymentIntent
) -> None:
    refund = client.v1.refunds.create(
        {"payment_intent": paid.id, "reason": "requested_by_customer", "metadata": {"why": "1"}}
    )
    assert (refund.status, refund.amount, refund.charge) == ("succeeded", 10_000, charge_of(paid))
    found = client.v1.refunds.retrieve(refund.id)
    assert found.metadata is not None
    assert found.metadata["why"] == "1"
    assert [one.id for one in client.v1.refunds.list({"payment_intent": paid.id}).data] == [
        refund.id
    ]
    assert balance(client) == -360


@pytest.mark.parametrize("amount", [0, -1])
def test_a_refund_of_nothing_is_refused(
    client: StripeClient, paid: stripe.PaymentIntent, amount: int
) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.refunds.create({"payment_intent": paid.id, "amount": amount})
    assert balance(client) == 9_640


def test_an_unpaid_intent_has_nothing_to_refund(client: StripeClient) -> None:
    intent = client.v1.payment_intents.create({"amount": 500, "currency": "jpy"})
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.refunds.create({"payment_intent": intent.id})


def test_a_refund_that_comes_back_returns_to_the_balance(
    fake: FakeStripe, client: StripeClient, paid: stripe.PaymentIntent
) -> None:
    refund = client.v1.refunds.create({"payment_intent": paid.id})
    fake.controls.fail_refund(refund=refund.id)
    failed = client.v1.refunds.retrieve(refund.id)
    assert (failed.status, failed.failure_reason) == ("failed", "expired_or_canceled_card")
    assert client.v1.charges.retrieve(charge_of(paid)).amount_refunded == 0
    assert balance(client) == 9_640


def test_a_dispute_takes_the_money_and_winning_brings_it_back_without_the_fee(
    fake: FakeStripe, client: StripeClient, paid: stripe.PaymentIntent
) -> None:
    dispute = fake.controls.open_dispute(charge=charge_of(paid), reason="product_not_received")
    assert client.v1.charges.retrieve(charge_of(paid)).disputed
    assert balance(client) == 9_640 - 10_000 - 1_300
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.refunds.create({"payment_intent": paid.id})
    assert refused.value.code == "charge_disputed"
    fake.controls.decide_dispute(dispute=dispute["id"], won=True)
    assert client.v1.disputes.retrieve(dispute["id"]).status == "won"
    assert balance(client) == 9_640 - 1_300


def test_a_dispute_given_up_is_lost(
    fake: FakeStripe, client: StripeClient, paid: stripe.PaymentIntent
) -> None:
    dispute = fake.controls.open_dispute(charge=charge_of(paid))
    assert client.v1.disputes.close(dispute["id"]).status == "lost"
    listed = client.v1.disputes.list({"charge": charge_of(paid)}).data
    assert [one.status for one in listed] == ["lost"]


def test_the_card_of_disputes_opens_one_by_itself(
    client: StripeClient, pay: Pay, save_card: Callable[[str], str]
) -> None:
    intent = pay(save_card("pm_card_createDispute"))
    assert client.v1.disputes.list({"payment_intent": intent.id}).data[0].reason == "fraudulent"


def test_a_movement_names_its_source_and_becomes_available_with_time(
    fake: FakeStripe, client: StripeClient, paid: stripe.PaymentIntent
) -> None:
    (line,) = client.v1.balance_transactions.list({"source": charge_of(paid)}).data
    assert (line.type, line.status, line.reporting_category) == ("charge", "pending", "charge")
    fake.controls.set_clock(offset_seconds=5 * 86400)
    again = client.v1.balance_transactions.retrieve(line.id, {"expand": ["source"]})
    assert again.status == "available"
    assert isinstance(again.source, stripe.Charge)
