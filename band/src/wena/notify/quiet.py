# SPDX-License-Identifier: Apache-2.0
"""Do-not-disturb: a span of the day, over midnight or not. It knows no clock."""

from dataclasses import dataclass

MINUTES_PER_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A daily span [start, end) in minutes after local midnight; start = end means all day."""

    enabled: bool = False
    start: int = 22 * 60
    end: int = 6 * 60

    def __post_init__(self) -> None:
        for minute in (self.start, self.end):
            if not 0 <= minute < MINUTES_PER_DAY:
                raise ValueError("A time of day lies between 00:00 and 23:59.")

    def covers(self, minute: int) -> bool:
        """Whether the local `minute` of the day is quiet."""
        if not self.enabled:
            return False
        if self.start == self.end:
            return True
        if self.start < self.end:
            return self.start <= minute < self.end
        return minute >= self.start or minute < self.end
