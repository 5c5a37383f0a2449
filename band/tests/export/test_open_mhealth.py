# SPDX-License-Identifier: Apache-2.0
"""Open mHealth data points: header, body and the fields that their schemas require."""

import dataclasses
from datetime import datetime
from typing import Any

from band.tests.export.logs import LOG, SOURCE
from wena.export.open_mhealth import data_points


def points(name: str) -> list[dict[str, Any]]:
    return [
        point for point in data_points(LOG, SOURCE) if point["header"]["schema_id"]["name"] == name
    ]


def test_steps_of_a_minute_are_a_step_count() -> None:
    first = points("step-count")[0]
    assert first["header"]["schema_id"] == {
        "namespace": "omh",
        "name": "step-count",
        "version": "2.0",
    }
    assert first["header"]["creation_date_time"] == "2026-03-29T23:00:00Z"
    assert first["header"]["acquisition_provenance"] == {
        "source_name": "wena",
        "modality": "sensed",
    }
    assert first["body"] == {
        "step_count": 100,
        "effective_time_frame": {
            "time_interval": {
                "start_date_time": "2026-03-28T22:00:00+01:00",
                "end_date_time": "2026-03-28T22:01:00+01:00",
            }
        },
    }


def test_minutes_without_steps_or_pulse_make_no_point() -> None:
    assert [point["body"]["step_count"] for point in points("step-count")] == [
        100, 12, 7, 110, 160,
    ]  # fmt: skip
    assert [point["body"]["heart_rate"] for point in points("heart-rate")] == [
        {"value": 61, "unit": "beats/min"}
    ]


def test_calories_say_that_they_are_an_estimate() -> None:
    for point in points("calories-burned"):
        assert point["body"]["kcal_burned"]["unit"] == "kcal"
        assert "estimate" in point["body"]["note"]
        assert "30 %" in point["body"]["note"]
    assert len(points("calories-burned")) == 3


def test_a_night_is_one_episode_and_waking_is_not_sleep() -> None:
    (night,) = points("sleep-episode")
    assert night["body"]["total_sleep_time"] == {"value": 230.0, "unit": "min"}
    assert night["body"]["number_of_awakenings"] == 1
    assert night["body"]["initial_sleep_onset_date_time"] == "2026-03-28T23:00:00+01:00"
    assert night["body"]["final_awakening_date_time"] == "2026-03-29T04:00:00+02:00"


def test_walks_and_runs_are_physical_activity() -> None:
    assert [point["body"]["activity_name"] for point in points("physical-activity")] == [
        "walking",
        "running",
    ]


def test_what_they_have_no_schema_for_is_under_our_own_name() -> None:
    for name in ("stress", "energy", "vo2max"):
        (point,) = points(name)
        assert point["header"]["schema_id"]["namespace"] == "wena"


def test_identifiers_are_unique_and_the_same_at_each_export() -> None:
    first = [point["header"]["id"] for point in data_points(LOG, SOURCE)]
    again = [point["header"]["id"] for point in data_points(LOG, SOURCE)]
    other = dataclasses.replace(SOURCE, device="another")
    elsewhere = [point["header"]["id"] for point in data_points(LOG, other)]
    assert first == again
    assert len(set(first)) == len(first)
    assert not set(first) & set(elsewhere)


def test_every_time_has_an_offset() -> None:
    for point in data_points(LOG, SOURCE):
        frame = point["body"]["effective_time_frame"]
        for text in frame.get("time_interval", frame).values():
            assert datetime.fromisoformat(text).utcoffset() is not None
