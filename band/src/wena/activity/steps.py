# SPDX-License-Identifier: Apache-2.0
"""The streaming step counter: samples in, times of steps out, memory fixed.

It owns what real deliveries do to samples: repeated and reversed times, gaps, clock jumps, rates.
How steps are told from other movements is `wena.activity.gait`. The result does not depend on how
the samples are cut into pieces: all arithmetic is done on whole seconds since a stretch began.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from wena.activity.errors import BadSamples
from wena.activity.gait import Stretch
from wena.activity.resample import Array, average_cells
from wena.activity.settings import GRID, MAX_G, MAX_GAP, MIN_RATE, CounterSettings

_CLOSEST = 0.0005
"""Seconds; a sample that follows closer is left out, so that memory stays bounded."""
_MOST_WAITING = 2_000


class StepCounter:
    """Counts steps from raw acceleration at 10 to 1,000 samples a second, even or not.

    `steps` is the count so far. Steps come out with a delay of six seconds, and those of a new
    walk once it is confirmed; `finish` gives what is owed. `dropped` counts samples that were no
    numbers, too large, or not later than the one before; `breaks` counts gaps and clock jumps;
    `sparse` counts seconds with too few samples to judge.
    """

    def __init__(self, settings: CounterSettings | None = None) -> None:
        self.steps = 0
        self.dropped = 0
        self.breaks = 0
        self.sparse = 0
        self._settings = settings or CounterSettings()
        self._waiting: list[tuple[float, float, float, float]] = []
        self._last: float | None = None
        self._stretch: Stretch | None = None
        self._origin = 0.0
        self._base = 0
        self._second = 0
        self._times: Array = np.zeros(0)
        self._values: Array = np.zeros(0)

    def push(self, time: float, x: float, y: float, z: float) -> list[float]:
        """Take one sample (seconds, g); return the times of the steps that are certain now."""
        self._waiting.append((time, x, y, z))
        first = self._waiting[0][0]
        if len(self._waiting) < _MOST_WAITING and 0 <= time - first < 1:
            return []
        return self._flush()

    def feed(self, samples: ArrayLike) -> list[float]:
        """Take rows of (time, x, y, z); return the times of the steps that are certain now.

        Raises BadSamples when the rows are not of that shape.
        """
        rows = np.asarray(samples, dtype=np.float64)
        if rows.size == 0:
            return []
        if rows.ndim != 2 or rows.shape[1] != 4:
            raise BadSamples
        return self._flush() + self._take(rows)

    def finish(self) -> list[float]:
        """End the recording and return the steps still owed; the next sample begins anew."""
        found = self._flush()
        return found + self._end()

    def _flush(self) -> list[float]:
        waiting, self._waiting = self._waiting, []
        return self._take(np.array(waiting)) if waiting else []

    def _take(self, rows: Array) -> list[float]:
        rows = self._sound(rows)
        if not len(rows):
            return []
        times = rows[:, 0]
        values = np.sqrt(np.einsum("ij,ij->i", rows[:, 1:], rows[:, 1:]))
        jumps = np.diff(times, prepend=times[0] if self._last is None else self._last)
        cuts = [int(cut) for cut in np.flatnonzero((jumps > MAX_GAP) | (jumps < 0))]
        self._last = float(times[-1])
        found: list[float] = []
        for start, stop in pairwise([0, *cuts, len(times)]):
            if start in cuts:
                self.breaks += 1
                found += self._end()
            if stop > start:
                found += self._join(times[start:stop], values[start:stop])
        return found

    def _sound(self, rows: Array) -> Array:
        """The rows that can be used: numbers of a sane size, later than the one before."""
        good = np.isfinite(rows).all(axis=1) & (np.abs(rows[:, 1:]) <= MAX_G).all(axis=1)
        kept = rows[good]
        times = kept[:, 0]
        if len(times) and np.any(np.diff(times, prepend=_before(times, self._last)) < _CLOSEST):
            kept = kept[self._later(times)]
        self.dropped += len(rows) - len(kept)
        return kept

    def _later(self, times: Array) -> list[int]:
        """Places of samples that come after the one before, or follow a jump of the clock."""
        last = _before(times, self._last)
        places = []
        for place, time in enumerate(times.tolist()):
            if time - last >= _CLOSEST or time - last < -MAX_GAP:
                places.append(place)
                last = time
        return places

    def _join(self, times: Array, values: Array) -> list[float]:
        if self._stretch is None:
            self._stretch, self._origin, self._second = Stretch(self._settings), float(times[0]), 0
            self._base = 0
        self._times = np.concatenate((self._times, times - self._origin))
        self._values = np.concatenate((self._values, values))
        found: list[float] = []
        used = 0
        whole = int(self._times[-1])
        ends = np.searchsorted(self._times, np.arange(self._second + 1, whole + 1), "left")
        for end in ends.tolist():
            found += self._add_second(self._times[used : end + 1], self._values[used : end + 1])
            used = max(used, end - (1 if self._times[end] > self._second else 0))
        self._times, self._values = self._times[used:], self._values[used:]
        return found

    def _add_second(self, times: Array, values: Array) -> list[float]:
        """Count in one whole second; one with too few samples ends the stretch."""
        assert self._stretch is not None  # noqa: S101
        start = float(self._second)
        self._second += 1
        if len(times) < MIN_RATE:
            self.sparse += 1
            found = self._certain(self._stretch.finish(np.zeros(0)))
            self._stretch, self._base = Stretch(self._settings), self._second
            return found
        return self._certain(self._stretch.add(average_cells(times, values, start, GRID)))

    def _end(self) -> list[float]:
        """Close the stretch: what is left of a second, and what is owed."""
        if self._stretch is None:
            return []
        cells = int((self._times[-1] - self._second) * GRID) if len(self._times) else 0
        rest = np.zeros(0)
        if cells > 0 and len(self._times) >= 2:
            rest = average_cells(self._times, self._values, float(self._second), cells)
        found = self._certain(self._stretch.finish(rest))
        self._stretch = None
        self._times, self._values = np.zeros(0), np.zeros(0)
        return found

    def _certain(self, offsets: list[float]) -> list[float]:
        self.steps += len(offsets)
        return [self._origin + self._base + offset for offset in offsets]


def _before(times: Array, last: float | None) -> float:
    return float(times[0]) - 1 if last is None else last
