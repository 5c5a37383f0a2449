# SPDX-License-Identifier: Apache-2.0
"""The log of a strap: steps per minute, kept for months without a phone, through every restart.

Only minutes with steps are kept, and of those the newest MOST_MINUTES by the order in which they
were first written, so that neither time nor a leaping clock makes it grow or empties it. Each `add`
is one transaction of SQLite: after a crash the log is as before it or after it. Days, calories and
behaviour are worked out when asked, by the wearer's settings of that moment.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import isfinite
from pathlib import Path

from wena.activity.errors import BadLogFile
from wena.activity.intensity import RUNNING, Intensity, intensity, kilocalories
from wena.activity.records import (
    ActivityLog,
    Behaviour,
    BehaviourSpan,
    CaloriesMinute,
    StepMinute,
)
from wena.activity.wearer import DAY, Wearer

MINUTE = 60
MOST_MINUTES = 180 * 480
"""Half a year with eight hours of walking a day; about 2 MB."""
WALKING = 30
"""Steps in a minute from which the minute as a whole is called a walk."""
LAST_SECOND = 253_402_128_000
"""2 days before the calendar ends; a step later than that is a fault of the clock."""
SCHEMA = """
CREATE TABLE minute (
    place INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL UNIQUE, steps INTEGER NOT NULL
);
CREATE TABLE goal (day TEXT PRIMARY KEY) WITHOUT ROWID;
"""
VERSION = 1


@dataclass(frozen=True, slots=True)
class GoalReached:
    """The wearer's goal of that day was reached, for the first time."""

    day: date
    steps: int
    goal: int


@dataclass(frozen=True, slots=True)
class Day:
    """One of the wearer's days, from `start` until before `end` (Unix seconds)."""

    day: date
    start: int
    end: int
    steps: int
    kilocalories: float
    """An estimate above rest, about 30 % either way: say so wherever it is shown."""
    minutes: dict[Intensity, int]
    """How many minutes had steps, by intensity; rest is not counted."""
    is_goal_reached: bool


class MinuteLog:
    """Opens or begins the log at `path`, or in memory where it is None; raises BadLogFile."""

    def __init__(
        self, path: Path | None, wearer: Wearer, *, most_minutes: int = MOST_MINUTES
    ) -> None:
        self.wearer = wearer
        self._most = most_minutes
        self._database = sqlite3.connect(path or ":memory:", isolation_level=None)
        try:
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = NORMAL")
            (version,) = self._database.execute("PRAGMA user_version").fetchone()
            if version == 0:
                self._database.executescript(
                    f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;"
                )
            (version,) = self._database.execute("PRAGMA user_version").fetchone()
        except sqlite3.DatabaseError as error:
            self._database.close()
            raise BadLogFile from error
        if version != VERSION:
            self._database.close()
            raise BadLogFile("The activity log was written by a newer version; install that.")
        if path:
            path.chmod(0o600)

    def __enter__(self) -> "MinuteLog":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._database.close()

    def add(self, steps: Iterable[float]) -> list[GoalReached]:
        """Add steps by their times (Unix seconds); return the goals that this reached.

        Times that no calendar holds are left out.
        """
        minutes = Counter(
            int(time // MINUTE) * MINUTE
            for time in steps
            if isfinite(time) and 0 <= time < LAST_SECOND
        )
        if not minutes:
            return []
        self._database.execute("BEGIN IMMEDIATE")
        try:
            self._database.executemany(
                "INSERT INTO minute (time, steps) VALUES (?, ?)"
                " ON CONFLICT (time) DO UPDATE SET steps = steps + excluded.steps",
                sorted(minutes.items()),
            )
            self._database.execute(
                "DELETE FROM minute WHERE place <= (SELECT place FROM minute"
                " ORDER BY place DESC LIMIT 1 OFFSET ?)",
                (self._most,),
            )
            reached = list(self._goals({self.wearer.day_of(minute) for minute in minutes}))
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")
        return reached

    def clear(self) -> None:
        """Forget everything: another owner must not read it."""
        self._database.executescript("BEGIN; DELETE FROM minute; DELETE FROM goal; COMMIT; VACUUM")

    def steps_on(self, day: date) -> int:
        """The steps of one of the wearer's days."""
        start, end = self.wearer.start_of(day), self.wearer.start_of(day + DAY)
        (steps,) = self._database.execute(
            "SELECT coalesce(sum(steps), 0) FROM minute WHERE time >= ? AND time < ?", (start, end)
        ).fetchone()
        return int(steps)

    def day(self, day: date) -> Day:
        """All that is known of one of the wearer's days."""
        start, end = self.wearer.start_of(day), self.wearer.start_of(day + DAY)
        minutes = self.minutes(start, end)
        return Day(
            day=day,
            start=start,
            end=end,
            steps=sum(minute.steps for minute in minutes),
            kilocalories=sum(self._burnt(minute) for minute in minutes),
            minutes=dict(Counter(intensity(minute.steps) for minute in minutes)),
            is_goal_reached=self._is_reached(day),
        )

    def minutes(self, start: int, end: int) -> list[StepMinute]:
        """Minutes with steps that begin from `start` on and before `end` (Unix seconds)."""
        rows = self._database.execute(
            "SELECT time, steps FROM minute WHERE time >= ? AND time < ? ORDER BY time",
            (start, end),
        )
        return [StepMinute(time, steps) for time, steps in rows]

    def log(self, start: int, end: int) -> ActivityLog:
        """Steps, estimated calories, walks and runs from `start` on and before `end`."""
        minutes = self.minutes(start, end)
        return ActivityLog(
            steps=minutes,
            calories=[CaloriesMinute(minute.time, self._burnt(minute)) for minute in minutes],
            behaviours=list(_spans(minutes)),
        )

    def _burnt(self, minute: StepMinute) -> float:
        return kilocalories(minute.steps, self.wearer.weight_kg)

    def _is_reached(self, day: date) -> bool:
        found = self._database.execute("SELECT 1 FROM goal WHERE day = ?", (day.isoformat(),))
        return found.fetchone() is not None

    def _goals(self, days: set[date]) -> Iterator[GoalReached]:
        for day in sorted(days):
            steps = self.steps_on(day)
            if steps >= self.wearer.goal_steps and not self._is_reached(day):
                self._database.execute("INSERT INTO goal VALUES (?)", (day.isoformat(),))
                yield GoalReached(day, steps, self.wearer.goal_steps)
        self._database.execute(
            "DELETE FROM goal WHERE day NOT IN (SELECT day FROM goal ORDER BY day DESC LIMIT ?)",
            (self._most,),
        )


def _spans(minutes: Iterable[StepMinute]) -> Iterator[BehaviourSpan]:
    """Minutes of one kind that follow each other are one span."""
    last: BehaviourSpan | None = None
    for minute in minutes:
        if minute.steps < WALKING:
            continue
        kind = Behaviour.RUN if minute.steps >= RUNNING else Behaviour.WALK
        if last and last.kind is kind and last.end == minute.time:
            last = BehaviourSpan(last.time, minute.time + MINUTE, kind)
            continue
        if last:
            yield last
        last = BehaviourSpan(minute.time, minute.time + MINUTE, kind)
    if last:
        yield last
