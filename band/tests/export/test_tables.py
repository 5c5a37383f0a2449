# SPDX-License-Identifier: Apache-2.0
"""CSV tables, read back by the standard reader."""

import csv

from band.tests.export.logs import BEFORE, LOG, MORNING, SOURCE
from wena.activity.records import ActivityLog, StepMinute
from wena.export.tables import tables

ESTIMATE = "kcal_estimate_plus_minus_30_percent"


def rows(name: str, log: ActivityLog = LOG) -> list[dict[str, str]]:
    return list(csv.DictReader(tables(log, SOURCE)[name]))


def test_a_minute_is_one_row_with_all_that_was_measured_in_it() -> None:
    first = rows("minutes")[0]
    assert first == {
        "time": "2026-03-28T22:00:00+01:00",
        "unix": str(BEFORE),
        "steps": "100",
        "heart_rate_bpm": "61",
        "stress_minus_100_to_100": "-100",
        "energy": "77",
        ESTIMATE: "4.4",
    }


def test_what_nobody_measured_is_empty_and_a_measured_zero_is_zero() -> None:
    second, resting = rows("minutes")[1], rows("minutes")[4]
    assert second["heart_rate_bpm"] == ""
    assert resting["unix"] == str(MORNING + 60)
    assert resting["steps"] == "0"
    assert resting[ESTIMATE] == ""


def test_the_wearers_clock_follows_summer_time() -> None:
    assert rows("minutes")[3]["time"] == "2026-03-29T09:00:00+02:00"


def test_behaviour_and_vo2max_have_tables_of_their_own() -> None:
    assert rows("behaviour")[1]["behaviour"] == "sleep_light"
    assert rows("behaviour")[1]["end"] == "2026-03-29T01:00:00+01:00"
    assert rows("vo2max")[0]["vo2max_estimate"] == "41"


def test_a_table_without_rows_is_not_made() -> None:
    assert list(tables(ActivityLog(steps=[StepMinute(0, 1)]), SOURCE)) == ["minutes"]
