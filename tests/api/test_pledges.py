# SPDX-License-Identifier: Apache-2.0
"""Pledges through the API: every answer that the documentation promises, and what it changed."""

from collections.abc import Callable
from typing import Any

import builders
import pytest
from walking import GOOD, pledge_with_card

from firstflight.campaigns.models import Campaign, Stock
from firstflight.kernel import jobs
from firstflight.payments.fake_stripe.server import FakeStripe
from firstflight.pledges.models import Pledge

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]


def wish(reward: Any, **fields: Any) -> dict[str, Any]:
    """A body for one of the reward, to Japan."""
    return {"items": [{"reward": reward.pk}], "ship_to": "JP", **fields}


def test_a_placed_pledge_is_answered_with_201_and_what_was_agreed(program: Make) -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, limit=3, colours={"black": 2, "silver": 1})
    item = {"reward": reward.pk, "quantity": 2, "options": {"colour": "black"}}

    answer = program().place(campaign.slug, {"items": [item], "bonus_minor": 500, "ship_to": "FR"})

    assert answer.status == 201
    assert answer.body["state"] == "held"
    assert answer.body["total"] == {"minor": 2 * 34_800 + 2_000 + 500, "currency": "JPY"}
    assert answer.body["items"][0]["options"] == {"colour": "black"}
    assert Stock.objects.get(reward=reward, variant=None).taken == 2


def test_a_card_sent_along_confirms_the_pledge(program: Make, provider: FakeStripe) -> None:
    campaign = builders.live_campaign()
    one = program()
    placed = one.place(campaign.slug, wish(builders.reward(campaign), payment_method=GOOD))

    jobs.run_due()

    assert one.ask("GET", f"/pledges/{placed.body['id']}").body["state"] == "active"


def test_the_same_request_twice_is_one_pledge(program: Make) -> None:
    campaign = builders.live_campaign()
    body, one = wish(builders.reward(campaign)), program()

    first, second = one.place(campaign.slug, body), one.place(campaign.slug, body)

    assert (first.status, second.status) == (201, 201)
    assert first.body["id"] == second.body["id"]
    assert Pledge.objects.count() == 1


def test_the_same_key_for_another_request_is_refused(program: Make) -> None:
    campaign = builders.live_campaign()
    reward, one = builders.reward(campaign), program()
    one.place(campaign.slug, wish(reward))

    answer = one.place(campaign.slug, wish(reward, bonus_minor=1))

    assert (answer.status, answer.code) == (409, "idempotency_key_reused")
    assert Pledge.objects.count() == 1


def test_the_same_key_of_two_people_is_two_pledges(program: Make) -> None:
    campaign = builders.live_campaign()
    body = wish(builders.reward(campaign))

    answers = [program().place(campaign.slug, body) for _ in range(2)]

    assert len({answer.body["id"] for answer in answers}) == 2


@pytest.mark.parametrize("key", ["", "é", "x" * 256])
def test_a_key_is_needed(program: Make, key: str) -> None:
    campaign = builders.live_campaign()

    answer = program().place(campaign.slug, wish(builders.reward(campaign)), key=key)

    assert (answer.status, answer.code) == (422, "invalid")
    assert list(answer.body["errors"]) == ["Idempotency-Key"]


def test_a_long_key_tells_pledges_apart_to_its_last_letter(program: Make) -> None:
    campaign = builders.live_campaign()
    body, one = wish(builders.reward(campaign)), program()

    answers = [one.place(campaign.slug, body, key="x" * 254 + last) for last in "aab"]

    assert len({answer.body["id"] for answer in answers}) == 2


def test_a_sold_out_reward_is_a_conflict(program: Make) -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, limit=1)
    program().place(campaign.slug, wish(reward))

    answer = program().place(campaign.slug, wish(reward))

    assert (answer.status, answer.code) == (409, "reward_sold_out")
    assert Pledge.objects.count() == 1


@pytest.mark.parametrize("state", ["scheduled", "collecting", "failed", "suspended"])
def test_a_campaign_that_takes_no_pledges_is_a_conflict(program: Make, state: str) -> None:
    campaign = builders.live_campaign(funding_state=state)

    answer = program().place(campaign.slug, wish(builders.reward(campaign)))

    assert (answer.status, answer.code) == (409, "campaign_not_live")


def test_more_than_the_cap_is_a_conflict_that_names_the_cap(program: Make) -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, per_person_cap=1)

    answer = program().place(
        campaign.slug, {"items": [{"reward": reward.pk, "quantity": 2}], "ship_to": "JP"}
    )

    assert (answer.status, answer.code) == (409, "cap_exceeded")
    assert answer.body["details"]["cap"] == 1


def _foreign(campaign: Campaign) -> dict[str, Any]:
    return wish(builders.reward(builders.live_campaign()))


def _options(campaign: Campaign) -> dict[str, Any]:
    reward = builders.reward(campaign, colours={"black": None})
    return {"items": [{"reward": reward.pk, "options": {"colour": "gold"}}], "ship_to": "JP"}


def _missing_options(campaign: Campaign) -> dict[str, Any]:
    return wish(builders.reward(campaign, colours={"black": None}))


def _addon_alone(campaign: Campaign) -> dict[str, Any]:
    return wish(builders.reward(campaign, is_addon=True))


def _elsewhere(campaign: Campaign) -> dict[str, Any]:
    return wish(builders.reward(campaign, fees={"JP": 0}), ship_to="US")


