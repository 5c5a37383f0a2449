# SPDX-License-Identifier: Apache-2.0
"""Campaigns for programs: what is shown, what is found, what stays hidden."""

from collections.abc import Callable
from typing import Any

import builders
import pytest
from walking import pledge_with_card

from firstflight.payments.fake_stripe.server import FakeStripe

pytestmark = pytest.mark.django_db
Make = Callable[..., Any]


def test_a_campaign_tells_amounts_rewards_and_places(program: Make, provider: FakeStripe) -> None:
    campaign = builders.live_campaign(goal_minor=10_000_000)
    reward = builders.reward(campaign, limit=5, colours={"black": 3})
    builders.reward(campaign, is_addon=True)
    plain = builders.reward(campaign, price_minor=1_000)
    pledge_with_card(campaign, plain)

    body = program().ask("GET", f"/campaigns/{campaign.slug}").body

    assert body["goal"] == {"minor": 10_000_000, "currency": "JPY"}
    assert body["pledged"] == {"minor": 1_000, "currency": "JPY"}
    assert body["collected"] == {"minor": 0, "currency": "JPY"}
    assert (body["supporters"], body["state"]) == (1, "live")
    shown = {one["id"]: one for one in body["rewards"]}
    assert (shown[reward.pk]["limit"], shown[reward.pk]["taken"]) == (5, 0)
    assert shown[reward.pk]["options"][0]["values"][0]["key"] == "black"
    assert shown[plain.pk]["limit"] is None
    assert shown[plain.pk]["taken"] == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"live", "soon"}),
        ("?status=live", {"live"}),
        ("?status=scheduled", {"soon"}),
        ("?category=wearable", {"live", "soon"}),
        ("?category=home", set()),
        ("?q=MONTRE", {"live", "soon"}),
        ("?q=nothing", set()),
        ("?page=2", set()),
    ],
)
def test_campaigns_are_found(program: Make, query: str, found: set[str]) -> None:
    builders.live_campaign(slug="live")
    builders.live_campaign(slug="soon", funding_state="scheduled")
    builders.live_campaign(slug="draft", review_state="draft", funding_state="planned")
    builders.live_campaign(slug="gone", funding_state="cancelled")

    body = program().ask("GET", f"/campaigns{query}").body

    assert {one["slug"] for one in body["results"]} == found


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("status=open", "status"),
        ("category=%00", "category"),
        ("q=%00", "q"),
        ("page=0", "page"),
        ("page=99999999999999999999", "page"),
        ("page=x", "page"),
    ],
)
def test_a_query_that_makes_no_sense_names_the_field(program: Make, query: str, field: str) -> None:
    answer = program().ask("GET", f"/campaigns?{query}")

    assert (answer.status, answer.code) == (422, "invalid")
    assert any(place.endswith(field) for place in answer.body["errors"])


@pytest.mark.parametrize("slug", ["nowhere", "draft"])
def test_what_is_not_public_is_not_found(program: Make, slug: str) -> None:
    builders.live_campaign(slug="draft", review_state="draft", funding_state="planned")
    answer = program().ask("GET", f"/campaigns/{slug}")
    assert (answer.status, answer.code) == (404, "not_found")


def test_an_address_that_is_not_there_is_a_problem_too(program: Make) -> None:
    answer = program().ask("GET", "/nothing")
    assert (answer.status, answer.code) == (404, "not_found")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_wrong_method_names_the_right_ones(program: Make) -> None:
    answer = program().ask("PUT", "/campaigns")
    assert (answer.status, answer.code) == (405, "method_not_allowed")
    assert "GET" in answer.headers["Allow"]
