# SPDX-License-Identifier: Apache-2.0
"""The byte layouts of Running Speed and Cadence (0x1814). Pure: no sensor, no radio.

RSC Measurement (2A53): flags u8 (bit 0 stride length present, bit 1 total distance present, bit 2
running), speed u16 in 1/256 m/s, cadence u8 in steps a minute, then, as flagged, stride length u16
in cm and total distance u32 in 1/10 m. RSC Feature (2A54), u16: bit 0 stride length, bit 1 total
distance, bit 2 walking or running, bit 3 calibration, bit 4 several sensor locations.
Source: Bluetooth SIG, Running Speed and Cadence Service 1.0.

The strap knows steps, not metres: stride and speed are estimates from the wearer's height.
"""

import struct
from dataclasses import dataclass

from wena.ble.errors import MalformedValue

SERVICE = 0x1814
MEASUREMENT = 0x2A53
FEATURE = 0x2A54
SENSOR_LOCATION = 0x2A5D

FEATURE_STRIDE = 1
FEATURE_DISTANCE = 2
FEATURE_WALK_OR_RUN = 4
STRAP_FEATURES = FEATURE_STRIDE | FEATURE_WALK_OR_RUN
"""No total distance: a sensor that offers it must also offer a control point to reset it."""
LOCATION_OTHER = 0
"""The list of sensor locations has no wrist."""

RUNNING_CADENCE = 140
STRIDE_PER_HEIGHT_WALKING = 0.415
STRIDE_PER_HEIGHT_RUNNING = 0.6

_STRIDE, _DISTANCE, _RUNNING = 1, 2, 4


@dataclass(frozen=True, slots=True)
class RunningSpeed:
    """One measurement: m/s, steps a minute, m, m. None where the sensor does not say."""

    speed: float
    cadence: int
    running: bool = False
    stride: float | None = None
    distance: float | None = None

    def __bytes__(self) -> bytes:
        flags = _RUNNING if self.running else 0
        tail = b""
        if self.stride is not None:
            flags |= _STRIDE
            tail += struct.pack("<H", _clamp(self.stride * 100, 0xFFFF))
        if self.distance is not None:
            flags |= _DISTANCE
            tail += struct.pack("<I", _clamp(self.distance * 10, 0xFFFF_FFFF))
        speed = _clamp(self.speed * 256, 0xFFFF)
        return struct.pack("<BHB", flags, speed, _clamp(self.cadence, 0xFF)) + tail

    @classmethod
    def from_bytes(cls, value: bytes) -> "RunningSpeed":
        """Raises MalformedValue when the length does not fit the flags."""
        if len(value) < 4:
            raise MalformedValue("A running speed has at least 4 bytes.")
        flags, speed, cadence = struct.unpack_from("<BHB", value)
        wanted = 4 + (2 if flags & _STRIDE else 0) + (4 if flags & _DISTANCE else 0)
        if len(value) != wanted:
            raise MalformedValue(f"These flags ask for {wanted} bytes, not {len(value)}.")
        stride = distance = None
        position = 4
        if flags & _STRIDE:
            stride = int.from_bytes(value[4:6], "little") / 100
            position = 6
        if flags & _DISTANCE:
            distance = int.from_bytes(value[position : position + 4], "little") / 10
        return cls(speed / 256, cadence, bool(flags & _RUNNING), stride, distance)


def estimate(cadence: int, height: float) -> RunningSpeed:
    """A measurement for steps a minute and the wearer's height in metres; an estimate."""
    running = cadence >= RUNNING_CADENCE
    factor = STRIDE_PER_HEIGHT_RUNNING if running else STRIDE_PER_HEIGHT_WALKING
    stride = height * factor
    return RunningSpeed(stride * cadence / 60, cadence, running, stride)


def _clamp(value: float, most: int) -> int:
    return max(0, min(round(value), most))
