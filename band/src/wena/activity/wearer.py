# SPDX-License-Identifier: Apache-2.0
"""Who wears the strap, and when their day begins: by the clock of their zone, summer time included.

A day is named by the date on which it begins. With a day that starts at 04:00, the small hours
belong to the evening before.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wena.activity.errors import BadWearer

DAY = timedelta(days=1)


def zone_named(name: str) -> ZoneInfo:
    """The IANA zone of that name, such as `Asia/Tokyo`; raises BadWearer."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        raise BadWearer(f"“{name}” is no time zone; name one such as Asia/Tokyo.") from error


@dataclass(frozen=True, slots=True)
class Wearer:
    """Settings of the person; raises BadWearer when one is out of range."""

    zone: ZoneInfo
    day_start: time = time(0)
    """The clock's time at which a new day begins, whole minutes."""
    weight_kg: float = 65.0
    goal_steps: int = 8_000

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        if self.day_start.tzinfo or self.day_start.second or self.day_start.microsecond:
            raise BadWearer("The day starts at a whole minute of the wearer's own clock.")
        if not 20 <= self.weight_kg <= 400:
            raise BadWearer("The weight lies between 20 and 400 kg.")
        if not 1 <= self.goal_steps <= 200_000:
            raise BadWearer("The goal lies between 1 and 200,000 steps.")

    def day_of(self, moment: float) -> date:
        """The wearer's day that holds `moment` (Unix seconds)."""
        day = datetime.fromtimestamp(moment, UTC).astimezone(self.zone).date()
        while moment < self.start_of(day):
            day -= DAY
        while moment >= self.start_of(day + DAY):
            day += DAY
        return day

    def start_of(self, day: date) -> int:
        """The first Unix second of that day; 23, 24 or 25 hours before that of the next.

        Where the clock strikes the time twice, the first counts; where it leaps over it, the leap.
        """
        early, late = (
            int(datetime.combine(day, self.day_start, self.zone).replace(fold=fold).timestamp())
            for fold in (1, 0)
        )
        if early >= late:
            return late
        wanted = datetime.combine(day, self.day_start)
        while late - early > 1:
            middle = (early + late) // 2
            if datetime.fromtimestamp(middle, self.zone).replace(tzinfo=None) < wanted:
                early = middle
            else:
                late = middle
        return late
