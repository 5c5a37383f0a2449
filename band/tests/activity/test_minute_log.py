# SPDX-License-Identifier: Apache-2.0
"""The minute log: days, goals, restarts, and a size that does not grow."""

import sqlite3
import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from wena.activity.errors import BadLogFile
from wena.activity.intensity import Intensity, kilocalories
from wena.activity.minute_log import GoalReached, MinuteLog
from wena.activity.records import Behaviour, BehaviourSpan, StepMinute
from wena.activity.wearer import Wearer

WEARER = Wearer(ZoneInfo("Europe/Paris"), goal_steps=100, weight_kg=60)
NOON = int(datetime(2026, 3, 28, 12, tzinfo=WEARER.zone).timestamp())
DAY = date(2026, 3, 28)
NEXT = date(2026, 3, 29)


def steps(count: int, start: float, pace: float = 110) -> list[float]:
    return [start + number * 60 / pace for number in range(count)]


def test_steps_are_kept_by_the_minute_they_were_taken_in() -> None:
    log = MinuteLog(None, WEARER)
    log.add([NOON, NOON + 59.9, NOON + 60])
    log.add([NOON + 30])
    assert log.minutes(NOON, NOON + 120) == [StepMinute(NOON, 3), StepMinute(NOON + 60, 1)]


def test_a_day_sums_up_its_minutes_and_its_calories_are_an_estimate_by_weight() -> None:
    log = MinuteLog(None, WEARER)
    log.add([NOON + 0.5 * number for number in range(240)])
    log.add(steps(40, NOON + 600, pace=45))
    day = log.day(DAY)
    assert day.steps == 280
    assert day.minutes == {Intensity.MODERATE: 2, Intensity.LIGHT: 1}
    assert day.kilocalories == pytest.approx(2 * kilocalories(120, 60) + kilocalories(40, 60))
    assert (day.end - day.start) / 3600 == 24


def test_a_short_day_and_a_day_start_part_the_steps_of_a_night() -> None:
    wearer = Wearer(WEARER.zone, day_start=time(4))
    log = MinuteLog(None, wearer)
    start = log.day(NEXT).start
    log.add([start - 1, start])
    assert log.steps_on(DAY) == 1
    assert log.steps_on(NEXT) == 1
    assert (log.day(NEXT).start - log.day(DAY).start) / 3600 == 23


def test_a_goal_is_told_once_a_day_also_after_a_restart(tmp_path: Path) -> None:
    with MinuteLog(tmp_path / "log", WEARER) as log:
        assert log.add(steps(99, NOON)) == []
        assert log.add(steps(2, NOON + 300)) == [GoalReached(DAY, 101, 100)]
        assert log.add(steps(50, NOON + 600)) == []
    with MinuteLog(tmp_path / "log", WEARER) as log:
        assert log.add(steps(500, NOON + 900)) == []
        assert log.day(DAY).is_goal_reached
        assert not log.day(NEXT).is_goal_reached
        assert [one.day for one in log.add(steps(100, NOON + 86_400))] == [NEXT]


def test_a_walk_over_midnight_can_reach_both_days_goals() -> None:
    log = MinuteLog(None, WEARER)
    midnight = log.day(NEXT).start
    reached = log.add(steps(240, midnight - 60, pace=120))
    assert reached == [GoalReached(DAY, 120, 100), GoalReached(NEXT, 120, 100)]


def test_walks_and_runs_are_told_apart_and_joined() -> None:
    log = MinuteLog(None, WEARER)
    log.add(steps(220, NOON, pace=110))
    log.add(steps(320, NOON + 120, pace=160))
    log.add(steps(10, NOON + 600))
    assert log.log(NOON, NOON + 3_600).behaviours == [
        BehaviourSpan(NOON, NOON + 120, Behaviour.WALK),
        BehaviourSpan(NOON + 120, NOON + 240, Behaviour.RUN),
    ]


def test_only_the_newest_minutes_are_kept_and_a_leaping_clock_empties_nothing() -> None:
    log = MinuteLog(None, WEARER, most_minutes=100)
    for number in range(150):
        log.add([NOON + 60 * number])
    log.add([4_000_000_000.0])
    kept = log.minutes(0, 5_000_000_000)
    assert len(kept) == 100
    assert kept[0].time == NOON + 60 * 51
    assert kept[-1].time == 4_000_000_000 // 60 * 60


def test_half_a_year_stays_small(tmp_path: Path) -> None:
    path = tmp_path / "log"
    with MinuteLog(path, WEARER, most_minutes=5_000) as log:
        sizes = []
        for week in range(6):
            log.add([NOON + 60 * (number + 5_000 * week) for number in range(5_000)])
            sizes.append(path.stat().st_size)
    assert sizes[-1] <= sizes[1] * 1.3


@settings(max_examples=40, deadline=None)
@given(some.lists(some.floats(allow_nan=True, allow_infinity=True), max_size=20))
def test_any_time_is_kept_or_left_out(times: list[float]) -> None:
    log = MinuteLog(None, WEARER)
    log.add(times)
    kept = sum(minute.steps for minute in log.minutes(0, 1 << 50))
    assert kept == sum(0 <= time < 253_402_128_000 for time in times)


KILLED = """
import os, sys
from pathlib import Path
from zoneinfo import ZoneInfo
from wena.activity.minute_log import MinuteLog
from wena.activity.wearer import Wearer
log = MinuteLog(Path(sys.argv[1]), Wearer(ZoneInfo("Europe/Paris"), goal_steps=100))
for number in range(150):
    log.add([1_774_695_600.0 + number])
os.kill(os.getpid(), 9)
"""


def test_a_killed_strap_loses_nothing_that_add_has_answered(tmp_path: Path) -> None:
    path = tmp_path / "log"
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert killed.returncode == -9
    with MinuteLog(path, WEARER) as log:
        assert log.steps_on(DAY) == 150
        assert log.day(DAY).is_goal_reached


def test_a_file_that_is_no_log_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"something else entirely, long enough to be looked at" * 20)
    before = path.read_bytes()
    with pytest.raises(BadLogFile):
        MinuteLog(path, WEARER)
    assert path.read_bytes() == before


def test_a_newer_log_is_left_alone(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "log")
    database.execute("PRAGMA user_version = 9")
    database.close()
    with pytest.raises(BadLogFile, match="newer"):
        MinuteLog(tmp_path / "log", WEARER)


def test_another_owner_reads_nothing(tmp_path: Path) -> None:
    log = MinuteLog(tmp_path / "log", WEARER)
    log.add(steps(120, NOON))
    log.clear()
    assert log.minutes(0, 1 << 40) == []
    assert not log.day(DAY).is_goal_reached
