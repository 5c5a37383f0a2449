# SPDX-License-Identifier: Apache-2.0
"""The deadline against everybody who still wants something, each race with its control."""

import time
from datetime import timedelta
from functools import partial

import builders
import pytest
from control import CAMPAIGN_LOCK, place_without, without_campaign_lock, without_row_lock
from django.db import connection, transaction
from racing import CLIENTS, faults, race
from walking import pledge_with_card, state_of

from firstflight.campaigns.models import Campaign, CampaignMove
from firstflight.kernel import clock
from firstflight.payments.fake_stripe.server import FakeStripe
from firstflight.pledges import locks
from firstflight.pledges.actions.cancel import cancel
from firstflight.pledges.actions.close import close
from firstflight.pledges.actions.place import place
from firstflight.pledges.books import check_books
from firstflight.pledges.models import Pledge, PledgeMove

pytestmark = pytest.mark.usefixtures("committed")


def left_behind_by_the_deadline() -> int:
    """31 people pledge while the campaign closes; how many holds the closing did not see."""
    campaign = builders.live_campaign(goal_minor=1, closes_in=timedelta(days=1))
    reward = builders.reward(campaign)
    wishes = [builders.request(campaign, builders.person(), reward) for _ in range(CLIENTS - 1)]

    def close_soon() -> bool:
        # The deadline comes while people pledge, however slow the machine: after the first of them.
        while not Pledge.objects.exists():
            time.sleep(0.005)
        with builders.thawed():
            Campaign.objects.filter(pk=campaign.pk).update(
                closes_at=clock.database_now() + timedelta(milliseconds=20)
            )
        while not close(campaign.pk):
            time.sleep(0.005)
        return True

    answers = race(*[partial(place, wish) for wish in wishes], close_soon)

    assert not faults(answers)
    return Pledge.objects.filter(state="held").count()


def test_no_pledge_slips_in_behind_the_deadline() -> None:
    assert left_behind_by_the_deadline() == 0
    assert check_books(ask_provider=False).right


def test_control_without_the_lock_a_pledge_is_left_behind() -> None:
    with place_without(CAMPAIGN_LOCK):
        assert left_behind_by_the_deadline() > 0


def closed_by_two_workers() -> int:
    """Eight workers close the same campaign; how many times it was closed."""
    campaign = builders.live_campaign(goal_minor=1)
    pledge = pledge_with_card(campaign, builders.reward(campaign))
    with builders.thawed():
        Campaign.objects.filter(pk=campaign.pk).update(
            opens_at=clock.now() - timedelta(days=2), closes_at=clock.now() - timedelta(seconds=1)
        )

    answers = race(*[partial(close, campaign.pk)] * 8)

    assert state_of(pledge) == "locked"
    assert not faults(answers)
    return CampaignMove.objects.filter(campaign=campaign, new="collecting").count()


def test_two_workers_close_a_campaign_once(provider: FakeStripe) -> None:
    assert closed_by_two_workers() == 1


def test_control_without_locks_it_is_closed_twice(
    provider: FakeStripe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Campaign.objects, "select_for_update", lambda **options: Campaign.objects.all()
    )
    with without_campaign_lock():
        assert closed_by_two_workers() > 1


def cancelled_while_collected(provider: FakeStripe) -> list[str]:
    """Supporters cancel in the instant in which the campaign closes; the pledges' last moves."""
    campaign = builders.live_campaign(goal_minor=1)
    reward = builders.reward(campaign, limit=50)
    pledges = [pledge_with_card(campaign, reward) for _ in range(CLIENTS // 2)]
    kept = pledge_with_card(campaign, reward)
    with builders.thawed():
        Campaign.objects.filter(pk=campaign.pk).update(
            closes_at=clock.database_now() + timedelta(milliseconds=80)
        )

    def close_soon() -> bool:
        while not close(campaign.pk):
            time.sleep(0.005)
        return True

    cancels = [partial(cancel, pledge_id=p.pk, actor=p.person) for p in pledges]
    answers = race(*cancels, *cancels, close_soon)

    assert not faults(answers)
    assert PledgeMove.objects.filter(pledge=kept, new="locked").count() == 1
    return [
        ",".join(PledgeMove.objects.filter(pledge=p).order_by("pk").values_list("new", flat=True))
        for p in pledges
    ]


def test_a_pledge_is_cancelled_or_collected_never_both(provider: FakeStripe) -> None:
    histories = cancelled_while_collected(provider)

    assert set(histories) <= {"held,active,cancelled", "held,active,locked"}
    assert check_books().right


def test_control_without_the_row_lock_a_cancellation_happens_twice(provider: FakeStripe) -> None:
    campaign = builders.live_campaign(goal_minor=1)
    reward = builders.reward(campaign, limit=50)
    pledge = pledge_with_card(campaign, reward)
    # Places of others: with none left to give back, the check on the stock would stop it too.
    for _ in range(3):
        builders.placed(campaign, builders.person(), reward)
    with without_row_lock():
        race(*[partial(cancel, pledge_id=pledge.pk, actor=pledge.person)] * CLIENTS)

    assert PledgeMove.objects.filter(pledge=pledge, new="cancelled").count() > 1


def test_many_clicks_on_cancel_are_one_cancellation(provider: FakeStripe) -> None:
    campaign = builders.live_campaign(goal_minor=1)
    pledge = pledge_with_card(campaign, builders.reward(campaign, limit=50))

    answers = race(*[partial(cancel, pledge_id=pledge.pk, actor=pledge.person)] * CLIENTS)

    assert not faults(answers)
    assert PledgeMove.objects.filter(pledge=pledge, new="cancelled").count() == 1
    assert check_books().right


def test_the_locks_of_pledging_and_closing_exclude_each_other() -> None:
    campaign = builders.live_campaign()
    with transaction.atomic():
        locks.share_campaign(campaign.pk)
        (answer,) = race(partial(_try_to_lock, campaign.pk))

    assert answer is False


def _try_to_lock(campaign_id: int) -> bool:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [locks.CAMPAIGN, campaign_id])
        got: bool = cursor.fetchone()[0]
    return got
