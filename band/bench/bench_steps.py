# SPDX-License-Identifier: Apache-2.0
"""The step counter: how fast, how near on real walks, how quiet where nobody walks.

`python -m bench steps` measures it as shipped. `python -m bench.bench_steps [FOLDER]` asks whether
it would be as good on walks it has not seen: its settings are chosen anew on a part of the walks
(least mean error among all combinations of GRID that keep false steps in the mean at or below the
limit), then judged on the walks left out; some minutes. The walks are described in
docs/activity.md; without them there are no rows for them.
"""

import csv
import itertools
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from wena.activity.recording import read_recording
from wena.activity.settings import CounterSettings
from wena.activity.steps import StepCounter
from wena.testing.movements import CARS, WASHING_UP, Array, driving, walk, washing_up

WALKS = Path(__file__).resolve().parents[3] / "shared" / "data" / "steps"
SPEED_LIMIT = 2_000
ERROR_LIMIT = 1.5
FALSE_LIMIT = 30
GRID: dict[str, list[Any]] = {
    "step_band": [(1.1, 2.2), (1.1, 2.4), (1.1, 2.6)],
    "amplitude_share": [0.2, 0.3, 0.4],
    "keep_score": [0.25, 0.35, 0.45],
    "enough": [10.0, 13.0, 16.0],
}
REPEATS = 25


def run() -> list[dict[str, Any]]:
    """Times real time (of one core's own time), the mean error, false steps in half an hour."""
    hour = _hour()
    rows = [
        _speed(f"{rate} Hz, second by second", _at(hour, rate), _by_second(rate))
        for rate in (25, 50, 100)
    ]
    rows.append(_speed("25 Hz, sample by sample", _at(hour, 25), _by_sample))
    if recordings := walks():
        counts = [count(samples) for samples, _ in recordings.values()]
        error = float(np.mean(_errors(counts, [steps for _, steps in recordings.values()])))
        what = f"mean absolute error on {len(counts)} real walks, %"
        rows.append(_row(what, error, ERROR_LIMIT, error <= ERROR_LIMIT))
    for name, half_hours in quiet(range(100, 104)).items():
        found = float(np.mean([count(samples) for samples in half_hours]))
        rows.append(_row(f"false steps, {name}", found, FALSE_LIMIT, found <= FALSE_LIMIT))
    return rows


def walks(folder: Path = WALKS) -> dict[str, tuple[Array, int]]:
    """Samples and true steps by name; empty where the folder is absent."""
    if not (folder / "truth.csv").exists():
        return {}
    with (folder / "truth.csv").open() as file:
        truth = {row["recording"]: int(row["steps"]) for row in csv.DictReader(file)}
    return {
        name: (read_recording(folder / f"{name}.csv.gz").samples, steps)
        for name, steps in truth.items()
    }


def quiet(seeds: range) -> dict[str, list[Array]]:
    """Half hours without a step, by name, one a seed."""
    rides = {name: [driving(seed, car) for seed in seeds] for name, car in CARS.items()}
    chores = {name: [washing_up(seed, hand) for seed in seeds] for name, hand in WASHING_UP.items()}
    return {**rides, **chores}


def count(samples: Array, settings: CounterSettings | None = None) -> int:
    """Steps found in one go."""
    counter = StepCounter(settings)
    counter.feed(samples)
    counter.finish()
    return counter.steps


def _errors(counts: Any, truths: Any) -> Array:
    """Absolute percentage errors; shapes as numpy broadcasts them."""
    found: Array = np.abs(np.asarray(counts) - np.asarray(truths)) / np.asarray(truths) * 100
    return found


def _hour() -> Array:
    """Walks and standing in turn, for an hour or a little more."""
    pieces = [walk(seed, 200, 110) for seed in range(32)]
    samples = np.concatenate(pieces)
    samples[:, 0] = np.arange(len(samples)) / 50
    return samples


