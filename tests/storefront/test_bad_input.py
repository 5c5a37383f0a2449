# SPDX-License-Identifier: Apache-2.0
"""What a form may never do to a pledge: each refusal is told, and nothing changes."""

from datetime import timedelta
from typing import Any

import builders
import pytest
from django.test import Client

from firstflight.campaigns.models import Stock
from firstflight.kernel import clock
from firstflight.pledges.models import Pledge

pytestmark = pytest.mark.django_db


@pytest.fixture
def supporter() -> Client:
    """Somebody signed in."""
    client = Client()
    client.force_login(builders.person())
    return client


def confirm(client: Client, campaign: Any, **fields: Any) -> Any:
    """Press the button on the confirmation screen, with these fields."""
    sent = {"quantity": "1", "ship_to": "JP", "key": "k", **fields}
    return client.post(f"/campaigns/{campaign.slug}/confirm/", sent)


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"quantity": "0"}, 422, "between 1 and 99"),
        ({"quantity": "-1"}, 422, "between 1 and 99"),
        ({"quantity": "²"}, 422, "between 1 and 99"),
        ({"quantity": "9" * 5_000}, 422, "between 1 and 99"),
        ({"reward": ""}, 422, "choose a reward first"),
        ({"reward": "abc"}, 422, "choose a reward first"),
        ({"reward": "99999999"}, 422, "not part of the campaign"),
        ({"bonus": "-5"}, 422, "zero or more"),
        ({"bonus": "lots"}, 422, "not a valid amount"),
        ({"bonus": "1e99"}, 422, "not a valid amount"),
        ({"bonus": "99999999"}, 422, "zero or more"),
        ({"ship_to": "Japan"}, 422, "cannot ship"),
        ({"ship_to": "ZZ"}, 422, "cannot ship"),
        ({"ship_to": "*"}, 422, "cannot ship"),
        ({"shown_total": "1"}, 409, "has just changed"),
        ({"shown_total": "x"}, 302, ""),
    ],
)
def test_a_form_that_was_tampered_with_places_nothing(
    supporter: Client, fields: dict[str, str], status: int, told: str
) -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign)

    answer = confirm(supporter, campaign, **{"reward": str(reward.pk), **fields})

    assert answer.status_code == status
    if status != 302:
        assert told in answer.content.decode()
        assert Pledge.objects.count() == 0


def test_foreign_options_are_told(supporter: Client) -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, colours={"black": 1})

    answer = confirm(supporter, campaign, reward=reward.pk, **{f"o-{reward.pk}-colour": "gold"})

    assert answer.status_code == 422
    assert "choose one of the offered options" in answer.content.decode()


def test_after_the_deadline_no_pledge_is_taken(supporter: Client) -> None:
    campaign = builders.live_campaign(closes_in=timedelta(hours=1))
    reward = builders.reward(campaign, limit=5)
    with clock.virtual(clock.now() + timedelta(hours=2)):
        answer = confirm(supporter, campaign, reward=reward.pk)

    assert answer.status_code == 409
    assert "not taking pledges right now" in answer.content.decode()
    assert Stock.objects.get(reward=reward).taken == 0


def test_a_second_press_is_the_same_pledge(supporter: Client) -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign)

    answers = [confirm(supporter, campaign, reward=reward.pk) for _ in range(2)]

    assert answers[0].url == answers[1].url
    assert Pledge.objects.count() == 1


def test_a_key_used_for_another_choice_is_refused(supporter: Client) -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign)
    confirm(supporter, campaign, reward=reward.pk)

    answer = confirm(supporter, campaign, reward=reward.pk, bonus="5")

    assert answer.status_code == 409
    assert Pledge.objects.count() == 1


@pytest.mark.parametrize("path", ["/?q=%00", "/?category=%00", "/?page=9" + "9" * 30])
def test_strange_searches_are_no_fault_of_ours(path: str) -> None:
    assert Client().get(path).status_code in (200, 400)


def test_text_that_no_column_can_hold_is_refused(supporter: Client) -> None:
    answer = supporter.post("/me/", {"name": "a\x00b"})
    assert answer.status_code == 400
    assert "Your browser sent something we could not read" in answer.content.decode()


@pytest.mark.parametrize("page", ["", "card/", "card/done", "change/"])
def test_another_persons_pledge_is_not_found(supporter: Client, page: str) -> None:
    campaign = builders.live_campaign()
    placed = builders.placed(campaign, builders.person(), builders.reward(campaign))

    answer = supporter.get(f"/pledges/{placed.pledge_id}/{page}")

    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()


@pytest.mark.parametrize("page", ["cancel/", "address/", "parcels/1/received/"])
def test_nothing_is_done_to_another_persons_pledge(supporter: Client, page: str) -> None:
    campaign = builders.live_campaign()
    placed = builders.placed(campaign, builders.person(), builders.reward(campaign))

    answer = supporter.post(f"/pledges/{placed.pledge_id}/{page}")

    assert answer.status_code == 404
    assert Pledge.objects.get().state == "held"
