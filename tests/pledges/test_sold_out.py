# SPDX-License-Identifier: Apache-2.0
"""Those who come after the last place are told so cheaply, and never wrongly."""

from collections.abc import Iterator
from contextlib import contextmanager

import builders
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from firstflight.campaigns.models import Campaign, Reward, Stock
from firstflight.pledges import errors
from firstflight.pledges.actions.cancel import cancel
from firstflight.pledges.actions.place import Placed, Request, place, place_many
from firstflight.pledges.models import Pledge
from firstflight.pledges.quotes import Choice

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    """A live campaign."""
    return builders.live_campaign()


@pytest.fixture
def last(campaign: Campaign) -> Reward:
    """A reward with one place."""
    return builders.reward(campaign, limit=1)


@contextmanager
def asked(function: str, times: int) -> Iterator[None]:
    """The database function is called so many times meanwhile."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        yield
    assert sum(f"SELECT {function}(" in query["sql"] for query in queries) == times


def told_sold_out(campaign: Campaign, *rewards: Reward) -> None:
    with pytest.raises(errors.RewardSoldOut):
        builders.placed(campaign, builders.person(), *rewards)


def test_after_the_first_refusal_the_next_are_looked_up_without_a_lock(
    campaign: Campaign, last: Reward
) -> None:
    builders.placed(campaign, builders.person(), last)

    with asked("pledges_place", 1):
        told_sold_out(campaign, last)
    with asked("pledges_place", 0), asked("pledges_sold_out", 2):
        told_sold_out(campaign, last)
        told_sold_out(campaign, last)


def test_where_places_are_left_nothing_more_is_asked(campaign: Campaign) -> None:
    reward = builders.reward(campaign, limit=5)
    with asked("pledges_sold_out", 0):
        builders.placed(campaign, builders.person(), reward)


def test_a_place_given_back_is_found_at_once(campaign: Campaign, last: Reward) -> None:
    holder = builders.person()
    held = builders.placed(campaign, holder, last)
    told_sold_out(campaign, last)
    cancel(pledge_id=held.pledge_id, actor=holder)

    builders.placed(campaign, builders.person(), last)

    assert Stock.objects.get(reward=last).taken == 1


def test_a_limit_that_was_raised_is_found_at_once(campaign: Campaign, last: Reward) -> None:
    builders.placed(campaign, builders.person(), last)
    told_sold_out(campaign, last)
    Stock.objects.filter(reward=last).update(limit=2)

    builders.placed(campaign, builders.person(), last)

    told_sold_out(campaign, last)


def test_whoever_was_granted_before_is_told_so_again(campaign: Campaign, last: Reward) -> None:
    wish = builders.request(campaign, builders.person(), last)
    granted = place(wish)
    told_sold_out(campaign, last)

    assert place(wish) == Placed(granted.pledge_id, replayed=True)


def test_a_key_used_for_another_wish_is_still_refused_as_such(
    campaign: Campaign, last: Reward
) -> None:
    person = builders.person()
    place(builders.request(campaign, person, last, key="once"))
    told_sold_out(campaign, last)

    with pytest.raises(errors.KeyReused):
        place(builders.request(campaign, person, last, key="once", bonus_minor=1))


def test_whoever_wanted_too_many_takes_no_place_from_the_modest(campaign: Campaign) -> None:
    reward = builders.reward(campaign, limit=2)
    builders.placed(campaign, builders.person(), reward)
    two = (Choice(reward.pk, 2),)
    for _ in range(2):
        with pytest.raises(errors.RewardSoldOut):
            place(builders.request(campaign, builders.person(), choices=two))

    builders.placed(campaign, builders.person(), reward)

    assert Stock.objects.get(reward=reward).taken == 2


def test_an_option_that_is_gone_leaves_the_others_alone(campaign: Campaign) -> None:
    reward = builders.reward(campaign, colours={"black": 1, "silver": 1})

    def want(colour: str) -> Request:
        choice = Choice(reward.pk, 1, {"colour": colour})
        return builders.request(campaign, builders.person(), choices=(choice,))

    place(want("black"))
    wishes = [want("black"), want("silver"), want("silver")]
    with pytest.raises(errors.RewardSoldOut):
        place(want("black"))

    answers = place_many(wishes)

    assert [type(answer) for answer in answers] == [
        errors.RewardSoldOut,
        Placed,
        errors.RewardSoldOut,
    ]
    assert Pledge.objects.count() == 2


def test_a_second_later_the_reason_is_looked_for_again(
    campaign: Campaign, last: Reward, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given a sold-out reward of a campaign that has ended, then that is what people are told."""
    now = [100.0]
    monkeypatch.setattr("firstflight.pledges.sold_out.time.monotonic", lambda: now[0])
    builders.placed(campaign, builders.person(), last)
    told_sold_out(campaign, last)
    Campaign.objects.filter(pk=campaign.pk).update(funding_state="suspended")
    now[0] += 1.01

    with pytest.raises(errors.CampaignNotLive):
        builders.placed(campaign, builders.person(), last)
