# SPDX-License-Identifier: Apache-2.0
"""Guards taken off, so that a race test can show that it would see the fault."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any
from unittest import mock

from django.db import connection

from firstflight.pledges import locks
from firstflight.pledges.models import Pledge

PLACE = (files("firstflight.pledges") / "sql" / "place.sql").read_text(encoding="utf-8")
_DECIDED = "    batch := to_jsonb(granted);"
_THINKING = "    PERFORM pg_sleep(0.1);\n"
assert _DECIDED in PLACE


STOCK_LOCK = "FOR NO KEY UPDATE"
PERSON_LOCK = "pg_advisory_xact_lock(1, p.id)"
CAMPAIGN_LOCK = "pg_advisory_xact_lock_shared(2, c.id)"


@contextmanager
def place_without(*guards: str) -> Iterator[None]:
    """`pledges_place` without some of its locks, and slow enough that clients meet in it."""
    weakened = PLACE.replace(_DECIDED, _THINKING + _DECIDED)
    for guard in guards:
        assert guard in weakened
        weakened = weakened.replace(guard, "1" if "advisory" in guard else "")
    _run(weakened)
    try:
        yield
    finally:
        _run(PLACE)


@contextmanager
def without_constraint(table: str, name: str, again: str) -> Iterator[None]:
    """The table without one of its constraints; put back for the rows to come (NOT VALID)."""
    _run(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    try:
        yield
    finally:
        _run(f"ALTER TABLE {table} ADD CONSTRAINT {name} {again} NOT VALID")


@contextmanager
def without_row_lock() -> Iterator[None]:
    """`locks.lock_pledge` reads the row and locks nothing."""

    def read(pledge_id: Any) -> Pledge:
        pledge = Pledge.objects.select_related("campaign", "person").get(pk=pledge_id)
        time.sleep(0.1)  # long enough that clients meet here
        return pledge

    with mock.patch.object(locks, "lock_pledge", read):
        yield


@contextmanager
def without_campaign_lock() -> Iterator[None]:
    """Whoever closes a campaign does not wait for anybody."""
    with mock.patch.object(locks, "lock_campaign", return_value=None):
        yield


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
