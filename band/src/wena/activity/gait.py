# SPDX-License-Identifier: Apache-2.0
"""Steps in one unbroken stretch of acceleration: peaks, regularity, walks.

Second by second: the size of the acceleration is filtered into a narrow band, where a step is one
peak, and a wide one, which keeps the shape of a stride. Over each window of five seconds the shape
is compared with itself one stride later. A peak is a candidate when some window around it is alike
enough and the peak is not small among its neighbours; candidates close in time may be a walk. Each
step adds what speaks for a walk (strides that look alike and take the same time) or takes away
what speaks against it, down to nothing: a cumulative sum test (Page 1954). A walk counts, from its
first step, once the sum is enough, so that a very regular walk is known in seconds, an uneven one
in a minute, and scrubbing or a soft car hardly ever. Memory is fixed: five windows, five seconds of
signal, and the steps not yet confirmed.

It knows neither clock nor file; times are seconds since the stretch began.
"""

import math
from collections import deque
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from wena.activity.settings import GRID, TAPS, WINDOW, CounterSettings

Array = NDArray[np.float64]

_DELAY = TAPS // 2
_SPAN = WINDOW * GRID
_MOST_PENDING = 256
"""Unconfirmed steps kept; older ones are forgotten, so that memory stays bounded."""


@dataclass(frozen=True, slots=True)
class _Window:
    """What five seconds look like; `end` is their last second, exclusive."""

    end: int
    score: float = 0.0
    height: float = 0.0
    interval: float = 0.0
    evidence: float = -1.0


class Stretch:
    """The steps of one stretch, fed with whole seconds of the grid."""

    def __init__(self, settings: CounterSettings) -> None:
        self._settings = settings
        self._step_filter = _band_pass(*settings.step_band)
        self._run_filter = _band_pass(*settings.run_band)
        self._shape_filter = _band_pass(*settings.shape_band)
        self._raw: Array = np.zeros(0)
        self._shape: Array = np.zeros(0)
        self._last_two: Array = np.zeros(0)
        self._seconds = 0
        self._peaks: deque[tuple[int, float]] = deque()
        self._windows: deque[_Window] = deque(maxlen=WINDOW)
        self._walk = Walk(settings)

    def add(self, second: Array) -> list[float]:
        """Take GRID values; return the times of the steps that are certain now."""
        if not len(self._raw):
            self._raw = np.full(_DELAY, second[0])
        self._raw = np.concatenate((self._raw, second))
        if len(self._raw) < 2 * _DELAY + GRID:
            return []
        self._filter()
        self._windows.append(self._judge())
        return self._decide(self._seconds - WINDOW + 1)

    def finish(self, rest: Array) -> list[float]:
        """Take the last, partial second; return the steps still owed. Nothing may follow."""
        if not len(self._raw):
            return []
        last = rest[-1] if len(rest) else self._raw[-1]
        tail = np.concatenate((rest, np.full(_DELAY + -len(rest) % GRID, last)))
        found: list[float] = []
        for start in range(0, len(tail), GRID):
            found += self.add(tail[start : start + GRID])
        return found + self._decide(self._seconds)

    def _filter(self) -> None:
        shape = np.convolve(self._raw, self._shape_filter, "valid")
        is_run = shape.std() > self._settings.vigorous
        steps = np.convolve(self._raw, self._run_filter if is_run else self._step_filter, "valid")
        self._raw = self._raw[GRID:]
        self._shape = np.concatenate((self._shape, shape))[-_SPAN:]
        line = np.concatenate((self._last_two, steps))
        first = self._seconds * GRID - len(self._last_two)
        middle = line[1:-1]
        tops = (middle > line[:-2]) & (middle >= line[2:]) & (middle > self._settings.floor)
        for place in np.flatnonzero(tops):
            index = first + 1 + int(place)
            if not self._peaks or index - self._peaks[-1][0] >= self._settings.refractory * GRID:
                self._peaks.append((index, float(middle[place])))
        self._last_two = line[-2:]
        self._seconds += 1

    def _judge(self) -> _Window:
        """How alike the strides of the last five seconds are."""
        end = self._seconds
        if end < WINDOW or len(self._peaks) < 4:
            return _Window(end)
        places = np.array([index for index, _ in self._peaks])
        interval = float(np.median(np.diff(places)))
        score = _likeness(self._shape, round(1.7 * interval), round(2.3 * interval))
        strides = places[2:] - places[:-2]
        spread = float(strides.std() / strides.mean())
        evidence = score - self._settings.spread_weight * spread - self._settings.ordinary
        height = float(np.median([height for _, height in self._peaks]))
        return _Window(end, score, height, interval / GRID, evidence)

    def _decide(self, until: int) -> list[float]:
        """Judge the peaks before second `until` by the windows that hold them."""
        found: list[float] = []
        while self._peaks and self._peaks[0][0] < until * GRID:
            index, height = self._peaks.popleft()
            second = index // GRID
            around = [each for each in self._windows if second < each.end <= second + WINDOW]
            best = max(around, key=lambda each: each.score)
            if best.score < self._settings.keep_score:
                continue
            if height >= self._settings.amplitude_share * best.height:
                evidence = max(each.evidence for each in around)
                found += self._walk.step(index / GRID, best.interval, evidence)
        return found


class Walk:
    """Candidates in a row; silent until enough speaks for a walk."""

    def __init__(self, settings: CounterSettings) -> None:
        self._settings = settings
        self._pending: deque[float] = deque(maxlen=_MOST_PENDING)
        self._last = -math.inf
        self._counted = -math.inf
        self._sum = 0.0
        self._confirmed = False

    def step(self, time: float, interval: float, evidence: float) -> list[float]:
        """Take a candidate; return the times of the steps that count from now on.

        A hole of about two `interval`s inside a walk is a step too soft to be seen.
        """
        since = time - self._last
        if since > self._settings.pause:
            self._pending.clear()
            is_resumed = time - self._counted < self._settings.resume
            self._sum = self._settings.enough / 2 if is_resumed else 0.0
            self._confirmed = False
        elif 1.65 < since / interval < 2.4:
            self._pending.append((time + self._last) / 2)
        self._pending.append(time)
        self._last = time
        self._sum = max(0.0, self._sum + evidence)
        self._confirmed = self._confirmed or self._sum >= self._settings.enough
        if not self._confirmed:
            return []
        self._counted = time
        found = list(self._pending)
        self._pending.clear()
        return found


@cache
def _band_pass(low: float, high: float) -> Array:
    """A linear-phase filter of TAPS taps: a difference of two sincs under a Hamming window."""
    place = np.arange(TAPS) - _DELAY
    upper = 2 * high / GRID * np.sinc(2 * high / GRID * place)
    lower = 2 * low / GRID * np.sinc(2 * low / GRID * place)
    taps: Array = (upper - lower) * np.hamming(TAPS)
    return taps


def _likeness(signal: Array, least: int, most: int) -> float:
    """The best normalised autocorrelation of `signal` over lags least..most, in samples."""
    even = signal - signal.mean()
    size = len(even)
    lags = np.arange(least, min(most, size - GRID) + 1)
    if not len(lags):
        return 0.0
    products = np.correlate(even, even, "full")[size - 1 + lags]
    power = np.concatenate(([0.0], np.cumsum(even * even)))
    norms = power[size - lags] * (power[size] - power[lags])
    return float(np.max(products / np.sqrt(np.maximum(norms, 1e-18))))
