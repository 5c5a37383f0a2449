# SPDX-License-Identifier: Apache-2.0
"""One row a minute, from steps, heart rate and behaviour: a rule of applications, not of the wire.

Rows are the minutes that have steps. An interval sets its kind on the rows from its start to its
end, both included, later intervals over earlier ones. A heart rate holds until the next reading.
The order in which the blocks arrive does not matter, but in the source reading an interval that
began before the steps is not applied when the steps come after it.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from wena.activity.records import Behaviour, BehaviourSpan
from wena.wena3.activity_kinds import Block, Intervals, Kind, Run
from wena.wena3.reading import Reading


@dataclass(slots=True)
class Row:
    """One minute."""

    unix_s: int
    steps: int
    kind: Behaviour = Behaviour.UNKNOWN
    heart_rate: int = 0


class Timeline:
    """Takes blocks in any order; `rows` is what they add up to."""

    def __init__(self, reading: Reading = Reading.CAREFUL) -> None:
        self._reading = reading
        self._rows: dict[int, Row] = {}
        self._intervals: dict[int, BehaviourSpan] = {}
        self._readings: dict[int, int] = {}

    @property
    def rows(self) -> list[Row]:
        """The minutes, in order."""
        return [self._rows[time] for time in sorted(self._rows)]

    def add(self, block: Block) -> None:
        """Take one delivered block; kinds that the rows do not show are left aside."""
        if isinstance(block, Intervals):
            self._intervals.update((item.time, item) for item in block.items)
            self._overlay(block.items[0].time)
        elif isinstance(block, Run) and block.kind is Kind.STEPS:
            self._rows.update((time, Row(time, steps)) for time, steps in block.samples())
            self._overlay(block.start_unix_s)
            self._carry_heart_rate(block.start_unix_s)
        elif isinstance(block, Run) and block.kind is Kind.HEART_RATE:
            self._readings.update(block.samples())
            self._carry_heart_rate(block.start_unix_s)

    def _overlay(self, start: int) -> None:
        minutes = sorted(self._rows)
        for began in sorted(self._intervals):
            interval = self._intervals[began]
            reaches = interval.end if self._reading is Reading.CAREFUL else began
            if reaches < start:
                continue
            first = bisect_left(minutes, began)
            for minute in minutes[first : bisect_right(minutes, interval.end)]:
                self._rows[minute].kind = interval.kind

    def _carry_heart_rate(self, start: int) -> None:
        times = sorted(time for time in self._readings if time >= start)
        if not times:
            return
        for minute, row in self._rows.items():
            place = bisect_right(times, minute)
            if place:
                row.heart_rate = self._readings[times[place - 1]]
