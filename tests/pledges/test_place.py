# SPDX-License-Identifier: Apache-2.0
"""Placing a pledge: what it takes, what it promises, and what is refused."""

from datetime import timedelta
from typing import Any

import builders
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from firstflight.campaigns.models import Campaign, Reward, Stock
from firstflight.campaigns.offers import forget_all
from firstflight.kernel import clock
from firstflight.kernel.errors import NotFound, Refusal
from firstflight.ledger.models import Posting
from firstflight.pledges import errors
from firstflight.pledges.actions.place import Placed, place, place_many
from firstflight.pledges.books import check_books
from firstflight.pledges.models import Pledge
from firstflight.pledges.quotes import Choice, digest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_offers() -> None:
    forget_all()


def taken(reward: Reward) -> int:
    return Stock.objects.get(reward=reward, variant=None).taken


def test_a_pledge_takes_its_place_and_is_booked() -> None:
    """Dr promises_held 34,800 · Cr promises_of_supporters 34,800."""
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, price_minor=34_800, limit=10)

    placed = builders.placed(campaign, builders.person(), reward)

    pledge = Pledge.objects.get(pk=placed.pledge_id)
    assert (pledge.state, pledge.total_minor, taken(reward)) == ("held", 34_800, 1)
    postings = Posting.objects.values_list("account__name", "minor")
    assert set(postings) == {("promises_held", 34_800), ("promises_of_supporters", -34_800)}


def test_what_was_agreed_to_is_frozen_with_its_hash() -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, price_minor=34_800)
    placed = builders.placed(campaign, builders.person(), reward)

    with builders.thawed():
        reward.price_minor = 1
        reward.save()

    pledge = Pledge.objects.get(pk=placed.pledge_id)
    assert pledge.agreed["items"][0]["unit_minor"] == 34_800
    assert pledge.agreed["items"][0]["delivery_to"] == "2027-04-01"
    assert pledge.agreed_hash == digest(pledge.agreed)


def test_the_hold_lasts_fifteen_minutes() -> None:
    campaign = builders.live_campaign()
    placed = builders.placed(campaign, builders.person(), builders.reward(campaign))

    pledge = Pledge.objects.get(pk=placed.pledge_id)

    assert pledge.hold_expires_at - pledge.placed_at == timedelta(minutes=15)


def test_the_same_request_twice_is_one_pledge() -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, limit=10)
    request = builders.request(campaign, builders.person(), reward)

    first, second = place(request), place(request)

    assert second == Placed(first.pledge_id, replayed=True)
    assert taken(reward) == 1


def test_a_key_with_another_request_is_refused() -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign)
    person = builders.person()
    place(builders.request(campaign, person, reward, key="once"))

    with pytest.raises(errors.KeyReused):
        place(builders.request(campaign, person, reward, key="once", bonus_minor=500))


def test_the_same_key_of_two_people_is_two_pledges() -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign)

    for person in (builders.person(), builders.person()):
        place(builders.request(campaign, person, reward, key="same"))

    assert Pledge.objects.count() == 2


def test_after_the_last_place_the_reward_is_sold_out() -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, limit=1)
    builders.placed(campaign, builders.person(), reward)

    with pytest.raises(errors.RewardSoldOut):
        builders.placed(campaign, builders.person(), reward)

    assert taken(reward) == 1


def test_an_option_with_its_own_limit_sells_out_alone() -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, limit=10, colours={"black": 1, "silver": None})

    def want(colour: str) -> Placed:
        choice = Choice(reward.pk, 1, {"colour": colour})
        return place(builders.request(campaign, builders.person(), choices=(choice,)))

    want("black")
    with pytest.raises(errors.RewardSoldOut):
        want("black")
    want("silver")

    assert taken(reward) == 2


def test_one_refused_request_leaves_the_others_of_its_batch_alone() -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, limit=2)
    requests = [builders.request(campaign, builders.person(), reward) for _ in range(3)]

    answers = place_many(requests)

    assert [type(answer) for answer in answers] == [Placed, Placed, errors.RewardSoldOut]
    assert check_books(ask_provider=False).right


def test_several_requests_of_one_person_in_a_batch_meet_the_cap() -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, per_person_cap=2)
    person = builders.person()

    answers = place_many([builders.request(campaign, person, reward) for _ in range(3)])

    assert [type(answer) for answer in answers] == [Placed, Placed, errors.CapExceeded]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"closes_at": clock.now() - timedelta(seconds=1)}, errors.CampaignNotLive),
        ({"opens_at": clock.now() + timedelta(hours=1)}, errors.CampaignNotLive),
        ({"funding_state": "suspended"}, errors.CampaignNotLive),
        ({"funding_state": "collecting"}, errors.CampaignNotLive),
    ],
)
def test_pledges_are_taken_only_between_opening_and_deadline(
    changes: dict[str, object], refusal: type[Refusal]
) -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, limit=10)
    with builders.thawed():
        Campaign.objects.filter(pk=campaign.pk).update(**changes)

    with pytest.raises(refusal):
        builders.placed(campaign, builders.person(), reward)

    assert taken(reward) == 0
    assert not Pledge.objects.exists()


