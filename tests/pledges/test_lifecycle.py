# SPDX-License-Identifier: Apache-2.0
"""From a card to money and back: each step, and what it does to places, books and mail."""

from datetime import timedelta

import builders
import pytest
from walking import ASKS_EVERY_TIME, FAILS_LATER, GOOD, close, pledge_with_card, state_of

from firstflight.campaigns.models import Campaign, Reward, Stock
from firstflight.kernel import clock, jobs
from firstflight.kernel.money import Money
from firstflight.ledger.queries import trial_balance
from firstflight.notices.models import Message
from firstflight.payments.errors import RefundTooLarge
from firstflight.payments.fake_stripe.server import FakeStripe
from firstflight.payments.models import Charge
from firstflight.pledges import errors
from firstflight.pledges.actions.cancel import cancel
from firstflight.pledges.actions.change import change
from firstflight.pledges.actions.collect import collect, resume_unfinished
from firstflight.pledges.actions.confirm_card import confirm_card
from firstflight.pledges.actions.dun import dun_due
from firstflight.pledges.actions.finish import finish_due
from firstflight.pledges.actions.lapse import lapse_due
from firstflight.pledges.actions.refund import refund
from firstflight.pledges.actions.set_up_card import set_up_card
from firstflight.pledges.books import check_books
from firstflight.pledges.models import Pledge
from firstflight.pledges.quotes import Choice

pytestmark = pytest.mark.django_db


def balances(campaign: Campaign) -> dict[str, int]:
    rows = trial_balance(campaign.book).get("JPY", [])
    return {row.account: row.minor for row in rows if row.minor}


def mails(kind: str) -> int:
    return Message.objects.filter(kind=kind).count()


def test_a_ready_card_confirms_the_pledge(provider: FakeStripe) -> None:
    """Dr promises_authorised 34,800 · Cr promises_held 34,800; one mail."""
    campaign = builders.live_campaign()

    pledge = pledge_with_card(campaign, builders.reward(campaign, price_minor=34_800))

    assert pledge.state == "active"
    assert balances(campaign) == {
        "promises_authorised": 34_800,
        "promises_of_supporters": -34_800,
    }
    assert mails("pledge_confirmed") == 1
    assert not provider.controls.charges()


def test_a_card_that_asks_for_its_holder_is_confirmed_after_the_challenge(
    provider: FakeStripe,
) -> None:
    campaign = builders.live_campaign()

    pledge = pledge_with_card(campaign, builders.reward(campaign), card=ASKS_EVERY_TIME)

    assert pledge.state == "active"


def test_a_declined_card_leaves_the_place_held_and_another_card_confirms(
    provider: FakeStripe,
) -> None:
    campaign = builders.live_campaign()
    pledge = pledge_with_card(campaign, builders.reward(campaign), card="pm_card_chargeDeclined")
    assert pledge.state == "held"

    set_up_card(pledge, method_id=GOOD, return_url="https://shop.example/back")

    assert confirm_card(pledge.pk).state == "active"


def test_a_hold_lapses_after_fifteen_minutes_and_gives_its_place_back_once() -> None:
    """Dr promises_of_supporters · Cr promises_held."""
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, limit=1)
    with clock.virtual(clock.now()):
        builders.placed(campaign, builders.person(), reward)
        clock.advance(timedelta(minutes=14, seconds=59))
        assert lapse_due() == 0
        clock.advance(timedelta(seconds=2))

        assert (lapse_due(), lapse_due()) == (1, 0)

    assert Stock.objects.get(reward=reward).taken == 0
    assert balances(campaign) == {}


def test_a_cancelled_pledge_frees_its_place_and_is_never_charged(provider: FakeStripe) -> None:
    campaign = builders.live_campaign(goal_minor=1)
    reward = builders.reward(campaign, limit=1)
    with clock.virtual(clock.now()):
        pledge = pledge_with_card(campaign, reward)

        cancel(pledge_id=pledge.pk, actor=pledge.person)
        cancel(pledge_id=pledge.pk, actor=pledge.person)
        close(campaign)
        jobs.run_due()

    assert state_of(pledge) == "cancelled"
    assert Stock.objects.get(reward=reward).taken == 0
    assert not provider.controls.charges()
    assert mails("pledge_cancelled") == 1


def test_below_the_goal_nobody_pays_and_everybody_is_told(provider: FakeStripe) -> None:
    """Dr promises_of_supporters · Cr promises_authorised."""
    campaign = builders.live_campaign(goal_minor=100_000)
    reward = builders.reward(campaign, price_minor=34_800, limit=5)
    with clock.virtual(clock.now()):
        pledge = pledge_with_card(campaign, reward)
        close(campaign)
        jobs.run_due()

    campaign.refresh_from_db()
    assert (campaign.funding_state, state_of(pledge)) == ("failed", "released")
    assert campaign.pledged_at_close_minor == 34_800
    assert not provider.controls.charges()
    assert mails("pledge_released") == 1
    assert balances(campaign) == {}
    assert check_books().right


