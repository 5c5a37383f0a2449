# SPDX-License-Identifier: Apache-2.0
"""Made-up movements: what must count, what must not, and that delivery changes nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from wena.activity.errors import BadSamples
from wena.activity.steps import StepCounter
from wena.testing.movements import CARS, WASHING_UP, driving, still, walk, washing_up


def times_of(*pieces: np.ndarray) -> list[float]:
    counter = StepCounter()
    found = [time for piece in pieces for time in counter.feed(piece)] + counter.finish()
    assert counter.steps == len(found)
    return found


def count(samples: np.ndarray) -> int:
    return len(times_of(samples))


@pytest.mark.parametrize("name", CARS)
def test_half_an_hour_of_driving_is_no_walk(name: str) -> None:
    assert count(driving(11, CARS[name])) <= 30


def test_half_hours_of_washing_up_hold_at_most_thirty_steps_in_the_mean() -> None:
    found = [count(washing_up(seed, hand)) for hand in WASHING_UP.values() for seed in (21, 22)]
    assert np.mean(found) <= 30
    assert max(found) <= 90


def test_a_strap_on_a_table_does_not_walk() -> None:
    assert count(still(1, minutes=30)) == 0


@pytest.mark.parametrize("cadence", [85, 100, 110, 125, 140, 150])
def test_a_walk_is_counted_from_its_first_step_to_its_last(cadence: int) -> None:
    assert count(walk(5, 200, cadence)) == pytest.approx(200, abs=3)
    assert count(walk(6, 40, cadence)) == pytest.approx(40, abs=2)


@pytest.mark.parametrize("cadence", [150, 165, 180, 195])
def test_a_run_is_counted(cadence: int) -> None:
    assert count(walk(7, 400, cadence, size=1.2)) == pytest.approx(400, abs=6)


def test_a_few_steps_about_the_room_are_not_a_walk() -> None:
    assert count(walk(8, 6)) == 0


def test_steps_lie_where_the_feet_landed() -> None:
    samples = walk(9, 60, 110)
    times = np.array(times_of(samples))
    assert times[0] == pytest.approx(3.5, abs=0.7)
    assert times[-1] == pytest.approx(samples[-1, 0] - 3, abs=0.7)
    assert np.all(np.diff(times) > 0.3)


@pytest.mark.parametrize("rate", [12.5, 25, 31.25, 50, 100])
def test_the_rate_changes_little(rate: float) -> None:
    samples = walk(10, 150, 108)
    ticks = np.arange(0, samples[-1, 0], 1 / rate)
    axes = [np.interp(ticks, samples[:, 0], samples[:, axis]) for axis in (1, 2, 3)]
    assert count(np.column_stack((ticks, *axes))) == pytest.approx(150, abs=4)


@settings(max_examples=25, deadline=None)
@given(some.lists(some.integers(0, 2_000), max_size=12))
def test_wherever_the_samples_are_cut_the_same_steps_are_found(cuts: list[int]) -> None:
    samples = WALK
    pieces = np.split(samples, sorted(min(cut, len(samples)) for cut in cuts))
    assert times_of(*pieces) == WHOLE


WALK = walk(12, 60, 112)
WHOLE = times_of(WALK)


@settings(max_examples=25, deadline=None)
@given(some.integers(0, 2**32 - 1))
def test_however_the_strap_is_turned_the_same_steps_are_found(seed: int) -> None:
    turn, _ = np.linalg.qr(np.random.default_rng(seed).normal(size=(3, 3)))
    turned = np.column_stack((WALK[:, 0], WALK[:, 1:] @ turn))
    assert times_of(turned) == WHOLE


ANY = some.floats(allow_nan=True, allow_infinity=True, width=64)


@settings(max_examples=60, deadline=None)
@given(some.lists(some.tuples(ANY, ANY, ANY, ANY), max_size=40), some.booleans())
def test_rubbish_is_dropped_and_counted_and_ends_nothing(
    rows: list[tuple[float, float, float, float]], is_single: bool
) -> None:
    counter = StepCounter()
    if is_single:
        for row in rows:
            counter.push(*row)
    else:
        counter.feed(rows)
    counter.finish()
    assert 0 <= counter.dropped <= len(rows)
    later = walk(13, 40, 110)
    counter.feed(later)
    counter.finish()
    assert counter.steps >= 38


def test_samples_of_another_shape_are_refused() -> None:
    with pytest.raises(BadSamples):
        StepCounter().feed([[1.0, 2.0, 3.0]])


def test_a_gap_breaks_a_walk_and_is_counted() -> None:
    samples = walk(14, 120, 110)
    held = samples[(samples[:, 0] < 30) | (samples[:, 0] > 34)]
    counter = StepCounter()
    counter.feed(held)
    counter.finish()
    assert counter.breaks == 1
    assert counter.steps == pytest.approx(120 - 4 * 110 / 60, abs=4)


def test_repeated_and_reversed_samples_change_nothing() -> None:
    samples = walk(15, 80, 110)
    doubled = np.repeat(samples, 2, axis=0)
    assert times_of(doubled) == times_of(samples)


def test_a_clock_set_back_loses_at_most_the_steps_around_it() -> None:
    samples = walk(16, 200, 110)
    samples[3_000:, 0] -= 3_600
    counter = StepCounter()
    counter.feed(samples)
    counter.finish()
    assert counter.breaks == 1
    assert counter.steps == pytest.approx(200, abs=4)


def test_memory_stays_the_same_however_long_it_runs() -> None:
    counter = StepCounter()
    samples = walk(17, 100, 110)
    span = samples[-1, 0] + 1 / 50
    sizes = []
    for turn in range(20):
        counter.feed(samples + np.array([turn * span, 0, 0, 0]))
        sizes.append(_size(counter))
    assert max(sizes[5:]) <= max(sizes[:5]) * 1.5


def _size(thing: object, seen: set[int] | None = None) -> int:
    """Values held in arrays, deques and lists below `thing`."""
    seen = seen if seen is not None else set()
    if id(thing) in seen:
        return 0
    seen.add(id(thing))
    if isinstance(thing, np.ndarray):
        return thing.size
    if hasattr(thing, "__dict__"):
        return sum(_size(value, seen) for value in vars(thing).values())
    return len(thing) if hasattr(thing, "__len__") else 0
