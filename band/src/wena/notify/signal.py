# SPDX-License-Identifier: Apache-2.0
"""What the wearer sees and feels: a LED colour and a vibration.

Colours, kinds and their numbers are those of the wena 3 (notification packet, bytes 1 to 4). This
module owns how long a signal lasts; it does not drive anything.
"""

import enum
from dataclasses import dataclass

MAX_COUNT = 4
LED_SECONDS = 5.0
GAP_SECONDS = 0.4


class Led(enum.IntEnum):
    """Seven colours, or dark."""

    NONE = 0
    RED = 1
    YELLOW = 2
    GREEN = 3
    CYAN = 4
    BLUE = 5
    PURPLE = 6
    WHITE = 7


class VibrationKind(enum.IntEnum):
    """The patterns of the motor."""

    NONE = 0
    CONTINUOUS = 1
    BASIC = 2
    RAPID = 3
    TRIPLE = 4
    STEP_UP = 5
    STEP_DOWN = 6
    WARNING = 7
    SIREN = 8
    SHORT = 9


PATTERNS: dict[VibrationKind, tuple[tuple[float, float], ...]] = {
    VibrationKind.NONE: (),
    VibrationKind.CONTINUOUS: ((1.0, 1.0),),
    VibrationKind.BASIC: ((0.5, 1.0),),
    VibrationKind.RAPID: ((0.1, 1.0), (0.1, 0.0), (0.1, 1.0), (0.1, 0.0), (0.1, 1.0)),
    VibrationKind.TRIPLE: ((0.25, 1.0), (0.15, 0.0), (0.25, 1.0), (0.15, 0.0), (0.25, 1.0)),
    VibrationKind.STEP_UP: ((0.2, 0.35), (0.2, 0.65), (0.3, 1.0)),
    VibrationKind.STEP_DOWN: ((0.3, 1.0), (0.2, 0.65), (0.2, 0.35)),
    VibrationKind.WARNING: ((0.7, 1.0), (0.2, 0.0), (0.2, 1.0)),
    VibrationKind.SIREN: ((0.3, 0.4), (0.3, 1.0), (0.3, 0.4), (0.3, 1.0)),
    VibrationKind.SHORT: ((0.12, 1.0),),
}
"""One round of each kind: pairs of seconds and strength 0 to 1. A choice made here: the real
strap's timing is not recorded anywhere."""


@dataclass(frozen=True, slots=True)
class Vibration:
    """A pattern and how often it is played. `count` 0 means until it is stopped."""

    kind: VibrationKind = VibrationKind.BASIC
    count: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.count <= MAX_COUNT:
            raise ValueError(f"A vibration is played 0 to {MAX_COUNT} times, not {self.count}.")

    @property
    def is_endless(self) -> bool:
        """Whether it goes on until the alert is over."""
        return self.kind is not VibrationKind.NONE and self.count == 0

    def seconds(self) -> float:
        """How long it lasts; endless ones count as one round."""
        if self.kind is VibrationKind.NONE:
            return 0.0
        one_round = sum(length for length, _ in PATTERNS[self.kind])
        rounds = max(self.count, 1)
        return one_round * rounds + GAP_SECONDS * (rounds - 1)


SILENT = Vibration(VibrationKind.NONE, 1)


@dataclass(frozen=True, slots=True)
class Signal:
    """What one alert looks and feels like."""

    led: Led = Led.BLUE
    vibration: Vibration = Vibration()

    @property
    def is_nothing(self) -> bool:
        """Whether the wearer would notice nothing."""
        return self.led is Led.NONE and self.vibration.kind is VibrationKind.NONE

    @property
    def is_endless(self) -> bool:
        """Whether it goes on until the alert is over."""
        return self.vibration.is_endless

    def seconds(self) -> float:
        """How long it is shown when nothing ends it sooner."""
        return max(LED_SECONDS if self.led is not Led.NONE else 0.0, self.vibration.seconds())