def test_at_the_goal_each_card_is_charged_once(provider: FakeStripe) -> None:
    """Dr provider_balance, provider_fees · Cr supporter_prepayments; the promise is cleared."""
    campaign = builders.live_campaign(goal_minor=69_600)
    reward = builders.reward(campaign, price_minor=34_800, limit=5)
    with clock.virtual(clock.now()):
        pledges = [pledge_with_card(campaign, reward) for _ in range(2)]
        close(campaign)
        jobs.run_due()
        for pledge in pledges:
            collect(pledge.pk)
        finish_due()

    campaign.refresh_from_db()
    assert (campaign.funding_state, campaign.delivery_state) == ("successful", "in_production")
    assert [state_of(pledge) for pledge in pledges] == ["collected", "collected"]
    assert len(provider.controls.charges()) == 2
    fees = balances(campaign)["provider_fees"]
    assert balances(campaign) == {
        "provider_balance": 69_600 - fees,
        "provider_fees": fees,
        "supporter_prepayments": -69_600,
    }
    assert mails("payment_received") == 2
    assert check_books().right


def test_the_deadline_itself_is_too_late(provider: FakeStripe) -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign)
    assert campaign.closes_at is not None
    with clock.virtual(clock.now()):
        clock.set_to(campaign.closes_at - timedelta(microseconds=1))
        builders.placed(campaign, builders.person(), reward)
        clock.set_to(campaign.closes_at)

        with pytest.raises(errors.CampaignNotLive):
            builders.placed(campaign, builders.person(), reward)


def test_a_hold_in_flight_at_the_deadline_lapses_and_is_not_charged(provider: FakeStripe) -> None:
    campaign = builders.live_campaign(goal_minor=1)
    reward = builders.reward(campaign, limit=1)
    assert campaign.closes_at is not None
    with clock.virtual(clock.now()):
        clock.set_to(campaign.closes_at - timedelta(minutes=1))
        placed = builders.placed(campaign, builders.person(), reward)
        pledge = Pledge.objects.select_related("person").get(pk=placed.pledge_id)
        set_up_card(pledge, method_id=GOOD, return_url="https://shop.example/back")
        close(campaign)

        confirm_card(pledge.pk)

    assert state_of(pledge) == "lapsed"
    assert Stock.objects.get(reward=reward).taken == 0
    assert check_books().right


def test_a_declined_payment_is_retried_reminded_and_dropped_after_seven_days(
    provider: FakeStripe,
) -> None:
    """Dr promises_of_supporters · Cr promises_due, and the place is free, exactly once."""
    campaign = builders.live_campaign(goal_minor=1)
    reward = builders.reward(campaign, limit=2)
    with clock.virtual(clock.now()):
        good = pledge_with_card(campaign, reward)
        bad = pledge_with_card(campaign, reward, card=FAILS_LATER)
        close(campaign)
        jobs.run_due()
        assert state_of(bad) == "errored"
        for _ in range(15):
            clock.advance(timedelta(hours=12))
            dun_due()
            jobs.run_due()
            finish_due()

    campaign.refresh_from_db()
    assert (state_of(good), state_of(bad)) == ("collected", "dropped")
    assert campaign.funding_state == "successful"
    assert Stock.objects.get(reward=reward).taken == 1
    assert mails("payment_failed") == 4
    assert mails("pledge_dropped") == 1
    assert check_books().right


def test_a_payment_that_needs_its_holder_is_reminded_and_not_retried(provider: FakeStripe) -> None:
    campaign = builders.live_campaign(goal_minor=1)
    with clock.virtual(clock.now()):
        pledge = pledge_with_card(campaign, builders.reward(campaign), card=ASKS_EVERY_TIME)
        close(campaign)
        jobs.run_due()
        for _ in range(3):
            clock.advance(timedelta(hours=49))
            dun_due()
            jobs.run_due()

    assert Charge.objects.filter(subject=pledge.subject).count() == 1
    assert mails("payment_reminder") == 3


def test_another_card_repairs_a_failed_payment(provider: FakeStripe) -> None:
    campaign = builders.live_campaign(goal_minor=1)
    with clock.virtual(clock.now()):
        pledge = pledge_with_card(campaign, builders.reward(campaign), card=FAILS_LATER)
        close(campaign)
        jobs.run_due()
        failed = Pledge.objects.select_related("person").get(pk=pledge.pk)

        set_up_card(failed, method_id=GOOD, return_url="https://shop.example/back")
        confirm_card(pledge.pk)
        collect(pledge.pk)

    assert state_of(pledge) == "collected"
    assert check_books().right


