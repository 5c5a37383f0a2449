# SPDX-License-Identifier: Apache-2.0
"""The numbers of the step counter, each with its meaning. Their choice: docs/activity.md."""

from dataclasses import dataclass

GRID = 25
"""Samples a second after resampling: walking has nothing of use above 12 Hz."""
TAPS = 51
"""Length of both filters, in samples of the grid: two seconds, so one second of delay."""
WINDOW = 5
"""Seconds over which regularity is judged."""
MAX_GAP = 0.5
"""Seconds without a sample over which the signal is not bridged: a new stretch begins."""
MIN_RATE = 20
"""Fewest samples a second that are counted; a second with fewer ends the stretch."""
MAX_G = 64.0
"""A larger reading along an axis, in g, is a fault of the sensor and is left out."""


@dataclass(frozen=True, slots=True)
class CounterSettings:
    """What makes a peak a step. The defaults were chosen on real walks."""

    step_band: tuple[float, float] = (1.1, 2.4)
    """Hz in which a step is one peak."""
    shape_band: tuple[float, float] = (0.6, 6.0)
    """Hz in which the shape of a stride is compared with the stride before."""
    floor: float = 0.03
    """Least height of a peak, in g."""
    refractory: float = 0.28
    """Least time between two steps, in seconds."""
    amplitude_share: float = 0.3
    """Least height of a peak as a share of the median peak around it."""
    keep_score: float = 0.35
    """Least likeness of a stride to the one before for a step to belong to a walk."""
    confirm_score: float = 0.7
    """The likeness that confirms a walk."""
    confirm_spread: float = 0.06
    """Most spread of the stride times (standard deviation over mean) that confirms a walk."""
    confirm_steps: int = 16
    """Steps in a row, so confirmed, that make a walk: then all of it counts."""
    pause: float = 1.5
    """Seconds without a step that end a walk."""
