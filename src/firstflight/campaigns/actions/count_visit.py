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
_waiting: Counter[tuple[str, str]] = Counter()
_written_at = 0.0
_lock = threading.Lock()


def count_visit(slug: str, source: str) -> None:
    """Count one visit of the campaign with this slug ("" for an unknown source)."""
    global _waiting, _written_at
    with _lock:
        _waiting[(slug, source[:_LONGEST])] += 1
        if time.monotonic() - _written_at < _SECONDS:
            return
        counts, _waiting = _waiting, Counter()
        _written_at = time.monotonic()
    _write(counts)


def forget_all() -> None:
    """Drop what is not written yet: for tests, whose databases come and go."""
    with _lock:
        _waiting.clear()


def _write(counts: Counter[tuple[str, str]]) -> None:
    day = clock.now().date()
    # In one order, so that two processes writing at once never wait for each other in a circle.
    rows = [(day, source, visits, slug) for (slug, source), visits in sorted(counts.items())]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO campaigns_visitcount (campaign_id, day, source, visits)"
            " SELECT id, %s, %s, %s FROM campaigns_campaign WHERE slug = %s"
            " ON CONFLICT (campaign_id, day, source)"
            " DO UPDATE SET visits = campaigns_visitcount.visits + excluded.visits",
            rows,
        )
