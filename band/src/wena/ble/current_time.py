# SPDX-License-Identifier: Apache-2.0
"""The byte layouts of the Current Time Service (0x1805). Pure: no clock, no radio.

Current Time (2A2B), 10 bytes: year u16, month, day, hour, minute, second, day of the week
(1 Monday … 7 Sunday, 0 unknown), 1/256 seconds, adjust reason.
Local Time Information (2A0F), 2 bytes: zone i8 in quarters of an hour (-48…56, -128 unknown),
daylight saving offset u8 in quarters of an hour (0, 2, 4, 8; 255 unknown).
Source: Bluetooth SIG, Current Time Service 1.1 and the GATT Specification Supplement.
"""

import enum
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from wena.ble.errors import MalformedValue

SERVICE = 0x1805
CURRENT_TIME = 0x2A2B
LOCAL_TIME_INFORMATION = 0x2A0F

QUARTER = 15 * 60
ZONE_UNKNOWN = -128
DST_UNKNOWN = 255
DST_OFFSETS = frozenset({0, 2, 4, 8})


class AdjustReason(enum.IntFlag):
    """Why the time changed."""

    MANUAL = 1
    EXTERNAL_REFERENCE = 2
    ZONE_CHANGED = 4
    DAYLIGHT_SAVING_CHANGED = 8


UNEXPLAINED = AdjustReason(0)


def encode_current_time(local: datetime, reason: AdjustReason = UNEXPLAINED) -> bytes:
    """The value for a local time of day (its zone is not part of it)."""
    return struct.pack(
        "<HBBBBBBBB",
        local.year,
        local.month,
        local.day,
        local.hour,
        local.minute,
        local.second,
        local.isoweekday(),
        local.microsecond * 256 // 1_000_000,
        reason,
    )


def decode_current_time(value: bytes) -> datetime:
    """The local time of day, without a zone.

    Nine bytes are taken too, as some phones leave out the reason. Raises MalformedValue for other
    lengths, for dates that do not exist, and for unknown (zero) year, month or day.
    """
    if len(value) not in (9, 10):
        raise MalformedValue(f"A current time has 10 bytes; this one has {len(value)}.")
    year, month, day, hour, minute, second, weekday, fraction = struct.unpack_from(
        "<HBBBBBBB", value
    )
    if weekday > 7:
        raise MalformedValue(f"There is no day {weekday} of the week.")
    try:
        return datetime(  # noqa: DTZ001 - the zone is told by another characteristic
            year, month, day, hour, minute, second, fraction * 1_000_000 // 256
        )
    except ValueError as error:
        raise MalformedValue(f"This date does not exist ({error}).") from error


@dataclass(frozen=True, slots=True)
class LocalTime:
    """Zone and daylight saving, in quarters of an hour; None when the phone does not know."""

    zone: int | None
    daylight_saving: int | None

    @classmethod
    def from_bytes(cls, value: bytes) -> "LocalTime":
        """Raises MalformedValue for a wrong length or a reserved number."""
        if len(value) != 2:
            raise MalformedValue(f"Local time information has 2 bytes; this has {len(value)}.")
        zone, saving = struct.unpack("<bB", value)
        if zone != ZONE_UNKNOWN and not -48 <= zone <= 56:
            raise MalformedValue(f"The time zone {zone} is reserved.")
        if saving != DST_UNKNOWN and saving not in DST_OFFSETS:
            raise MalformedValue(f"The daylight saving offset {saving} is reserved.")
        return cls(
            None if zone == ZONE_UNKNOWN else zone, None if saving == DST_UNKNOWN else saving
        )

    def __bytes__(self) -> bytes:
        return struct.pack(
            "<bB",
            ZONE_UNKNOWN if self.zone is None else self.zone,
            DST_UNKNOWN if self.daylight_saving is None else self.daylight_saving,
        )

    @property
    def offset_seconds(self) -> int | None:
        """East of UTC, daylight saving included; None when the zone is unknown."""
        if self.zone is None:
            return None
        return (self.zone + (self.daylight_saving or 0)) * QUARTER


def instant(local: datetime, information: LocalTime) -> datetime | None:
    """The moment in UTC that both values together tell; None when the zone is unknown."""
    offset = information.offset_seconds
    if offset is None:
        return None
    try:
        return local.replace(tzinfo=timezone(timedelta(seconds=offset))).astimezone(UTC)
    except OverflowError as error:
        raise MalformedValue("This date is out of range.") from error
