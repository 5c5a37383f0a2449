# SPDX-License-Identifier: Apache-2.0
"""Pledges that arrive at the same moment are booked together, and each gets its own answer."""

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial

import builders
import pytest
from racing import CLIENTS, faults, race

from firstflight.campaigns.models import Stock
from firstflight.kernel.errors import Refusal
from firstflight.pledges import errors
from firstflight.pledges.actions import place_together as together
from firstflight.pledges.actions.place import Placed, Request, place_many
from firstflight.pledges.actions.place_together import place_together
from firstflight.pledges.books import check_books
from firstflight.pledges.models import Pledge

pytestmark = pytest.mark.usefixtures("committed")

PlaceMany = Callable[[Sequence[Request]], list[Placed | Refusal]]


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pledges were booked in each turn; turns are slow enough for others to arrive."""
    sizes: list[int] = []

    def slowly(requests: Sequence[Request]) -> list[Placed | Refusal]:
        sizes.append(len(requests))
        time.sleep(0.1)
        return place_many(requests)

    monkeypatch.setattr(together, "place_many", slowly)
    return sizes


def test_those_who_arrive_together_are_booked_together(turns: list[int]) -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, limit=CLIENTS)
    wishes = [builders.request(campaign, builders.person(), reward) for _ in range(CLIENTS)]

    answers = race(*[partial(place_together, wish) for wish in wishes])

    assert not faults(answers)
    assert {answer.pledge_id for answer in answers if isinstance(answer, Placed)} == set(
        Pledge.objects.values_list("pk", flat=True)
    )
    assert sum(turns) == CLIENTS
    assert len(turns) < CLIENTS / 2
    assert check_books(ask_provider=False).right


def test_the_last_places_are_sold_once_and_none_is_left(turns: list[int]) -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, limit=20)
    wishes = [builders.request(campaign, builders.person(), reward) for _ in range(CLIENTS)]

    answers = race(*[partial(place_together, wish) for wish in wishes])

    assert not faults(answers)
    assert sum(isinstance(answer, errors.RewardSoldOut) for answer in answers) == CLIENTS - 20
    assert Stock.objects.get(reward=reward).taken == 20
    assert check_books(ask_provider=False).right


def test_the_same_key_from_many_is_one_pledge(turns: list[int]) -> None:
    campaign = builders.live_campaign()
    wish = builders.request(campaign, builders.person(), builders.reward(campaign))

    answers = race(*[partial(place_together, wish)] * CLIENTS)

    assert not faults(answers)
    assert Pledge.objects.count() == 1
    assert sum(isinstance(answer, Placed) and not answer.replayed for answer in answers) == 1


def test_one_who_cannot_be_booked_harms_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a request that breaks its whole turn, when others are in it, then they are placed."""
    campaign = builders.live_campaign()
    reward = builders.reward(campaign)
    wishes = [builders.request(campaign, builders.person(), reward) for _ in range(8)]

    def breaks(requests: Sequence[Request]) -> list[Placed | Refusal]:
        time.sleep(0.05)
        if wishes[3] in requests:
            raise RuntimeError("defective")
        return place_many(requests)

    monkeypatch.setattr(together, "place_many", breaks)

    answers = race(*[partial(place_together, wish) for wish in wishes])

    assert [isinstance(answer, Placed) for answer in answers] == [n != 3 for n in range(8)]
    assert isinstance(answers[3], RuntimeError)


def test_whoever_finds_too_many_waiting_is_told_so_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    campaign = builders.live_campaign()
    wish = builders.request(campaign, builders.person(), builders.reward(campaign))
    monkeypatch.setattr(together, "WAITING_MOST", 0)

    answers = race(partial(place_together, wish))

    assert isinstance(answers[0], errors.TooBusy)
    assert not Pledge.objects.exists()


def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a turn that takes too long, the next gives up, and the one after is served again."""
    campaign = builders.live_campaign()
    reward = builders.reward(campaign)
    wishes = [builders.request(campaign, builders.person(), reward) for _ in range(3)]
    booking, gave_up = threading.Event(), threading.Event()

    def held_up(requests: Sequence[Request]) -> list[Placed | Refusal]:
        booking.set()
        gave_up.wait(10)
        return place_many(requests)

    def impatient() -> Placed:
        booking.wait(10)
        try:
            return place_together(wishes[1])
        finally:
            gave_up.set()

    monkeypatch.setattr(together, "place_many", held_up)
    monkeypatch.setattr(together, "PATIENCE_SECONDS", 0.1)
    answers = race(partial(place_together, wishes[0]), impatient)

    assert isinstance(answers[0], Placed)
    assert isinstance(answers[1], errors.TooBusy)
    assert isinstance(race(partial(place_together, wishes[2]))[0], Placed)
    assert Pledge.objects.count() == 2
