# SPDX-License-Identifier: Apache-2.0
"""Pledges placed at the same instant by 32 clients, each race with its control."""

from functools import partial

import builders
import pytest
from control import PERSON_LOCK, STOCK_LOCK, place_without, without_constraint
from racing import CLIENTS, faults, race

from firstflight.pledges import errors
from firstflight.pledges.actions.place import Placed, place
from firstflight.pledges.books import check_books
from firstflight.pledges.models import Pledge, PledgeItem

pytestmark = pytest.mark.usefixtures("committed")


def rush(limit: int) -> tuple[list[Placed | Exception], int]:
    """32 people want one place each; the answers, and how many places were promised."""
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, limit=limit)
    wishes = [builders.request(campaign, builders.person(), reward) for _ in range(CLIENTS)]

    answers = race(*[partial(place, wish) for wish in wishes])

    return answers, PledgeItem.objects.filter(reward=reward).count()


def test_the_last_place_is_sold_once() -> None:
    answers, sold = rush(limit=1)

    assert not faults(answers)
    assert sold == 1
    assert sum(isinstance(answer, errors.RewardSoldOut) for answer in answers) == CLIENTS - 1
    assert check_books(ask_provider=False).right


def test_no_place_stays_unsold_while_somebody_wants_it() -> None:
    answers, sold = rush(limit=20)

    assert not faults(answers)
    assert sold == 20
    assert check_books(ask_provider=False).right


def test_control_without_the_lock_on_the_stock_the_last_place_is_oversold() -> None:
    check = 'CHECK ("limit" IS NULL OR taken <= "limit")'
    with (
        without_constraint("campaigns_stock", "never_oversold", check),
        place_without(STOCK_LOCK),
    ):
        _answers, sold = rush(limit=1)

    assert sold > 1
    assert check_books(ask_provider=False).oversold == sold - 1


def test_control_without_the_lock_the_database_still_refuses_to_oversell() -> None:
    with place_without(STOCK_LOCK):
        answers, sold = rush(limit=1)

    assert sold == 1
    assert faults(answers)


def same_key() -> tuple[list[Placed | Exception], int]:
    """One request, sent 32 times at once; the answers, and how many pledges came of it."""
    campaign = builders.live_campaign()
    wish = builders.request(campaign, builders.person(), builders.reward(campaign, limit=40))

    answers = race(*[partial(place, wish)] * CLIENTS)

    return answers, Pledge.objects.count()


def test_the_same_key_from_many_clients_is_one_pledge() -> None:
    answers, pledges = same_key()

    assert not faults(answers)
    assert pledges == 1
    assert len({answer.pledge_id for answer in answers if isinstance(answer, Placed)}) == 1
    assert sum(isinstance(answer, Placed) and not answer.replayed for answer in answers) == 1
    assert check_books(ask_provider=False).right


def test_control_without_locks_the_same_key_collides() -> None:
    with place_without(PERSON_LOCK, STOCK_LOCK):
        answers, pledges = same_key()

    assert pledges > 1 or faults(answers)
