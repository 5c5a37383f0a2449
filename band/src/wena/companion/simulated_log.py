# SPDX-License-Identifier: Apache-2.0
"""Two made-up weeks of a log, the same at every call: to try the companion without a strap.

Nothing here is measured. Nights, ways to work, a walk at noon and a run on some evenings.
"""

import math
import random
from array import array
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from functools import cached_property

from wena.activity.records import Behaviour, BehaviourSpan, Vo2Max
from wena.wena3.activity_kinds import MINUTE, Block, Intervals, Kind, Run, Vo2MaxValues
from wena.wena3.strap_role import Known

DAYS = 14
DAY_MINUTES = 1440
SLEEP_CYCLE = (
    (Behaviour.SLEEP_LIGHT, 22),
    (Behaviour.SLEEP_DEEP, 34),
    (Behaviour.SLEEP_LIGHT, 16),
    (Behaviour.SLEEP_REM, 18),
)
ASLEEP = frozenset(
    {
        Behaviour.SLEEP_DEEP,
        Behaviour.SLEEP_LIGHT,
        Behaviour.SLEEP_REM,
        Behaviour.SLEEP_AWAKE,
    }
)


class SimulatedLog:
    """A strap's log up to `now` (aware), lived in `zone`."""

    def __init__(self, now: datetime, zone: tzinfo, days: int = DAYS) -> None:
        self._now = int(now.timestamp()) // MINUTE * MINUTE
        self._today = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        self._back = days

    def blocks_since(self, known: Known) -> Iterator[Block]:
        """What a strap sends: each kind from the newest known on."""
        for kind in (Kind.STEPS, Kind.HEART_RATE, Kind.STRESS, Kind.ENERGY, Kind.CALORIES):
            yield from self._runs(kind, known.get(kind))
        since = known.get(Kind.BEHAVIOR) or 0
        spans = [span for day in self._days for span in day.spans]
        met = tuple(span for span in spans if span.time >= since and span.end <= self._now)
        if met:
            yield Intervals(met)
        since = known.get(Kind.VO2MAX) or 0
        values = tuple(
            day.vo2max for day in self._days if day.vo2max and since <= day.vo2max.time < self._now
        )
        if values:
            yield Vo2MaxValues(values)

    @cached_property
    def _days(self) -> "list[_Day]":
        """Lived only when somebody asks: most commands never do."""
        return [_Day(self._today - timedelta(days=back)) for back in range(self._back, -1, -1)]

    def _runs(self, kind: Kind, since: int | None) -> Iterator[Run]:
        for day in self._days:
            values = day.minutes[kind]
            first = max(0, ((since or 0) - day.start) // MINUTE)
            last = min(len(values), (self._now - day.start) // MINUTE)
            if first < last:
                yield Run(kind, day.start + first * MINUTE, values[first:last])


class _Day:
    """One day, drawn by chance that its date fixes."""

    def __init__(self, midnight: datetime) -> None:
        self.start = int(midnight.timestamp())
        self._dice = random.Random(midnight.date().toordinal())  # noqa: S311 - a simulation
        self._weekend = midnight.weekday() >= 5
        plan = self._plan()
        self.spans = self._spans_of(plan)
        self.minutes = self._values(plan)
        runs = Behaviour.RUN in plan
        self.vo2max = Vo2Max(self.start + 20 * 3600, 41 + self._dice.randrange(4)) if runs else None

    def _plan(self) -> list[Behaviour]:
        """What the wearer does in each minute."""
        dice = self._dice
        plan = [Behaviour.STATIC] * DAY_MINUTES
        wakes = dice.randint(450, 540) if self._weekend else dice.randint(385, 415)
        sleeps = dice.randint(1385, 1425)
        self._sleep(plan, 0, wakes)
        self._sleep(plan, sleeps, DAY_MINUTES)
        walks = [(wakes + 55, 18), (725, 22), (1090, 20)] if not self._weekend else [(650, 55)]
        for start, length in [*walks, (dice.randint(800, 1000), dice.randint(5, 40))]:
            plan[start : start + length] = [Behaviour.WALK] * length
        if dice.random() < 0.4:
            plan[1170:1205] = [Behaviour.RUN] * 35
        plan[wakes + 10 : wakes + 30] = [Behaviour.NOT_WEARING] * 20
        return plan

    def _sleep(self, plan: list[Behaviour], start: int, end: int) -> None:
        minute = start
        while minute < end:
            for behaviour, length in SLEEP_CYCLE:
                length += self._dice.randint(-6, 6)
                stop = min(minute + length, end)
                plan[minute:stop] = [behaviour] * (stop - minute)
                minute = stop
            if minute + 4 < end and self._dice.random() < 0.3:
                plan[minute : minute + 4] = [Behaviour.SLEEP_AWAKE] * 4
                minute += 4

    def _spans_of(self, plan: list[Behaviour]) -> list[BehaviourSpan]:
        spans = []
        began = 0
        for minute in range(1, DAY_MINUTES + 1):
            if minute == DAY_MINUTES or plan[minute] is not plan[began]:
                start = self.start + began * MINUTE
                spans.append(BehaviourSpan(start, self.start + minute * MINUTE, plan[began]))
                began = minute
        return spans

    def _values(self, plan: list[Behaviour]) -> dict[Kind, Sequence[int]]:
        dice = self._dice
        found: dict[Kind, list[int]] = {kind: [] for kind in Kind}
        heart, energy = 56.0, 40.0
        for minute, behaviour in enumerate(plan):
            steps = _steps(behaviour, dice)
            heart += (_aim(behaviour, minute) - heart) * 0.25 + dice.gauss(0, 1.2)
            worn = behaviour is not Behaviour.NOT_WEARING
            asleep = behaviour in ASLEEP
            energy += 0.12 if asleep else -0.045 - steps * 0.0008
            energy = min(max(energy, 5), 100)
            stress = round(heart - 95 + dice.gauss(0, 9)) if steps < 20 else 127
            found[Kind.STEPS].append(steps)
            found[Kind.HEART_RATE].append(round(heart) if worn else 0)
            found[Kind.STRESS].append(max(-100, stress) if worn else 127)
            found[Kind.ENERGY].append(round(energy))
            found[Kind.CALORIES].append(1 + steps // 25)
        return {
            kind: array("b" if kind is Kind.STRESS else "H", values)
            for kind, values in found.items()
        }


def _steps(behaviour: Behaviour, dice: random.Random) -> int:
    if behaviour is Behaviour.WALK:
        return dice.randint(88, 118)
    if behaviour is Behaviour.RUN:
        return dice.randint(158, 176)
    return dice.randint(4, 30) if behaviour is Behaviour.STATIC and dice.random() < 0.12 else 0


def _aim(behaviour: Behaviour, minute: int) -> float:
    """The heart rate that a behaviour leads to."""
    if behaviour in ASLEEP:
        return 54 + 4 * math.cos(minute / 229)
    return {Behaviour.WALK: 98.0, Behaviour.RUN: 152.0}.get(behaviour, 71.0)