def _at(samples: Array, rate: int) -> Array:
    ticks = np.arange(0, samples[-1, 0], 1 / rate)
    axes = [np.interp(ticks, samples[:, 0], samples[:, axis]) for axis in (1, 2, 3)]
    return np.column_stack((ticks, *axes))


def _by_second(rate: int) -> Callable[[StepCounter, Array], None]:
    def feed(counter: StepCounter, samples: Array) -> None:
        for start in range(0, len(samples), rate):
            counter.feed(samples[start : start + rate])

    return feed


def _by_sample(counter: StepCounter, samples: Array) -> None:
    for row in samples.tolist():
        counter.push(*row)


def _speed(what: str, samples: Array, feed: Callable[[StepCounter, Array], None]) -> dict[str, Any]:
    counter = StepCounter()
    started = time.process_time()
    feed(counter, samples)
    counter.finish()
    times = float(samples[-1, 0]) / (time.process_time() - started)
    return _row(f"times real time, an hour at {what}", times, SPEED_LIMIT, times >= SPEED_LIMIT)


def _row(what: str, value: float, limit: float, is_met: bool) -> dict[str, Any]:
    return {"what": what, "value": value, "limit": limit, "met": "yes" if is_met else "NO"}


def validate(folder: Path) -> int:
    """Print the errors where the settings were chosen and on the rest; 1 where no walks are."""
    recordings = walks(folder)
    if not recordings:
        print(f"No recordings at {folder}; name their folder.")
        return 1
    names = [name.split("_") for name in recordings]
    truths = [steps for _, steps in recordings.values()]
    walked = [samples for samples, _ in recordings.values()]
    shipped = _errors([count(samples) for samples in walked], truths)
    print(f"as shipped, all {len(names)} walks: {np.mean(shipped):.2f} %")
    table = _errors([[count(each, one) for each in walked] for one in _quiet_settings()], truths)
    print(f"{len(table)} combinations are quiet enough to choose from")
    alone = [[place] for place in range(len(names))]
    _judge("one subject left out", _groups(names, 1), table)
    _judge("one phone left out", _groups(names, 0), table)
    _judge("one walk left out", alone, table)
    for parts in (2, 4):
        _judge(f"{parts} parts, {REPEATS} times", list(_folds(len(names), parts)), table)
    return 0


def _quiet_settings() -> list[CounterSettings]:
    every = [
        CounterSettings(**dict(zip(GRID, values, strict=True)))
        for values in itertools.product(*GRID.values())
    ]
    half_hours = [samples for each in quiet(range(200, 202)).values() for samples in each]
    return [
        one for one in every if np.mean([count(each, one) for each in half_hours]) <= FALSE_LIMIT
    ]


def _groups(names: Sequence[list[str]], part: int) -> list[list[int]]:
    """Places of the walks that share a part of their name: the phone, or who walked."""
    values = sorted({name[part] for name in names})
    return [[n for n, name in enumerate(names) if name[part] == value] for value in values]


def _folds(size: int, parts: int) -> Iterator[list[int]]:
    for seed in range(REPEATS):
        order = np.random.default_rng(seed).permutation(size)
        yield from ([int(place) for place in part] for part in np.array_split(order, parts))


def _judge(what: str, left_out: Sequence[list[int]], table: Array) -> None:
    """Among equally good combinations the one in the middle of the list is chosen."""
    chosen, judged = [], []
    for held in left_out:
        means = np.delete(table, held, axis=1).mean(axis=1)
        best = np.flatnonzero(means <= means.min() + 1e-9)
        place = best[len(best) // 2]
        chosen.append(means[place])
        judged += list(table[place, held])
    print(f"{what}: {np.mean(chosen):.2f} % where chosen, {np.mean(judged):.2f} % on the rest")


if __name__ == "__main__":
    sys.exit(validate(Path(sys.argv[1]) if len(sys.argv) > 1 else WALKS))
