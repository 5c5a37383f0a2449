# SPDX-License-Identifier: Apache-2.0
"""From samples as a phone delivers them to the size of the acceleration on an even grid.

The samples are joined by straight lines and averaged over each cell of the grid: one rule that
serves 25 Hz and 500 Hz, even and uneven times, and takes away what is too fast for the grid. The
size of the vector does not depend on how the strap is turned. This module counts nothing.
"""

import numpy as np
from numpy.typing import NDArray

from wena.activity.settings import GRID

Array = NDArray[np.float64]


def average_cells(times: Array, values: Array, start: float, cells: int) -> Array:
    """Mean of the joined `values` over `cells` cells of 1/GRID s from `start`; shape (cells,).

    `times` rise strictly and reach from at or before `start` to at or after the last cell's end
    (the first and last value are held where they do not).
    """
    edges = start + np.arange(cells + 1) / GRID
    inside = (times > edges[0]) & (times < edges[-1])
    knots = np.concatenate((edges, times[inside]))
    order = np.argsort(knots, kind="stable")
    at = knots[order]
    height = np.interp(at, times, values)
    areas = np.concatenate(([0.0], np.cumsum((height[1:] + height[:-1]) / 2 * np.diff(at))))
    place = np.empty(len(order), dtype=np.intp)
    place[order] = np.arange(len(order))
    return np.diff(areas[place[: cells + 1]]) * GRID
