# SPDX-License-Identifier: Apache-2.0
"""The activity log in SQLite. Every record has its time as key, so that storing twice is harmless.

Each block is one transaction: a cut link or a power cut leaves whole blocks, and the next sync goes
on from the newest record of each kind.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wena.activity.records import (
    ActivityLog,
    Behaviour,
    BehaviourSpan,
    CaloriesMinute,
    EnergyMinute,
    HeartRateMinute,
    StepMinute,
    StressMinute,
    Vo2Max,
)
from wena.companion.errors import CompanionError, NewerStore
from wena.wena3.activity_kinds import MINUTE, Block, Intervals, Kind, Run

VERSION = 1
SCHEMA = """
CREATE TABLE minute (
    kind INTEGER NOT NULL, time INTEGER NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (kind, time)
) WITHOUT ROWID;
CREATE TABLE span (time INTEGER PRIMARY KEY, until INTEGER NOT NULL, behaviour INTEGER NOT NULL);
CREATE TABLE vo2max (
    time INTEGER NOT NULL, place INTEGER NOT NULL, value INTEGER NOT NULL,
    PRIMARY KEY (time, place)
) WITHOUT ROWID;
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
FUTURE_S = 86_400
"""A record from further ahead comes from a strap whose clock was wrong; it is kept, but the next
sync does not start from it."""


class Store:
    """One strap's log. Close it after use, or use it in a `with`."""

    def __init__(self, path: Path) -> None:
        """Raises NewerStore, and CompanionError when the file is no log."""
        self._database = sqlite3.connect(path, isolation_level=None)
        try:
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA busy_timeout = 5000")
            (version,) = self._database.execute("PRAGMA user_version").fetchone()
            if version == 0:
                self._database.executescript(
                    f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;"
                )
        except sqlite3.DatabaseError as error:
            self._database.close()
            raise CompanionError(f"{path} is not a log of the companion ({error}).") from error
        if version > VERSION:
            self._database.close()
            raise NewerStore
        path.chmod(0o600)

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._database.close()

    def put(self, block: Block) -> int:
        """Store a block; returns how many records are new (others replace what they repeat)."""
        with self._transaction():
            before = self.count()
            if isinstance(block, Run):
                self._database.executemany(
                    "INSERT OR REPLACE INTO minute VALUES (?, ?, ?)",
                    ((int(block.kind), time, value) for time, value in block.samples()),
                )
            elif isinstance(block, Intervals):
                self._database.executemany(
                    "INSERT OR REPLACE INTO span VALUES (?, ?, ?)",
                    ((item.time, item.end, int(item.kind)) for item in block.items),
                )
            else:
                self._database.executemany(
                    "INSERT OR REPLACE INTO vo2max VALUES (?, ?, ?)",
                    ((item.time, item.index, item.value) for item in block.items),
                )
            return self.count() - before

    def count(self) -> int:
        """How many records there are."""
        (count,) = self._database.execute(
            "SELECT (SELECT count(*) FROM minute) + (SELECT count(*) FROM span)"
            " + (SELECT count(*) FROM vo2max)"
        ).fetchone()
        return int(count)

    def newest(self, now_s: int) -> dict[Kind, int]:
        """The newest Unix second of each kind, up to a day ahead of now."""
        limit = now_s + FUTURE_S
        found = {}
        for kind in Kind:
            if kind is Kind.BEHAVIOR:
                row = self._database.execute("SELECT max(time) FROM span WHERE time <= ?", (limit,))
            elif kind is Kind.VO2MAX:
                row = self._database.execute(
                    "SELECT max(time) FROM vo2max WHERE time <= ?", (limit,)
                )
            else:
                row = self._database.execute(
                    "SELECT max(time) FROM minute WHERE kind = ? AND time <= ?", (int(kind), limit)
                )
            (time,) = row.fetchone()
            if time is not None:
                found[kind] = int(time)
        return found

    def bounds(self) -> tuple[int, int] | None:
        """The first second that has a record, and the end of the last; None where there is none."""
        first, last = self._database.execute(
            "SELECT min(low), max(high) FROM ("
            "SELECT min(time) AS low, max(time) + ? AS high FROM minute UNION ALL "
            "SELECT min(time), max(until) FROM span UNION ALL "
            "SELECT min(time), max(time) + 1 FROM vo2max)",
            (MINUTE,),
        ).fetchone()
        return None if first is None else (int(first), int(last))

    def log(self, start: int, end: int) -> ActivityLog:
        """All records from `start` on and before `end`; intervals that reach into it too."""
        return ActivityLog(
            steps=[StepMinute(*row) for row in self._minutes(Kind.STEPS, start, end)],
            heart_rates=[
                HeartRateMinute(*row) for row in self._minutes(Kind.HEART_RATE, start, end)
            ],
            behaviours=[
                BehaviourSpan(time, until, Behaviour(kind))
                for time, until, kind in self._database.execute(
                    "SELECT time, until, behaviour FROM span WHERE until > ? AND time < ?"
                    " ORDER BY time",
                    (start, end),
                )
            ],
            stresses=[StressMinute(*row) for row in self._minutes(Kind.STRESS, start, end)],
            energies=[EnergyMinute(*row) for row in self._minutes(Kind.ENERGY, start, end)],
            calories=[CaloriesMinute(*row) for row in self._minutes(Kind.CALORIES, start, end)],
            vo2max=[
                Vo2Max(time, value, place)
                for time, value, place in self._database.execute(
                    "SELECT time, value, place FROM vo2max WHERE time >= ? AND time < ?"
                    " ORDER BY time, place",
                    (start, end),
                )
            ],
        )

    def fact(self, name: str) -> str | None:
        """Something the strap told of itself, or None."""
        row = self._database.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def remember(self, name: str, value: str) -> None:
        """Keep something the strap told of itself."""
        self._database.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, value))

    def _minutes(self, kind: Kind, start: int, end: int) -> Iterator[tuple[int, int]]:
        return self._database.execute(
            "SELECT time, value FROM minute WHERE kind = ? AND time >= ? AND time < ?"
            " ORDER BY time",
            (int(kind), start, end),
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")
