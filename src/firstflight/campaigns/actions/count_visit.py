# SPDX-License-Identifier: Apache-2.0
"""Count a visit of a campaign's page by where it came from; nothing about the visitor is kept.

Counts gather in memory and are written every few seconds: a crash may lose some visits, never
anything that matters more.
"""

import threading
import time
from collections import Counter

from django.db import connection

from firstflight.kernel import clock

_SECONDS = 5.0
_LONGEST = 80
_waiting: Counter[tuple[int, str]] = Counter()
_written_at = 0.0
_lock = threading.Lock()


def count_visit(campaign_id: int, source: str) -> None:
    """Count one visit ("" for an unknown source)."""
    global _waiting, _written_at
    with _lock:
        _waiting[(campaign_id, source[:_LONGEST])] += 1
        if time.monotonic() - _written_at < _SECONDS:
            return
        counts, _waiting = _waiting, Counter()
        _written_at = time.monotonic()
    _write(counts)


def forget_all() -> None:
    """Drop what is not written yet: for tests, whose databases come and go."""
    with _lock:
        _waiting.clear()


def _write(counts: Counter[tuple[int, str]]) -> None:
    day = clock.now().date()
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO campaigns_visitcount (campaign_id, day, source, visits)"
            " VALUES (%s, %s, %s, %s) ON CONFLICT (campaign_id, day, source)"
            " DO UPDATE SET visits = campaigns_visitcount.visits + excluded.visits",
            [(campaign, day, source, visits) for (campaign, source), visits in counts.items()],
        )
