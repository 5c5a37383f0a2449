# SPDX-License-Identifier: Apache-2.0
"""The log in SQLite: nothing twice, nothing lost, nothing mixed."""

import random
import sqlite3
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from wena.activity.records import (
    Behaviour,
    BehaviourSpan,
    CaloriesMinute,
    StepMinute,
    StressMinute,
    Vo2Max,
)
from wena.companion.errors import CompanionError, NewerStore
from wena.companion.store import Store
from wena.wena3.activity_kinds import Intervals, Kind, Run, Vo2MaxValues

T0 = 1_727_836_800
WALK = BehaviourSpan(T0, T0 + 600, Behaviour.WALK)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "log.sqlite3") as opened:
        yield opened


def test_what_goes_in_comes_out(store: Store) -> None:
    store.put(Run(Kind.STEPS, T0, bytes([1, 0, 3])))
    store.put(Run(Kind.STRESS, T0, array("b", [-100, 127, 5])))
    store.put(Run(Kind.CALORIES, T0, array("H", [300])))
    store.put(Intervals((WALK,)))
    store.put(Vo2MaxValues((Vo2Max(T0, 40, 0), Vo2Max(T0, 41, 1))))
    log = store.log(T0, T0 + 180)
    assert log.steps == [StepMinute(T0, 1), StepMinute(T0 + 60, 0), StepMinute(T0 + 120, 3)]
    assert log.stresses == [StressMinute(T0, -100), StressMinute(T0 + 120, 5)]
    assert log.calories == [CaloriesMinute(T0, 300)]
    assert log.behaviours == [WALK]
    assert [item.value for item in log.vo2max] == [40, 41]


def test_the_same_again_adds_nothing_and_a_later_value_replaces(store: Store) -> None:
    assert store.put(Run(Kind.STEPS, T0, bytes([1, 2]))) == 2
    assert store.put(Run(Kind.STEPS, T0, bytes([1, 5]))) == 0
    assert store.put(Run(Kind.STEPS, T0 + 60, bytes([6, 7]))) == 1
    assert [minute.steps for minute in store.log(T0, T0 + 600).steps] == [1, 6, 7]


def test_an_interval_that_reaches_into_a_day_belongs_to_it(store: Store) -> None:
    store.put(Intervals((WALK,)))
    assert store.log(T0 + 300, T0 + 900).behaviours == [WALK]
    assert store.log(T0 + 600, T0 + 900).behaviours == []


def test_a_record_from_the_far_future_does_not_stop_later_syncs(store: Store) -> None:
    """Given a strap whose clock was wrong once, the next sync still starts from true records."""
    store.put(Run(Kind.STEPS, T0, bytes([1])))
    store.put(Run(Kind.STEPS, T0 + 10**9, bytes([1])))
    assert store.newest(T0 + 3600) == {Kind.STEPS: T0}


def test_newest_is_told_for_each_kind(store: Store) -> None:
    store.put(Run(Kind.HEART_RATE, T0, bytes([60, 61])))
    store.put(Intervals((WALK,)))
    store.put(Vo2MaxValues((Vo2Max(T0 + 7, 40),)))
    assert store.newest(T0 + 3600) == {
        Kind.HEART_RATE: T0 + 60,
        Kind.BEHAVIOR: T0,
        Kind.VO2MAX: T0 + 7,
    }


def test_a_block_that_cannot_be_stored_leaves_nothing_of_itself(store: Store) -> None:
    with pytest.raises(OverflowError):
        store.put(Run(Kind.STEPS, T0, [1, 2, 2**70]))
    assert store.count() == 0


def test_another_file_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear strap, this is no database at all.\n" * 50)
    before = path.read_bytes()
    with pytest.raises(CompanionError, match="not a log"):
        Store(path)
    assert path.read_bytes() == before


def test_a_log_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "log.sqlite3"
    Store(path).close()
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(NewerStore):
        Store(path)


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    Store(tmp_path / "log.sqlite3").close()
    assert (tmp_path / "log.sqlite3").stat().st_mode & 0o077 == 0


def test_any_overlap_of_transfers_gives_one_value_a_minute(store: Store) -> None:
    dice = random.Random(3)
    expected: dict[int, int] = {}
    for _ in range(60):
        start = T0 + dice.randrange(300) * 60
        values = dice.randbytes(dice.randint(1, 90))
        store.put(Run(Kind.STEPS, start, values))
        expected.update((start + n * 60, value) for n, value in enumerate(values))
    stored = {minute.time: minute.steps for minute in store.log(0, 2**40).steps}
    assert stored == expected
