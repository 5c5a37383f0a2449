# SPDX-License-Identifier: Apache-2.0
"""Telling those who come after the last place, at a fraction of what a pledge costs.

`place` notes here which stocks had too few places. For a second, wishes for one of them are first
looked up together by one plain read, without a lock and before anything is written down. What was
noted never refuses anybody by itself: only the read does, so a place given back is found at once.
"""

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

_SECONDS = 1.0
_noted: dict[int, float] = {}  # when it was, by stock


@dataclass(frozen=True)
class Wish:
    """Places wanted, by stock, under the idempotency key of a person."""

    person_id: int
    key: str
    places: Mapping[int, int]


def note(stock_ids: Iterable[int]) -> None:
    """One of these had too few places just now."""
    _noted.update(dict.fromkeys(stock_ids, time.monotonic()))


def refused(wishes: Sequence[Wish]) -> set[int]:
    """Which of the wishes, by position, have too few places left and were not granted before."""
    since = time.monotonic() - _SECONDS
    doubtful = [
        (position, wish)
        for position, wish in enumerate(wishes)
        if any(_noted.get(stock_id, since) > since for stock_id in wish.places)
    ]
    return _look_up(doubtful) if doubtful else set()


def _look_up(doubtful: Sequence[tuple[int, Wish]]) -> set[int]:
    asked = [
        {"person": wish.person_id, "key": wish.key, "places": wish.places} for _, wish in doubtful
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pledges_sold_out(%s)", [json.dumps(asked)])
        return {doubtful[place][0] for (place,) in cursor.fetchall()}


def forget_all() -> None:
    """Drop what was noted: for tests, each of which begins anew."""
    _noted.clear()
