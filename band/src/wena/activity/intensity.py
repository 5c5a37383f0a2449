# SPDX-License-Identifier: Apache-2.0
"""How hard a minute was, from the steps in it; calories from that, which are an estimate.

100 steps a minute are about 3 MET and 130 about 6 for adults (Tudor-Locke et al., Int J Behav Nutr
Phys Act 2019 and 2020); 1 MET is 3.5 ml of oxygen a minute and kg, and a litre of oxygen about
5 kcal. From one person to the next this is wrong by about 30 % either way: ESTIMATE_PERCENT goes
wherever the number is shown. What the body burns at rest is not in it.
"""

from enum import StrEnum

import numpy as np

ESTIMATE_PERCENT = 30
CADENCES = (0, 60, 100, 130, 170)
METS = (1.0, 2.0, 3.0, 6.0, 10.0)
RUNNING = 140
"""Steps a minute from which people run rather than walk (transition: Hansen et al. 2017)."""


class Intensity(StrEnum):
    """Bands of effort as the WHO's guidelines name them."""

    REST = "rest"
    LIGHT = "light"
    MODERATE = "moderate"
    VIGOROUS = "vigorous"


def intensity(steps: int) -> Intensity:
    """The band of a minute with so many steps."""
    if steps >= 130:
        return Intensity.VIGOROUS
    if steps >= 100:
        return Intensity.MODERATE
    return Intensity.LIGHT if steps else Intensity.REST


def met(steps: int) -> float:
    """Metabolic equivalents of a minute with so many steps; at most 10."""
    return float(np.interp(steps, CADENCES, METS))


def kilocalories(steps: int, weight_kg: float) -> float:
    """Estimated kcal that a minute with so many steps burnt above rest."""
    return (met(steps) - 1) * 3.5 * weight_kg / 200
