# SPDX-License-Identifier: Apache-2.0
"""What an activity log is made of: plain values, one class a kind, in the units of their names.

The strap writes them, the wena 3 decoder yields them, the companion stores them and the exports
read them. This module owns no wire format, no file and no clock.

Times are whole Unix seconds, UTC, wide enough for any year. A per-minute record belongs to the
minute that begins at `time`; `time` is the natural key of its kind, and a later value for the same
time replaces the earlier (behaviour: by the start of the interval).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum


class Behaviour(IntEnum):
    """What the wearer did; the numbers are those of the wena 3 protocol, section 8.4."""

    UNKNOWN = 0
    NOT_WEARING = 1
    WALK = 2
    RUN = 3
    EXERCISE = 4
    SLEEP_DEEP = 5
    SLEEP_LIGHT = 6
    SLEEP_REM = 7
    SLEEP_AWAKE = 8
    STATIC = 9


@dataclass(frozen=True, slots=True, order=True)
class StepMinute:
    """Steps counted in one minute."""

    time: int
    steps: int


@dataclass(frozen=True, slots=True, order=True)
class HeartRateMinute:
    """Beats per minute, from a sensor that exists; 0 is "no reading", not a pulse."""

    time: int
    bpm: int


@dataclass(frozen=True, slots=True, order=True)
class BehaviourSpan:
    """One kind of behaviour from `time` until `end`, both Unix seconds."""

    time: int
    end: int
    kind: Behaviour


@dataclass(frozen=True, slots=True, order=True)
class StressMinute:
    """Stress as the strap tells it: -100 (calm) to 100."""

    time: int
    level: int

    @property
    def percent(self) -> int:
        """The same on a scale of 0 to 100, for display."""
        return (self.level + 101) // 2


@dataclass(frozen=True, slots=True, order=True)
class EnergyMinute:
    """The strap's "body energy", presumably 0 to 100."""

    time: int
    level: int


@dataclass(frozen=True, slots=True, order=True)
class CaloriesMinute:
    """Calories of one minute as the strap tells them.

    The wena 3 protocol does not say the unit; kcal from our own strap. Always an estimate, about
    30 % either way: say so wherever the number is shown.
    """

    time: int
    kilocalories: float


@dataclass(frozen=True, slots=True, order=True)
class Vo2Max:
    """An estimate of maximal oxygen uptake, presumably in ml/kg/min.

    Several may carry one time: `index` (0, 1, …) tells them apart in the order they came.
    """

    time: int
    value: int
    index: int = 0


Record = (
    StepMinute
    | HeartRateMinute
    | BehaviourSpan
    | StressMinute
    | EnergyMinute
    | CaloriesMinute
    | Vo2Max
)


@dataclass(frozen=True, slots=True)
class ActivityLog:
    """Everything known of a stretch of time, each kind in order of time."""

    steps: Sequence[StepMinute] = ()
    heart_rates: Sequence[HeartRateMinute] = ()
    behaviours: Sequence[BehaviourSpan] = ()
    stresses: Sequence[StressMinute] = ()
    energies: Sequence[EnergyMinute] = ()
    calories: Sequence[CaloriesMinute] = ()
    vo2max: Sequence[Vo2Max] = ()