def _overflow(campaign: Campaign) -> dict[str, Any]:
    reward = builders.reward(campaign, price_minor=9_000_000)
    return {"items": [{"reward": reward.pk, "quantity": 99}], "ship_to": "JP"}


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (_foreign, "reward_unknown"),
        (_options, "options_invalid"),
        (_missing_options, "options_invalid"),
        (_addon_alone, "nothing_chosen"),
        (_elsewhere, "not_shipped_there"),
        (_overflow, "amount_invalid"),
    ],
)
def test_a_wish_that_the_campaign_does_not_offer_is_named(
    program: Make, make: Callable[[Campaign], dict[str, Any]], code: str
) -> None:
    campaign = builders.live_campaign()

    answer = program().place(campaign.slug, make(campaign))

    assert (answer.status, answer.code) == (422, code)
    assert Pledge.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"bonus_minor": -1}, "bonus_minor"),
        ({"bonus_minor": 10**30}, "bonus_minor"),
        ({"bonus_minor": 1.5}, "bonus_minor"),
        ({"bonus_minor": "100"}, "bonus_minor"),
        ({"bonus_minor": True}, "bonus_minor"),
        ({"items": []}, "items"),
        ({"items": [{"reward": 1, "quantity": 0}]}, "items.0.quantity"),
        ({"items": [{"reward": 1, "quantity": -5}]}, "items.0.quantity"),
        ({"items": [{"reward": "one"}]}, "items.0.reward"),
        ({"items": [{"reward": 1, "options": {"colour": 3}}]}, "items.0.options.colour"),
        ({"ship_to": "Japan"}, "ship_to"),
        ({"ship_to": None}, "ship_to"),
        ({"payment_method": "pm_\x00"}, "payment_method"),
        ({"currency": "XXX"}, "currency"),
    ],
)
def test_a_body_of_a_wrong_form_names_the_field(
    program: Make, change: dict[str, Any], field: str
) -> None:
    campaign = builders.live_campaign()

    answer = program().place(campaign.slug, wish(builders.reward(campaign), **change))

    assert (answer.status, answer.code) == (422, "invalid")
    assert field in answer.body["errors"]
    assert Pledge.objects.count() == 0


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"", b"[" * 5_000])
def test_what_is_not_json_is_refused(program: Make, body: bytes) -> None:
    campaign = builders.live_campaign()

    answer = program().place(campaign.slug, body)

    assert answer.status in (400, 422)
    assert answer.code in ("malformed_json", "invalid")


@pytest.mark.parametrize("body", [[], 3, "text", None, {"items": {}}])
def test_json_that_is_no_pledge_is_refused(program: Make, body: Any) -> None:
    campaign = builders.live_campaign()

    answer = program().place(campaign.slug, body)

    assert (answer.status, answer.code) == (422, "invalid")


def test_a_huge_body_is_not_read(program: Make) -> None:
    campaign = builders.live_campaign()

    answer = program().place(campaign.slug, b" " * 300_000)

    assert (answer.status, answer.code) == (413, "body_too_large")


@pytest.mark.parametrize("slug", ["nowhere", "x" * 300])
def test_an_unknown_campaign_is_not_found(program: Make, slug: str) -> None:
    answer = program().place(slug, {"items": [{"reward": 1}], "ship_to": "JP"})
    assert (answer.status, answer.code) == (404, "not_found")


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_another_persons_pledge_is_not_found(program: Make, method: str) -> None:
    campaign = builders.live_campaign()
    placed = program().place(campaign.slug, wish(builders.reward(campaign)))

    body = {"bonus_minor": 1} if method == "PATCH" else None
    answer = program().ask(method, f"/pledges/{placed.body['id']}", body)

    assert (answer.status, answer.code) == (404, "not_found")
    assert Pledge.objects.get().state == "held"


def test_a_change_keeps_what_it_does_not_name(program: Make, provider: FakeStripe) -> None:
    campaign = builders.live_campaign(goal_minor=1_000_000)
    one = program()
    pledge = pledge_with_card(campaign, builders.reward(campaign), who=one.person)

    answer = one.ask("PATCH", f"/pledges/{pledge.pk}", {"bonus_minor": 1_000})

    assert answer.status == 200
    assert answer.body["total"]["minor"] == 35_800
    assert answer.body["items"][0]["quantity"] == 1


def test_a_change_to_a_sold_out_reward_leaves_the_pledge_as_it_was(
    program: Make, provider: FakeStripe
) -> None:
    campaign = builders.live_campaign(goal_minor=1_000_000)
    one, full = program(), builders.reward(campaign, limit=0)
    pledge = pledge_with_card(campaign, builders.reward(campaign), who=one.person)

    answer = one.ask("PATCH", f"/pledges/{pledge.pk}", {"items": [{"reward": full.pk}]})

    assert (answer.status, answer.code) == (409, "reward_sold_out")
    assert one.ask("GET", f"/pledges/{pledge.pk}").body["total"]["minor"] == 34_800


def test_a_cancelled_pledge_gives_its_place_back(program: Make) -> None:
    campaign = builders.live_campaign()
    reward, one = builders.reward(campaign, limit=1), program()
    placed = one.place(campaign.slug, wish(reward))

    answers = [one.ask("DELETE", f"/pledges/{placed.body['id']}") for _ in range(2)]

    assert [answer.body["state"] for answer in answers] == ["cancelled", "cancelled"]
    assert Stock.objects.get(reward=reward).taken == 0


def test_refusals_speak_the_callers_language(program: Make) -> None:
    campaign = builders.live_campaign()
    full = builders.reward(campaign, limit=0)

    answer = program().place(campaign.slug, wish(full), **{"Accept-Language": "fr"})

    assert answer.code == "reward_sold_out"
    assert answer.headers["Content-Language"] == "fr"
