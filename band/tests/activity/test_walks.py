# SPDX-License-Identifier: Apache-2.0
"""Real walks, counted: how near the counter comes, and that cutting and turning change nothing."""

import csv
from pathlib import Path

import numpy as np
import pytest

from wena.activity.recording import read_recording
from wena.activity.steps import StepCounter

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "steps"
pytestmark = pytest.mark.skipif(
    not (DATA / "truth.csv").exists(), reason=f"the recordings are not at {DATA}"
)


def truth() -> dict[str, int]:
    with (DATA / "truth.csv").open() as file:
        return {row["recording"]: int(row["steps"]) for row in csv.DictReader(file)}


def samples_of(name: str) -> np.ndarray:
    return read_recording(DATA / f"{name}.csv.gz").samples


def count(samples: np.ndarray) -> int:
    counter = StepCounter()
    counter.feed(samples)
    counter.finish()
    return counter.steps


def test_the_mean_error_on_all_walks_is_at_most_one_and_a_half_percent() -> None:
    errors = [abs(count(samples_of(name)) - steps) / steps for name, steps in truth().items()]
    assert len(errors) == 24
    assert np.mean(errors) <= 0.015


def test_sample_by_sample_and_in_chunks_the_same_steps_are_found() -> None:
    samples = samples_of("Samsung_Jamie_Hard_InHand_1")
    whole, single, chunks = StepCounter(), StepCounter(), StepCounter()
    at_once = whole.feed(samples) + whole.finish()
    one_by_one = [time for row in samples.tolist() for time in single.push(*row)]
    pieces = [
        time for start in range(0, 15_000, 777) for time in chunks.feed(samples[start:][:777])
    ]
    assert at_once == one_by_one + single.finish() == pieces + chunks.finish()
    assert len(at_once) > 200


def test_turning_the_strap_changes_no_count() -> None:
    samples = samples_of("Samsung_Dario_Hard_NeckPouch_1")
    turn, _ = np.linalg.qr(np.random.default_rng(4).normal(size=(3, 3)))
    turned = np.column_stack((samples[:, 0], samples[:, 1:] @ turn))
    assert count(turned) == count(samples)


def test_the_hour_of_the_recording_changes_no_count() -> None:
    samples = samples_of("Samsung_Dario_Hard_NeckPouch_1")
    later = samples + np.array([1_790_000_000.0, 0, 0, 0])
    assert abs(count(later) - count(samples)) <= 1


@pytest.mark.parametrize("name", ["Pixel_Jamie_Hard_InHand_1", "Samsung_Carmelo_Hard_Armband_1"])
def test_twenty_five_samples_a_second_are_enough(name: str) -> None:
    samples = samples_of(name)
    ticks = np.arange(samples[0, 0], samples[-1, 0], 1 / 25)
    axes = [np.interp(ticks, samples[:, 0], samples[:, axis]) for axis in (1, 2, 3)]
    assert count(np.column_stack((ticks, *axes))) == pytest.approx(truth()[name], rel=0.03)
