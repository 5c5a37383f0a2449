# SPDX-License-Identifier: Apache-2.0
"""What a day and a night add up to, from the log. Pure.

A day begins at the wearer's day start; a night belongs to the day on which it ends and reaches from
noon to noon, so that nobody's sleep is cut in two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wena.activity.records import ActivityLog, Behaviour, BehaviourSpan, HeartRateMinute
from wena.companion.local_days import bounds
from wena.companion.store import Store

HOUR_S = 3600
NOON = 12
SLEEP_STAGES = (
    Behaviour.SLEEP_AWAKE,
    Behaviour.SLEEP_REM,
    Behaviour.SLEEP_LIGHT,
    Behaviour.SLEEP_DEEP,
)
ASLEEP = frozenset(SLEEP_STAGES) - {Behaviour.SLEEP_AWAKE}


@dataclass(frozen=True, slots=True)
class Day:
    """One day: its bounds in Unix seconds, its log, and the night that ended on it."""

    date: date
    start: int
    end: int
    log: ActivityLog
    night: Sequence[BehaviourSpan]

    @property
    def steps(self) -> int:
        """All steps."""
        return sum(minute.steps for minute in self.log.steps)

    @property
    def heart_rates(self) -> list[HeartRateMinute]:
        """Minutes with a reading."""
        return [minute for minute in self.log.heart_rates if minute.bpm > 0]

    @property
    def calories(self) -> int:
        """The strap's own estimate, in a unit that is not recorded."""
        return round(sum(minute.kilocalories for minute in self.log.calories))

    @property
    def sleep_seconds(self) -> int:
        """Asleep in the night that ended on this day."""
        return sum(self.stage_seconds(stage) for stage in ASLEEP)

    @property
    def has_records(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.log.steps or self.log.heart_rates or self.log.behaviours or self.night)

    def stage_seconds(self, stage: Behaviour) -> int:
        """How long the night was spent in one stage."""
        return sum(span.end - span.time for span in self.night if span.kind is stage)

    def steps_by_hour(self) -> list[int]:
        """Steps in each hour from the day's start; 23 to 25 of them where clocks change."""
        hours = [0] * -(-(self.end - self.start) // HOUR_S)
        for minute in self.log.steps:
            hours[(minute.time - self.start) // HOUR_S] += minute.steps
        return hours


def read_day(store: Store, day: date, start_hour: int) -> Day:
    """One day from the store."""
    start, end = bounds(day, start_hour)
    noon, _ = bounds(day, NOON)
    noon_before, _ = bounds(day - timedelta(days=1), NOON)
    night = [
        BehaviourSpan(max(span.time, noon_before), min(span.end, noon), span.kind)
        for span in store.log(noon_before, noon).behaviours
        if span.kind in SLEEP_STAGES
    ]
    return Day(day, start, end, store.log(start, end), night)
