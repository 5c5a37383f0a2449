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
MIN_RATE = 10
"""Fewest samples a second that are counted; a second with fewer ends the stretch."""
MAX_G = 64.0
"""A larger reading along an axis, in g, is a fault of the sensor and is left out."""


@dataclass(frozen=True, slots=True)
class CounterSettings:
    """What makes a peak a step. The defaults were chosen on real walks."""

    step_band: tuple[float, float] = (1.1, 2.4)
    """Hz in which a step is one peak."""
    run_band: tuple[float, float] = (1.1, 3.0)
    """The same while running: wider, since nothing soft has to be told from noise."""
    vigorous: float = 0.45
    """Standard deviation of a second, in g, from which it is taken for running."""
    shape_band: tuple[float, float] = (0.6, 6.0)
    """Hz in which the shape of a stride is compared with the stride before."""
    floor: float = 0.025
    """Least height of a peak, in g."""
    refractory: float = 0.24
    """Least time between two steps, in seconds."""
    amplitude_share: float = 0.3
    """Least height of a peak as a share of the median peak around it."""
    keep_score: float = 0.35
    """Least likeness of a stride to the one before for a step to belong to a walk."""
    spread_weight: float = 3.0
    """How much uneven stride times (standard deviation over mean) speak against a walk."""
    ordinary: float = 0.3
    """Likeness less weighted spread that speaks neither for a walk nor against it."""
    enough: float = 13.0
    """Sum of what speaks for a walk, step by step, at which it is one: then all of it counts."""
    resume: float = 15.0
    """Seconds after a walk within which going on needs half as much to be known."""
    pause: float = 1.5
    """Seconds without a step that end a walk."""
