# SPDX-License-Identifier: Apache-2.0
"""The three commands that fetch the log, written to `activity`.

`activity_times_a` 0x01, 17 bytes: number, wtime of the newest sample the phone has of steps, heart
rate, behaviour, VO2max. `activity_times_b` 0x02: the same of stress, energy, calories, events.
`activity_start` 0xFF, 1 byte. A time of 0 asks for all there is.
"""

from dataclasses import dataclass

from wena.wena3.wire import packet_body
from wena.wena3.wtime import EPOCH_UNIX_S, pack_known_time, read_time


def _read_times(value: bytes, number: int) -> list[int | None]:
    body = packet_body(value, number, size=17)
    times = [read_time(body, at) for at in range(0, 16, 4)]
    return [None if time == EPOCH_UNIX_S else time for time in times]


@dataclass(frozen=True, slots=True)
class ActivityTimesA:
    """The newest known, in Unix seconds; None where nothing is known."""

    steps: int | None = None
    heart_rate: int | None = None
    behavior: int | None = None
    vo2max: int | None = None
    NUMBER = 0x01

    @classmethod
    def from_bytes(cls, value: bytes) -> "ActivityTimesA":
        """Raises MalformedPacket."""
        return cls(*_read_times(value, cls.NUMBER))

    def __bytes__(self) -> bytes:
        times = (self.steps, self.heart_rate, self.behavior, self.vo2max)
        return bytes([self.NUMBER]) + b"".join(map(pack_known_time, times))


@dataclass(frozen=True, slots=True)
class ActivityTimesB:
    """The newest known, in Unix seconds. What events are is not known; they stay None."""

    stress: int | None = None
    energy: int | None = None
    calories: int | None = None
    events: int | None = None
    NUMBER = 0x02

    @classmethod
    def from_bytes(cls, value: bytes) -> "ActivityTimesB":
        """Raises MalformedPacket."""
        return cls(*_read_times(value, cls.NUMBER))

    def __bytes__(self) -> bytes:
        times = (self.stress, self.energy, self.calories, self.events)
        return bytes([self.NUMBER]) + b"".join(map(pack_known_time, times))


@dataclass(frozen=True, slots=True)
class ActivityStart:
    """Begin the transfer."""

    NUMBER = 0xFF

    @classmethod
    def from_bytes(cls, value: bytes) -> "ActivityStart":
        """Raises MalformedPacket."""
        packet_body(value, cls.NUMBER, size=1)
        return cls()

    def __bytes__(self) -> bytes:
        return bytes([self.NUMBER])
