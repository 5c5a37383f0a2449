# SPDX-License-Identifier: Apache-2.0
"""What Stripe tells us: believed only when signed, followed once, in whatever order it comes."""

import json
import time

import builders
import pytest
import stripe
from django.test import Client
from walking import enter_card, state_of

from firstflight.kernel import jobs
from firstflight.payments.fake_stripe.server import FakeStripe
from firstflight.payments.models import CardSetup, ProviderEvent
from firstflight.pledges.models import Pledge

pytestmark = pytest.mark.django_db


def event(kind: str, object_id: str, number: int = 1) -> bytes:
    """The body of an event as Stripe writes it, as far as it is read."""
    return json.dumps(
        {
            "id": f"evt_{number}",
            "object": "event",
            "type": kind,
            "data": {"object": {"id": object_id, "object": kind.rpartition(".")[0]}},
        }
    ).encode()


def deliver(body: bytes, secret: str, *, at: float | None = None) -> int:
    """Send an event, signed as Stripe signs; answers the status."""
    stamp = int(at or time.time())
    signature = stripe.WebhookSignature._compute_signature(f"{stamp}.{body.decode()}", secret)
    headers = {"Stripe-Signature": f"t={stamp},v1={signature}"}
    answer = Client().post("/api/v1/webhooks/stripe", body, "application/json", headers=headers)
    return answer.status_code


def held_pledge_with_ready_card() -> tuple[Pledge, str]:
    """The supporter's browser never came back, but the card is ready at the provider."""
    campaign = builders.live_campaign()
    placed = builders.placed(campaign, builders.person(), builders.reward(campaign))
    enter_card(placed.pledge_id)
    setup = CardSetup.objects.get()
    return Pledge.objects.get(), setup.provider_id


def test_an_event_confirms_a_pledge_whose_browser_never_came_back(provider: FakeStripe) -> None:
    pledge, setup_id = held_pledge_with_ready_card()

    status = deliver(event("setup_intent.succeeded", setup_id), provider.webhook_secret)
    jobs.run_due()

    assert status == 200
    assert state_of(pledge) == "active"


def test_the_same_event_again_is_answered_and_followed_once(provider: FakeStripe) -> None:
    pledge, setup_id = held_pledge_with_ready_card()
    body = event("setup_intent.succeeded", setup_id)

    statuses = [deliver(body, provider.webhook_secret) for _ in range(3)]
    jobs.run_due()

    assert statuses == [200, 200, 200]
    assert ProviderEvent.objects.count() == 1
    assert pledge.moves.filter(new="active").count() == 1


def test_events_in_the_wrong_order_end_the_same(provider: FakeStripe) -> None:
    pledge, setup_id = held_pledge_with_ready_card()

    for number, kind in enumerate(["setup_intent.succeeded", "setup_intent.created"]):
        deliver(event(kind, setup_id, number), provider.webhook_secret)
    jobs.run_due()

    assert state_of(pledge) == "active"


def test_an_event_that_lies_changes_nothing(provider: FakeStripe) -> None:
    campaign = builders.live_campaign()
    placed = builders.placed(campaign, builders.person(), builders.reward(campaign))
    enter_card(placed.pledge_id, "pm_card_chargeDeclined")
    setup_id = CardSetup.objects.get().provider_id

    deliver(event("setup_intent.succeeded", setup_id), provider.webhook_secret)
    jobs.run_due()

    assert state_of(Pledge.objects.get()) == "held"


@pytest.mark.parametrize("fault", ["secret", "age", "none", "no json"])
def test_an_event_that_is_not_signed_is_refused(provider: FakeStripe, fault: str) -> None:
    body = b"nothing" if fault == "no json" else event("setup_intent.succeeded", "seti_1")
    if fault == "none":
        answer = Client().post("/api/v1/webhooks/stripe", body, "application/json")
        status, code = answer.status_code, answer.json()["code"]
        assert code == "signature_invalid"
    elif fault == "age":
        status = deliver(body, provider.webhook_secret, at=time.time() - 3_600)
    else:
        status = deliver(body, "whsec_wrong" if fault == "secret" else provider.webhook_secret)

    assert status == 400
    assert ProviderEvent.objects.count() == 0
