# SPDX-License-Identifier: Apache-2.0
"""(b) The same through the actions of pledges, in this process."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

from django.db import connections

from bench.clients import Act, Session
from bench.world import Wanted, World
from firstflight.pledges.actions.place import Placed, Request, place, place_many
from firstflight.pledges.errors import RewardSoldOut
from firstflight.pledges.quotes import Choice

Place = Callable[[Request], Placed | None]
_keys = count()


def session(world: World, wanted: Wanted, act_on: Place) -> Session:
    """A client that places one pledge a call, alone (`place`) or with others (`place_together`)."""

    @contextmanager
    def connected(number: int) -> Iterator[Act]:
        dice = random.Random(number)
        connections["default"].ensure_connection()

        def act() -> float:
            request = _request(wanted, dice, dice.choice(world.people))
            began = time.perf_counter()
            act_on(request)
            return time.perf_counter() - began

        yield act
        connections.close_all()

    return connected


def sold_out(request: Request) -> None:
    """Ask for a place where there is none, and be told so."""
    try:
        place(request)
    except RewardSoldOut:
        return
    raise AssertionError("there was a place")


def batches(world: World, wanted: Wanted, at_once: int) -> Session:
    """A client that places `at_once` pledges a call."""

    @contextmanager
    def connected(number: int) -> Iterator[Act]:
        dice = random.Random(number)

        def act() -> float:
            people = dice.sample(world.people, at_once)
            requests = [_request(wanted, dice, person) for person in people]
            began = time.perf_counter()
            refused = [answer for answer in place_many(requests) if isinstance(answer, Exception)]
            took = time.perf_counter() - began
            if refused:
                raise refused[0]
            return took

        yield act
        connections.close_all()

    return connected


def _request(wanted: Wanted, dice: random.Random, person: int) -> Request:
    return Request(
        slug=wanted.campaign.slug,
        person_id=person,
        key=f"bench-{next(_keys)}",
        choices=(Choice(dice.choice(wanted.rewards)),),
        ship_to="JP",
        source="bench",
        method_id="pm_card_visa",
    )