def test_without_an_answer_the_charge_is_finished_later_and_once(provider: FakeStripe) -> None:
    campaign = builders.live_campaign(goal_minor=1)
    with clock.virtual(clock.now()):
        pledge = pledge_with_card(campaign, builders.reward(campaign))
        provider.controls.fail_next(
            kind="cut", when="after", count=3, method="POST", path="/v1/payment_intents"
        )
        close(campaign)
        jobs.run_due()
        assert state_of(pledge) == "locked"

        clock.advance(timedelta(minutes=3))
        resume_unfinished()

    assert state_of(pledge) == "collected"
    assert len(provider.controls.charges()) == 1
    assert check_books().right


def test_a_refund_in_part_and_then_the_rest(provider: FakeStripe) -> None:
    """Dr supporter_prepayments · Cr provider_balance, twice."""
    campaign = builders.live_campaign(goal_minor=1)
    clerk = builders.person()
    with clock.virtual(clock.now()):
        pledge = pledge_with_card(campaign, builders.reward(campaign, price_minor=34_800))
        close(campaign)
        jobs.run_due()

        refund(pledge_id=pledge.pk, amount=Money(800, "JPY"), reason="late", actor=clerk)
        assert state_of(pledge) == "partially_refunded"
        with pytest.raises(RefundTooLarge):
            refund(pledge_id=pledge.pk, amount=Money(34_001, "JPY"), reason="x", actor=clerk)
        refund(pledge_id=pledge.pk, amount=None, reason="cancelled", actor=clerk)

    assert state_of(pledge) == "refunded"
    assert "supporter_prepayments" not in balances(campaign)
    assert mails("refund_sent") == 2
    assert check_books().right


def test_a_change_takes_the_new_place_before_it_gives_the_old_back(provider: FakeStripe) -> None:
    campaign = builders.live_campaign()
    small = builders.reward(campaign, price_minor=34_800, limit=1)
    large = builders.reward(campaign, price_minor=59_800, limit=1)
    pledge = pledge_with_card(campaign, small)

    change(pledge_id=pledge.pk, actor=pledge.person, choices=(Choice(large.pk),), ship_to="JP")

    assert [Stock.objects.get(reward=reward).taken for reward in (small, large)] == [0, 1]
    assert balances(campaign)["promises_authorised"] == 59_800
    assert mails("pledge_changed") == 1
    assert check_books().right


def test_a_change_to_a_sold_out_reward_keeps_the_old_with_its_price(provider: FakeStripe) -> None:
    campaign = builders.live_campaign()
    old = builders.reward(campaign, price_minor=34_800, limit=1)
    wanted = builders.reward(campaign, price_minor=59_800, limit=1)
    pledge_with_card(campaign, wanted)
    pledge = pledge_with_card(campaign, old)
    with builders.thawed():
        Reward.objects.filter(pk=old.pk).update(price_minor=99_999)

    with pytest.raises(errors.RewardSoldOut):
        change(pledge_id=pledge.pk, actor=pledge.person, choices=(Choice(wanted.pk),), ship_to="JP")

    after = Pledge.objects.get(pk=pledge.pk)
    assert (after.total_minor, after.agreed_hash) == (34_800, pledge.agreed_hash)
    assert Stock.objects.get(reward=old).taken == 1


def test_an_early_bird_keeps_its_price_when_something_is_added(provider: FakeStripe) -> None:
    campaign = builders.live_campaign()
    early = builders.reward(campaign, price_minor=34_800)
    case = builders.reward(campaign, price_minor=3_000, is_addon=True)
    pledge = pledge_with_card(campaign, early)
    with builders.thawed():
        Reward.objects.filter(pk=early.pk).update(closes_at=clock.now(), price_minor=39_800)

    changed = change(
        pledge_id=pledge.pk,
        actor=pledge.person,
        choices=(Choice(early.pk), Choice(case.pk)),
        ship_to="JP",
    )

    assert changed.total_minor == 37_800


def test_in_the_last_day_a_reached_goal_is_not_taken_away(provider: FakeStripe) -> None:
    campaign = builders.live_campaign(goal_minor=34_800, closes_in=timedelta(hours=23))
    reward = builders.reward(campaign, price_minor=34_800)
    pledge = pledge_with_card(campaign, reward)

    with pytest.raises(errors.TotalWouldFallBelowGoal):
        cancel(pledge_id=pledge.pk, actor=pledge.person)
    pledge_with_card(campaign, reward)

    assert cancel(pledge_id=pledge.pk, actor=pledge.person).state == "cancelled"


def test_a_campaign_that_collects_too_little_fails_where_that_was_promised(
    provider: FakeStripe,
) -> None:
    campaign = builders.live_campaign(goal_minor=60_000, below_goal="fail")
    reward = builders.reward(campaign, price_minor=34_800)
    with clock.virtual(clock.now()):
        paid = pledge_with_card(campaign, reward)
        pledge_with_card(campaign, reward, card=FAILS_LATER)
        close(campaign)
        jobs.run_due()
        clock.advance(timedelta(days=8))
        dun_due()
        finish_due()
        jobs.run_due()

    campaign.refresh_from_db()
    assert (campaign.funding_state, state_of(paid)) == ("failed", "refunded")
    assert check_books().right
