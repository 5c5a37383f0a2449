# SPDX-License-Identifier: Apache-2.0
"""Switches and strengths, written to `control`.

`notification_switches` 0x12, 3 bytes: number, notifications bool, calendar bool.
`camera_app` 0x21, 2 bytes: number, bool (Sony's Photo Pro camera is on the phone).
`vibration` 0x08, 3 bytes: number, strength (0 normal, 1 weak, 2 strong), smart bool.
"""

import enum
from dataclasses import dataclass

from wena.wena3.wire import packet_body, read_flag, read_member


class Strength(enum.IntEnum):
    """How strongly the strap vibrates. Mind the order of the numbers."""

    NORMAL = 0
    WEAK = 1
    STRONG = 2


@dataclass(frozen=True, slots=True)
class NotificationSwitches:
    """Whether the phone will send notifications and the calendar."""

    notifications: bool = False
    calendar: bool = False
    NUMBER = 0x12

    @classmethod
    def from_bytes(cls, value: bytes) -> "NotificationSwitches":
        """Raises MalformedPacket."""
        body = packet_body(value, cls.NUMBER, size=3)
        return cls(read_flag(body[0], "notifications"), read_flag(body[1], "calendar"))

    def __bytes__(self) -> bytes:
        return bytes([self.NUMBER, self.notifications, self.calendar])


@dataclass(frozen=True, slots=True)
class CameraApp:
    """Whether the phone has the Xperia camera that the strap can release."""

    xperia_app: bool = False
    NUMBER = 0x21

    @classmethod
    def from_bytes(cls, value: bytes) -> "CameraApp":
        """Raises MalformedPacket."""
        return cls(read_flag(packet_body(value, cls.NUMBER, size=2)[0], "xperia_app"))

    def __bytes__(self) -> bytes:
        return bytes([self.NUMBER, self.xperia_app])


@dataclass(frozen=True, slots=True)
class VibrationStrength:
    """Strength of all vibration, and whether the strap may adapt it by itself."""

    strength: Strength = Strength.NORMAL
    smart: bool = True
    NUMBER = 0x08

    @classmethod
    def from_bytes(cls, value: bytes) -> "VibrationStrength":
        """Raises MalformedPacket."""
        body = packet_body(value, cls.NUMBER, size=3)
        return cls(read_member(Strength, body[0]), read_flag(body[1], "smart"))

    def __bytes__(self) -> bytes:
        return bytes([self.NUMBER, self.strength, self.smart])