@pytest.mark.parametrize(
    "window",
    [
        {"closes_at": clock.now() - timedelta(minutes=1)},
        {"opens_at": clock.now() + timedelta(hours=1)},
    ],
)
def test_an_early_bird_is_on_offer_only_in_its_window(window: dict[str, Any]) -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, **window)

    with pytest.raises(errors.RewardNotOpen):
        builders.placed(campaign, builders.person(), reward)


@pytest.mark.parametrize(
    ("choice", "refusal"),
    [
        (lambda r: Choice(r.pk, 0), errors.QuantityInvalid),
        (lambda r: Choice(r.pk, -1), errors.QuantityInvalid),
        (lambda r: Choice(r.pk, 100), errors.QuantityInvalid),
        (lambda r: Choice(r.pk, 1, {"colour": "red"}), errors.OptionsInvalid),
        (lambda r: Choice(r.pk + 1000), errors.RewardUnknown),
    ],
)
def test_a_choice_that_is_not_on_offer_is_refused(choice: object, refusal: type[Refusal]) -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign)

    with pytest.raises(refusal):
        place(
            builders.request(campaign, builders.person(), choices=(choice(reward),))  # type: ignore[operator]
        )

    assert not Pledge.objects.exists()


def test_a_reward_of_another_campaign_is_refused() -> None:
    campaign, other = builders.live_campaign(), builders.live_campaign()

    with pytest.raises(errors.RewardUnknown):
        builders.placed(campaign, builders.person(), builders.reward(other))


def test_more_than_the_cap_is_refused_across_pledges() -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, per_person_cap=1)
    person = builders.person()
    builders.placed(campaign, person, reward)

    with pytest.raises(errors.CapExceeded):
        builders.placed(campaign, person, reward)


def test_an_add_on_never_goes_alone() -> None:
    campaign = builders.live_campaign()

    with pytest.raises(errors.NothingChosen):
        builders.placed(campaign, builders.person(), builders.reward(campaign, is_addon=True))


@pytest.mark.parametrize("bonus", [-1, 10**12])
def test_an_amount_below_zero_or_beyond_a_card_is_refused(bonus: int) -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign)

    with pytest.raises(errors.BonusInvalid):
        builders.placed(campaign, builders.person(), reward, bonus_minor=bonus)


def test_shipping_is_charged_once_by_the_dearest_reward() -> None:
    campaign = builders.live_campaign()
    watch = builders.reward(campaign, price_minor=30_000, fees={"FR": 2_000})
    case = builders.reward(campaign, price_minor=3_000, fees={"FR": 800}, is_addon=True)

    placed = builders.placed(campaign, builders.person(), watch, case, ship_to="FR")

    assert Pledge.objects.get(pk=placed.pledge_id).total_minor == 35_000


def test_a_country_that_is_not_shipped_to_is_refused() -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, fees={"JP": 0})

    with pytest.raises(errors.NotShippedThere):
        builders.placed(campaign, builders.person(), reward, ship_to="FR")


def test_a_total_other_than_the_one_shown_is_never_booked() -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, price_minor=34_800)

    with pytest.raises(errors.OfferChanged):
        builders.placed(campaign, builders.person(), reward, shown_total_minor=30_000)


def test_a_price_read_before_a_change_is_priced_again() -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, price_minor=100)
    builders.placed(campaign, builders.person(), reward)
    with builders.thawed():
        reward.price_minor = 200
        reward.save()
    Campaign.objects.filter(pk=campaign.pk).update(offer_version=2)

    placed = builders.placed(campaign, builders.person(), reward)

    assert Pledge.objects.get(pk=placed.pledge_id).total_minor == 200


def test_an_unknown_campaign_is_not_found() -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign)

    with pytest.raises(NotFound):
        builders.placed(campaign, builders.person(), reward, slug="nowhere")


def test_placing_is_one_statement_between_begin_and_commit() -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign)
    builders.placed(campaign, builders.person(), reward)
    request = builders.request(campaign, builders.person(), reward)

    with CaptureQueriesContext(connection) as queries:
        place(request)

    statements = [row["sql"] for row in queries if "SAVEPOINT" not in row["sql"]]
    assert len(statements) == 1
