# SPDX-License-Identifier: Apache-2.0
"""Webhook against redirect, worker against worker, and death between charge and record."""

from datetime import timedelta
from functools import partial
from unittest import mock

import builders
import pytest
from control import without_row_lock
from racing import CLIENTS, faults, race
from walking import close as close_at_deadline
from walking import enter_card, pledge_with_card, state_of

from firstflight.kernel import clock
from firstflight.notices.models import Message
from firstflight.payments.actions.charge import ask_provider
from firstflight.payments.fake_stripe.server import FakeStripe
from firstflight.payments.models import Charge
from firstflight.pledges.actions import collect as collecting
from firstflight.pledges.actions.collect import collect, resume_unfinished
from firstflight.pledges.actions.confirm_card import confirm_card
from firstflight.pledges.books import check_books
from firstflight.pledges.models import Pledge, PledgeMove
from firstflight.pledges.queries import ready_card

pytestmark = pytest.mark.usefixtures("committed")


def confirmed_from_all_sides() -> tuple[list[object], int]:
    """The redirect, the webhook and the job arrive at once; how often the pledge was activated."""
    campaign = builders.live_campaign()
    placed = builders.placed(campaign, builders.person(), builders.reward(campaign))
    enter_card(placed.pledge_id)

    answers = race(*[partial(confirm_card, placed.pledge_id)] * CLIENTS)

    return list(answers), PledgeMove.objects.filter(new="active").count()


def test_webhook_and_redirect_together_confirm_once(provider: FakeStripe) -> None:
    answers, times = confirmed_from_all_sides()

    assert not faults(answers)
    assert times == 1
    assert Message.objects.filter(kind="pledge_confirmed").count() == 1
    assert check_books().right


def test_control_without_the_row_lock_it_is_confirmed_twice(provider: FakeStripe) -> None:
    with without_row_lock():
        _answers, times = confirmed_from_all_sides()

    assert times > 1


def due_pledge() -> Pledge:
    """A pledge whose campaign has just closed at its goal."""
    campaign = builders.live_campaign(goal_minor=1)
    pledge = pledge_with_card(campaign, builders.reward(campaign))
    with clock.virtual(clock.now()):
        close_at_deadline(campaign)
    Pledge.objects.filter(pk=pledge.pk).update(retry_at=clock.now() - timedelta(seconds=1))
    return pledge


def test_many_workers_charge_a_pledge_once(provider: FakeStripe) -> None:
    pledge = due_pledge()

    answers = race(*[partial(collect, pledge.pk)] * CLIENTS)

    assert not faults(answers)
    assert state_of(pledge) == "collected"
    assert len(provider.controls.charges()) == 1
    assert check_books().right


def test_control_without_guards_a_pledge_is_charged_twice(
    provider: FakeStripe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the lock, the unique index and the shared payment prevent together."""
    pledge = due_pledge()
    card = ready_card(pledge)
    assert card is not None

    def naive() -> None:
        if Pledge.objects.get(pk=pledge.pk).state == "locked":
            charge = Charge(
                subject=pledge.subject,
                number=1,
                person=pledge.person,
                card_setup=card,
                gateway="stripe",
                amount_minor=pledge.total_minor,
                currency="JPY",
            )
            ask_provider(charge)

    race(*[naive] * 8)

    assert len(provider.controls.charges()) > 1


class Killed(BaseException):
    """The worker is gone: nothing after this runs."""


@pytest.mark.parametrize("moment", ["before the provider was asked", "before the record"])
def test_a_worker_killed_around_the_charge_charges_nobody_twice(
    provider: FakeStripe, moment: str
) -> None:
    pledge = due_pledge()

    def dies(charge: Charge) -> None:
        if moment == "before the record":
            ask_provider(charge)
        raise Killed

    with mock.patch.object(collecting, "ask_provider", dies), pytest.raises(Killed):
        collect(pledge.pk)
    assert state_of(pledge) == "locked"
    collect(pledge.pk)
    Charge.objects.update(created_at=clock.now() - timedelta(minutes=5))
    resume_unfinished()

    assert state_of(pledge) == "collected"
    assert len(provider.controls.charges()) == 1
    assert check_books().right


def test_the_control_of_the_killed_worker_is_a_second_key(provider: FakeStripe) -> None:
    """Asking again under another key, as without a record of the attempt, charges twice."""
    pledge = due_pledge()
    with mock.patch.object(collecting, "ask_provider", _ask_and_die), pytest.raises(Killed):
        collect(pledge.pk)
    Charge.objects.all().delete()
    Pledge.objects.update(retry_at=clock.now() - timedelta(seconds=1))
    collect(pledge.pk)

    assert len(provider.controls.charges()) == 2
    assert check_books().provider_mismatch_minor > 0


def _ask_and_die(charge: Charge) -> None:
    ask_provider(charge)
    raise Killed
