# SPDX-License-Identifier: Apache-2.0
"""Effort and calories of a minute."""

import pytest

from wena.activity.intensity import Intensity, intensity, kilocalories, met


@pytest.mark.parametrize(
    ("steps", "band"),
    [
        (0, Intensity.REST),
        (1, Intensity.LIGHT),
        (99, Intensity.LIGHT),
        (100, Intensity.MODERATE),
        (129, Intensity.MODERATE),
        (130, Intensity.VIGOROUS),
    ],
)
def test_bands_begin_at_100_and_130_steps_a_minute(steps: int, band: Intensity) -> None:
    assert intensity(steps) is band


def test_calories_grow_with_pace_and_weight_and_end_at_ten_met() -> None:
    assert (met(100), met(130), met(900)) == (3.0, 6.0, 10.0)
    assert kilocalories(0, 70) == 0
    assert kilocalories(100, 70) == pytest.approx(2.45)
    assert kilocalories(100, 140) == pytest.approx(2 * kilocalories(100, 70))
