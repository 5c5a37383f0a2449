# SPDX-License-Identifier: Apache-2.0
"""What happens at which time of day, written to `control`.

`do_not_disturb` 0x14, 6 bytes: number, enabled bool, start hour and minute, end hour and minute.
`auto_power_off` 0x15, 6 bytes: the same for off and on again.
`day_start_hour` 0x16, 2 bytes: number, hour 0-23 at which the day's counters start anew.
Windows may pass midnight. Times are the wearer's local time.
"""

from dataclasses import dataclass

from wena.wena3.wire import pack_u8, packet_body, read_at_most, read_flag


def _read_window(body: bytes) -> tuple[bool, int, int, int, int]:
    return (
        read_flag(body[0], "enabled"),
        read_at_most(body[1], 23, "The hour"),
        read_at_most(body[2], 59, "The minute"),
        read_at_most(body[3], 23, "The hour"),
        read_at_most(body[4], 59, "The minute"),
    )


@dataclass(frozen=True, slots=True)
class DoNotDisturb:
    """A window of quiet."""

    enabled: bool = False
    start_hour: int = 22
    start_minute: int = 0
    end_hour: int = 6
    end_minute: int = 0
    NUMBER = 0x14

    @classmethod
    def from_bytes(cls, value: bytes) -> "DoNotDisturb":
        """Raises MalformedPacket."""
        return cls(*_read_window(packet_body(value, cls.NUMBER, size=6)))

    def __bytes__(self) -> bytes:
        return bytes([self.NUMBER, self.enabled]) + pack_u8(
            (
                (self.start_hour, "start_hour"),
                (self.start_minute, "start_minute"),
                (self.end_hour, "end_hour"),
                (self.end_minute, "end_minute"),
            )
        )


@dataclass(frozen=True, slots=True)
class AutoPowerOff:
    """The strap turns itself off, and on again."""

    enabled: bool = False
    off_hour: int = 22
    off_minute: int = 0
    on_hour: int = 6
    on_minute: int = 0
    NUMBER = 0x15

    @classmethod
    def from_bytes(cls, value: bytes) -> "AutoPowerOff":
        """Raises MalformedPacket."""
        return cls(*_read_window(packet_body(value, cls.NUMBER, size=6)))

    def __bytes__(self) -> bytes:
        return bytes([self.NUMBER, self.enabled]) + pack_u8(
            (
                (self.off_hour, "off_hour"),
                (self.off_minute, "off_minute"),
                (self.on_hour, "on_hour"),
                (self.on_minute, "on_minute"),
            )
        )


@dataclass(frozen=True, slots=True)
class DayStartHour:
    """When a new day begins for the counters."""

    hour: int = 6
    NUMBER = 0x16

    @classmethod
    def from_bytes(cls, value: bytes) -> "DayStartHour":
        """Raises MalformedPacket."""
        return cls(read_at_most(packet_body(value, cls.NUMBER, size=2)[0], 23, "The hour"))

    def __bytes__(self) -> bytes:
        return bytes([self.NUMBER]) + pack_u8(((self.hour, "hour"),))
