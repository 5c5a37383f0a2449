# SPDX-License-Identifier: Apache-2.0
"""Time and zone, written to `control`.

`time` 0x10, 5 bytes: number, wtime.
`time_zone` 0x11, 3 bytes: number, i8 hours, i8 minutes; the offset from UTC with daylight saving in
it, hours cut towards zero, minutes with the same sign.
"""

from dataclasses import dataclass

from wena.wena3.errors import MalformedPacket, OutOfRange
from wena.wena3.wire import packet_body
from wena.wena3.wtime import pack_time, read_time


@dataclass(frozen=True, slots=True)
class Time:
    """The moment, in Unix milliseconds; the wire keeps whole seconds."""

    unix_ms: int
    NUMBER = 0x10

    @classmethod
    def from_bytes(cls, value: bytes) -> "Time":
        """Raises MalformedPacket."""
        return cls(read_time(packet_body(value, cls.NUMBER, size=5)) * 1000)

    def __bytes__(self) -> bytes:
        return bytes([self.NUMBER]) + pack_time(self.unix_ms)


@dataclass(frozen=True, slots=True)
class TimeZone:
    """Seconds east of UTC; the wire keeps whole minutes, cut towards zero."""

    utc_offset_s: int
    NUMBER = 0x11

    @classmethod
    def from_bytes(cls, value: bytes) -> "TimeZone":
        """Raises MalformedPacket, also where hours and minutes have opposite signs."""
        body = packet_body(value, cls.NUMBER, size=3)
        hours, minutes = (byte - 256 if byte > 127 else byte for byte in body)
        if abs(minutes) > 59 or hours * minutes < 0:
            raise MalformedPacket(f"{hours} hours and {minutes} minutes is not a time zone.")
        return cls(hours * 3600 + minutes * 60)

    def __bytes__(self) -> bytes:
        sign = -1 if self.utc_offset_s < 0 else 1
        hours, rest = divmod(abs(self.utc_offset_s), 3600)
        if hours > 127:
            raise OutOfRange(f"A zone {hours} hours from UTC does not fit.")
        return bytes([self.NUMBER, sign * hours & 0xFF, sign * (rest // 60) & 0xFF])
