# SPDX-License-Identifier: Apache-2.0
"""A whole payment, engine and terminal in one process: milliseconds."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wena.testing.reader import CardReader
from wena.wallet.journal import Journal
from wena.wallet.keys import IssuerKeys
from wena.wallet.purse import Purse
from wena.wallet.terminal import Terminal

LIMIT_MS = 1.0
KEYS = IssuerKeys("JPY", {1: bytes(range(32))})


def run() -> list[dict[str, Any]]:
    """Payments and glances in memory, and payments where card and till wait for the disk."""
    purse, reader = _ready(Purse(), Journal(1))
    rows = [
        _row("payment, in memory", lambda: reader.pay(purse, 1), 5_000, LIMIT_MS),
        _row("glance at the balance, in memory", lambda: reader.tap(purse), 5_000, None),
    ]
    with tempfile.TemporaryDirectory() as folder:
        kept, till = _ready(Purse.at(Path(folder, "purse")), Journal(1, Path(folder, "book")))
        rows.append(_row("payment, on the disk", lambda: till.pay(kept, 1), 100, None))
        till.terminal.journal.close()
    return rows


def _ready(purse: Purse, journal: Journal) -> tuple[Purse, CardReader]:
    reader = CardReader(KEYS, Terminal(KEYS, journal))
    reader.issue(purse)
    reader.top_up(purse, 50_000)
    return purse, reader


def _row(what: str, act: Callable[[], object], times: int, limit: float | None) -> dict[str, Any]:
    for _ in range(times // 10):
        act()
    taken = sorted(_milliseconds(act) for _ in range(times))
    p99 = taken[len(taken) * 99 // 100]
    met = None if limit is None else ("yes" if p99 <= limit else "NO")
    return {
        "what": what,
        "times": times,
        "median ms": taken[len(taken) // 2],
        "p99 ms": p99,
        "limit p99 ms": limit,
        "met": met,
    }


def _milliseconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1_000
