# SPDX-License-Identifier: Apache-2.0
"""Days by the wearer's clock, through summer time and across zones."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from wena.activity.errors import BadWearer
from wena.activity.wearer import DAY, Wearer, zone_named

HOUR = 3600
PARIS = ZoneInfo("Europe/Paris")


def unix(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def test_a_day_that_starts_at_four_holds_the_small_hours_of_the_next_date() -> None:
    wearer = Wearer(ZoneInfo("Asia/Tokyo"), day_start=time(4))
    assert wearer.day_of(unix("2026-05-02T03:59:59+09:00")) == date(2026, 5, 1)
    assert wearer.day_of(unix("2026-05-02T04:00:00+09:00")) == date(2026, 5, 2)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 3, 30), 24), (date(2026, 10, 25), 25)]
)
def test_days_are_shorter_and_longer_where_the_clocks_change(day: date, hours: int) -> None:
    wearer = Wearer(PARIS)
    assert wearer.start_of(day + DAY) - wearer.start_of(day) == hours * HOUR


def test_a_start_that_the_clock_leaps_over_is_the_leap() -> None:
    wearer = Wearer(PARIS, day_start=time(2, 30))
    assert wearer.start_of(date(2026, 3, 29)) == unix("2026-03-29T03:00:00+02:00")


def test_a_start_that_the_clock_strikes_twice_is_the_first() -> None:
    wearer = Wearer(PARIS, day_start=time(2, 30))
    start = unix("2026-10-25T02:30:00+02:00")
    assert wearer.start_of(date(2026, 10, 25)) == start
    assert wearer.day_of(start + HOUR - 60) == date(2026, 10, 25)


def test_a_date_that_never_was_is_an_empty_day() -> None:
    wearer = Wearer(ZoneInfo("Pacific/Apia"))
    assert wearer.start_of(date(2011, 12, 30)) == wearer.start_of(date(2011, 12, 31))


ZONES = ["Europe/Paris", "Asia/Tokyo", "America/St_Johns", "Australia/Lord_Howe", "Africa/Cairo"]


@given(
    some.sampled_from(ZONES),
    some.integers(0, 1_439),
    some.integers(0, 4_000_000_000),
)
def test_every_moment_lies_in_exactly_one_day(zone: str, start: int, moment: int) -> None:
    wearer = Wearer(ZoneInfo(zone), day_start=time(start // 60, start % 60))
    day = wearer.day_of(moment)
    assert wearer.start_of(day) <= moment < wearer.start_of(day + DAY)
    local = datetime.fromtimestamp(moment, UTC).astimezone(wearer.zone).date()
    assert abs(local - day) <= DAY


@pytest.mark.parametrize(
    "wrong",
    [
        {"weight_kg": 5},
        {"weight_kg": float("nan")},
        {"goal_steps": 0},
        {"day_start": time(4, 0, 30)},
        {"day_start": time(4, tzinfo=UTC)},
    ],
)
def test_settings_out_of_range_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadWearer):
        Wearer(PARIS, **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["Asia/Edo", "", "../../etc/passwd", "Europe/Paris\0"])
def test_an_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(BadWearer):
        zone_named(name)
    assert zone_named("Asia/Tokyo").key == "Asia/Tokyo"
