# SPDX-License-Identifier: Apache-2.0
"""Webhooks: signed, in order or not, sent again until they arrive, kept through a restart."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import stripe

from firstflight.payments.fake_stripe.server import FakeStripe

SECRET = "whsec_first_flight"


@pytest.fixture
def told(shop: Any) -> Iterator[FakeStripe]:
    """A fake Stripe that tells the shop, and tries again after 10 ms."""
    with FakeStripe(webhook_url=shop.url, synchronous="off", retry_seconds=0.01) as server:
        yield server


def pay(fake: FakeStripe) -> stripe.PaymentIntent:
    return fake.client().v1.payment_intents.create(
        {
            "amount": 500,
            "currency": "jpy",
            "payment_method": "pm_card_visa",
            "off_session": True,
            "confirm": True,
        }
    )


PAID = ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"]


def test_events_arrive_signed_and_in_order(told: FakeStripe, shop: Any) -> None:
    intent = pay(told)
    assert told.controls.wait_delivered()
    events = shop.events(SECRET)
    assert [event.type for event in events] == PAID
    assert events[-1].data.object["id"] == intent.id
    assert events[-1].data.object["status"] == "succeeded"
    assert told.client().v1.events.retrieve(events[-1].id).pending_webhooks == 0


def test_a_changed_body_fails_the_signature(told: FakeStripe, shop: Any) -> None:
    pay(told)
    told.controls.wait_delivered()
    body, signature = shop.received[0]
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body.replace(b"500", b"501"), signature, SECRET)
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body, signature, "whsec_other")


def test_a_refused_webhook_is_sent_again_until_it_is_taken(told: FakeStripe, shop: Any) -> None:
    shop.statuses = [500, 404]
    told.client().v1.customers.create({})
    assert told.controls.wait_delivered()
    events = shop.events(SECRET)
    assert [event.type for event in events] == ["customer.created"] * 3
    assert len({event.id for event in events}) == 1


def test_a_webhook_is_kept_until_the_shop_is_there(shop: Any, tmp_path: Path) -> None:
    data = str(tmp_path / "stripe.sqlite")
    with FakeStripe(data=data, webhook_url="http://127.0.0.1:9/closed") as before:
        before.controls.pause()
        before.client().v1.customers.create({})
        before.controls.deliver()
        (waiting,) = before.controls.webhooks()
        assert waiting["attempts"] == 1
        assert "ConnectionRefused" in waiting["answer"]
    with FakeStripe(data=data, webhook_url=shop.url) as after:
        assert after.controls.wait_delivered()
        assert shop.types() == ["customer.created"]
        assert after.controls.webhooks() == []


def test_a_pause_holds_them_and_resume_lets_them_go(told: FakeStripe, shop: Any) -> None:
    told.controls.pause()
    pay(told)
    time.sleep(0.05)
    assert shop.received == []
    assert [one["type"] for one in told.controls.webhooks()] == PAID
    told.controls.resume()
    assert told.controls.wait_delivered()
    assert shop.types() == PAID


def test_deliver_sends_at_once_on_the_callers_thread(told: FakeStripe, shop: Any) -> None:
    told.controls.pause()
    pay(told)
    results = told.controls.deliver()
    assert [(one["type"], one["ok"]) for one in results] == [(name, True) for name in PAID]
    assert shop.types() == PAID


def test_the_next_ones_come_twice_on_demand(told: FakeStripe, shop: Any) -> None:
    told.controls.duplicate(count=1)
    pay(told)
    assert told.controls.wait_delivered()
    assert shop.types() == [PAID[0], *PAID]
    assert len({event.id for event in shop.events(SECRET)}) == 3


def test_the_order_is_mixed_on_demand_and_none_is_lost(told: FakeStripe, shop: Any) -> None:
    told.controls.pause()
    for _ in range(4):
        pay(told)
    told.controls.shuffle(seed=3)
    told.controls.deliver()
    assert shop.types() != PAID * 4
    assert sorted(shop.types()) == sorted(PAID * 4)


def test_a_delay_holds_new_ones_back(told: FakeStripe, shop: Any) -> None:
    told.controls.delay(seconds=0.3)
    told.client().v1.customers.create({})
    time.sleep(0.1)
    assert shop.received == []
    assert told.controls.wait_delivered()
    assert shop.types() == ["customer.created"]


def test_a_past_event_is_sent_again_on_demand(told: FakeStripe, shop: Any) -> None:
    told.client().v1.customers.create({})
    told.controls.wait_delivered()
    told.controls.redeliver(event=shop.events(SECRET)[0].id)
    assert told.controls.wait_delivered()
    assert shop.types() == ["customer.created"] * 2


def test_the_endpoint_can_be_named_later(fake: FakeStripe, shop: Any) -> None:
    fake.client().v1.customers.create({})
    fake.controls.set_endpoint(url=shop.url, secret="whsec_new")
    fake.client().v1.customers.create({})
    assert fake.controls.wait_delivered()
    assert [event.type for event in shop.events("whsec_new")] == ["customer.created"]


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (
            lambda fake: fake.client().v1.setup_intents.create(
                {
                    "payment_method": "pm_card_visa",
                    "confirm": True,
                    "allowed_payment_method_types": ["card"],
                    "customer": fake.client().v1.customers.create({}).id,
                }
            ),
            [
                "customer.created",
                "setup_intent.created",
                "payment_method.attached",
                "setup_intent.succeeded",
            ],
        ),
        (
            lambda fake: fake.client().v1.refunds.create({"payment_intent": pay(fake).id}),
            [*PAID, "charge.refunded", "refund.created"],
        ),
        (
            lambda fake: fake.controls.open_dispute(charge=str(pay(fake).latest_charge)),
            [*PAID, "charge.dispute.created", "charge.dispute.funds_withdrawn"],
        ),
    ],
)
def test_each_act_tells_its_own_events(
    fake: FakeStripe, act: Callable[[FakeStripe], object], expected: list[str]
) -> None:
    act(fake)
    listed = fake.client().v1.events.list({"limit": 100}).data
    assert [event.type for event in listed][::-1] == expected


def test_a_refused_request_tells_nothing(fake: FakeStripe) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        fake.client().v1.payment_intents.create({"amount": 1, "currency": "jpy"})
    assert fake.client().v1.events.list().data == []


def test_events_are_listed_by_type(fake: FakeStripe) -> None:
    pay(fake)
    events = fake.client().v1.events
    assert [one.type for one in events.list({"type": "charge.succeeded"}).data] == [PAID[1]]
    listed = events.list({"types": ["charge.succeeded", "payment_intent.created"]}).data
    assert [one.type for one in listed] == [PAID[1], PAID[0]]
