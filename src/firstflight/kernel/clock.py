# SPDX-License-Identifier: Apache-2.0
"""The only source of time, so that a rehearsal can play two months in a minute.

Outside a rehearsal the time of the database decides (`clock_timestamp()`), never that of a web
server. `now()` serves display and mail; what decides about money or places passes `sql_now()` into
the statement that decides.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.db import connection

_lock = threading.Lock()
_virtual: datetime | None = None


def now() -> datetime:
    """The current instant, aware, in UTC: virtual in a rehearsal, the machine's otherwise."""
    return _virtual or datetime.now(UTC)


def database_now() -> datetime:
    """The instant as the database sees it: one round trip, for decisions made in Python."""
    if _virtual is not None:
        return _virtual
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        instant: datetime = cursor.fetchone()[0]
    return instant


def sql_now() -> datetime | None:
    """What a statement coalesces with `clock_timestamp()`: None unless time is virtual."""
    return _virtual


def is_virtual() -> bool:
    """Whether time is played rather than real."""
    return _virtual is not None


@contextmanager
def virtual(start: datetime) -> Iterator[None]:
    """Play time from `start` for the whole process until the block ends."""
    global _virtual
    with _lock:
        before, _virtual = _virtual, start.astimezone(UTC)
    try:
        yield
    finally:
        with _lock:
            _virtual = before


def advance(by: timedelta) -> datetime:
    """Move virtual time forward.

    Raises:
        RuntimeError: outside `virtual()`: real time cannot be moved.
    """
    global _virtual
    with _lock:
        if _virtual is None:
            raise RuntimeError("time is real here; use clock.virtual() first")
        _virtual += by
        return _virtual


def set_to(instant: datetime) -> None:
    """Move virtual time to `instant`, never backwards.

    Raises:
        RuntimeError: outside `virtual()`.
    """
    advance(max(instant - now(), timedelta(0)))
