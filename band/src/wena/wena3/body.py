# SPDX-License-Identifier: Apache-2.0
"""The wearer and the goal, written to `control`.

`body` 0x1D, 10 bytes: number, gender (0 female, 1 male), birth year u16, month, day, height u16 in
millimetres, weight u16 in tenths of a kilogram. Height comes first.
`step_goal` 0x17, 6 bytes: number, notify bool, steps i32.
"""

import enum
from dataclasses import dataclass

from wena.wena3.errors import UnknownNumber
from wena.wena3.wire import (
    pack_i32,
    pack_u8,
    pack_u16,
    packet_body,
    read_flag,
    read_i32,
    read_member,
    read_u16,
)


class Gender(enum.IntEnum):
    """The two that the strap's formulas know."""

    FEMALE = 0
    MALE = 1


@dataclass(frozen=True, slots=True)
class Body:
    """What the strap needs for calories and VO2max. Height in mm, weight in 100 g."""

    gender: Gender = Gender.FEMALE
    birth_year: int = 1970
    birth_month: int = 1
    birth_day: int = 1
    height_mm: int = 1750
    weight_100g: int = 700
    NUMBER = 0x1D

    @classmethod
    def from_bytes(cls, value: bytes) -> "Body":
        """Raises MalformedPacket, also for a month or day that no year has."""
        body = packet_body(value, cls.NUMBER, size=10)
        month, day = body[3], body[4]
        if not 1 <= month <= 12 or not 1 <= day <= 31:
            raise UnknownNumber(f"There is no day {day} in a month {month}.")
        return cls(
            read_member(Gender, body[0]),
            read_u16(body, 1),
            month,
            day,
            read_u16(body, 5),
            read_u16(body, 7),
        )

    def __bytes__(self) -> bytes:
        return (
            bytes([self.NUMBER, self.gender])
            + pack_u16(self.birth_year, "birth_year")
            + pack_u8(((self.birth_month, "birth_month"), (self.birth_day, "birth_day")))
            + pack_u16(self.height_mm, "The height in millimetres")
            + pack_u16(self.weight_100g, "The weight in 100 g")
        )


@dataclass(frozen=True, slots=True)
class StepGoal:
    """Steps a day, and whether to tell the wearer when they are reached."""

    notify: bool = False
    steps: int = 8000
    NUMBER = 0x17

    @classmethod
    def from_bytes(cls, value: bytes) -> "StepGoal":
        """Raises MalformedPacket."""
        body = packet_body(value, cls.NUMBER, size=6)
        return cls(read_flag(body[0], "notify"), read_i32(body, 1))

    def __bytes__(self) -> bytes:
        return bytes([self.NUMBER, self.notify]) + pack_i32(self.steps, "steps")
