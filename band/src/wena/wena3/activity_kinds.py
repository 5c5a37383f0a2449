# SPDX-License-Identifier: Apache-2.0
"""What the log holds, once decoded: runs of one value a minute, intervals, and single values.

| number | kind       | on the wire                             |
|--------|------------|-----------------------------------------|
| 0      | steps      | u8 a minute                             |
| 1      | heart_rate | u8 a minute, 0 no reading               |
| 2      | behavior   | kind u8, 4 unknown bytes, start, end    |
| 3      | vo2max     | wtime, u8                               |
| 4      | stress     | i8 a minute, -100 to 100, else no value |
| 5      | energy     | u8 a minute                             |
| 6      | calories   | u16 a minute                            |
"""

import enum
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress

from wena.activity.records import BehaviourSpan, Vo2Max

MINUTE = 60
IS_STRESS = bytes(-100 <= (byte ^ 0x80) - 0x80 <= 100 for byte in range(256))
"""For each byte of the wire whether it is a value; others say that the minute has none."""


class Kind(enum.IntEnum):
    """The seven kinds that are known."""

    STEPS = 0
    HEART_RATE = 1
    BEHAVIOR = 2
    VO2MAX = 3
    STRESS = 4
    ENERGY = 5
    CALORIES = 6


LINEAR = frozenset({Kind.STEPS, Kind.HEART_RATE, Kind.STRESS, Kind.ENERGY, Kind.CALORIES})


@dataclass(frozen=True, slots=True)
class Run:
    """Values of a linear kind, one a minute from `start_unix_s` on."""

    kind: Kind
    start_unix_s: int
    values: Sequence[int]

    def samples(self) -> Iterator[tuple[int, int]]:
        """Unix seconds and value; for stress only where there is one, the minutes still count."""
        times = range(self.start_unix_s, self.start_unix_s + MINUTE * len(self.values), MINUTE)
        pairs = zip(times, self.values, strict=True)
        if self.kind is Kind.STRESS:
            return compress(pairs, bytes(array("b", self.values)).translate(IS_STRESS))
        return pairs


@dataclass(frozen=True, slots=True)
class Intervals:
    """The intervals of one transfer, in the order sent."""

    items: tuple[BehaviourSpan, ...]
    kind: Kind = Kind.BEHAVIOR


@dataclass(frozen=True, slots=True)
class Vo2MaxValues:
    """The VO2max values of one transfer, in the order sent."""

    items: tuple[Vo2Max, ...]
    kind: Kind = Kind.VO2MAX


Block = Run | Intervals | Vo2MaxValues
"""What is delivered when a kind is closed."""
