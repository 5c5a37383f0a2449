# SPDX-License-Identifier: Apache-2.0
"""Days as the wearer lives them: this machine's zone, and the hour at which a day begins.

It owns no clock: moments are Unix seconds that somebody else has read.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo


class MachineZone(tzinfo):
    """The zone of this machine, at any date with the offset that was in force then."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """East of UTC; in an hour that comes twice, `fold` tells which."""
        return None if moment is None else self._local(moment).utcoffset()

    def dst(self, _: datetime | None) -> timedelta | None:
        """Not told apart from the offset."""
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        """As the system calls it."""
        return None if moment is None else self._local(moment).tzname()

    def fromutc(self, moment: datetime) -> datetime:
        """The wall clock of a moment in UTC."""
        local = moment.replace(tzinfo=UTC).astimezone()
        first = local.replace(tzinfo=self, fold=0)
        return first if first.utcoffset() == local.utcoffset() else first.replace(fold=1)

    @staticmethod
    def _local(moment: datetime) -> datetime:
        return moment.replace(tzinfo=None).astimezone()


def bounds(day: date, start_hour: int) -> tuple[int, int]:
    """First second of a day and of the next, on this machine's clock."""
    first = datetime.combine(day, time(start_hour)).astimezone()
    after = datetime.combine(day + timedelta(days=1), time(start_hour)).astimezone()
    return int(first.timestamp()), int(after.timestamp())


def date_of(unix_s: int, start_hour: int) -> date:
    """The day that a moment belongs to."""
    local = datetime.fromtimestamp(unix_s).astimezone()
    return local.date() - timedelta(days=1 if local.hour < start_hour else 0)
