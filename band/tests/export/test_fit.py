# SPDX-License-Identifier: Apache-2.0
"""FIT files, read back by two decoders that know nothing of the writer."""

import io
from collections.abc import Callable
from typing import Any

import fitdecode
import pytest
from garmin_fit_sdk import Decoder, Stream

from band.tests.export.logs import BEFORE, LOG, MIDNIGHT, MORNING, NIGHT, SOURCE
from wena.activity.records import ActivityLog, HeartRateMinute, StepMinute
from wena.export.fit import FIRST, LAST, fit_file

Message = tuple[str, dict[str, Any]]


def by_fitdecode(content: bytes) -> list[Message]:
    with fitdecode.FitReader(io.BytesIO(content), check_crc=fitdecode.CrcCheck.RAISE) as reader:
        return [
            (frame.name, {field.name: field.value for field in frame.fields})
            for frame in reader
            if isinstance(frame, fitdecode.FitDataMessage)
        ]


def by_garmin(content: bytes) -> list[Message]:
    decoder = Decoder(Stream.from_byte_array(bytearray(content)))
    assert decoder.check_integrity()
    found: list[Message] = []
    _, errors = Decoder(Stream.from_byte_array(bytearray(content))).read(
        mesg_listener=lambda number, fields: found.append((NAMES.get(number, str(number)), fields))
    )
    assert not errors
    return found


NAMES = {
    0: "file_id",
    23: "device_info",
    55: "monitoring",
    103: "monitoring_info",
    227: "stress_level",
    229: "max_met_data",
    275: "sleep_level",
}
DECODERS = pytest.mark.parametrize("read", [by_fitdecode, by_garmin])
Read = Callable[[bytes], list[Message]]


def values(messages: list[Message], name: str, *fields: str) -> list[tuple[Any, ...]]:
    """The values of the messages that have all these fields; times in Unix seconds."""
    return [
        tuple(_plain(content[field]) for field in fields)
        for kind, content in messages
        if kind == name and all(content.get(field) is not None for field in fields)
    ]


def _plain(value: Any) -> Any:
    return int(value.timestamp()) if hasattr(value, "timestamp") else value


@DECODERS
def test_it_is_a_monitoring_file_of_ours(read: Read) -> None:
    messages = read(fit_file(LOG, SOURCE)[0])
    assert values(messages[:1], "file_id", "type", "manufacturer", "time_created") == [
        ("monitoring_b", "development", SOURCE.created)
    ]


@DECODERS
def test_steps_count_up_through_a_day_and_begin_anew_at_the_wearers_midnight(read: Read) -> None:
    messages = read(fit_file(LOG, SOURCE)[0])
    assert values(messages, "monitoring", "timestamp", "activity_type", "steps") == [
        (BEFORE + 60, "walking", 100),
        (BEFORE + 120, "walking", 112),
        (MIDNIGHT, "walking", 119),
        (MORNING + 60, "walking", 110),
        (MORNING + 120, "walking", 110),
        (MORNING + 180, "running", 160),
    ]


@DECODERS
def test_each_day_begins_with_its_first_second_by_the_wearers_clock(read: Read) -> None:
    messages = read(fit_file(LOG, SOURCE)[0])
    days = values(messages, "monitoring_info", "timestamp")
    assert days == [(MIDNIGHT - 86_400,), (MIDNIGHT,)]


@DECODERS
def test_calories_are_whole_totals_and_said_to_be_an_estimate(read: Read) -> None:
    messages = read(fit_file(LOG, SOURCE)[0])
    assert values(messages, "monitoring", "timestamp", "calories") == [
        (BEFORE + 60, 4),
        (BEFORE + 120, 6),
        (MORNING + 60, 5),
    ]
    (descriptor,) = values(messages, "device_info", "descriptor")
    assert descriptor == ("calories: an estimate, about 30 % either way",)


@DECODERS
def test_a_pulse_is_written_and_no_reading_is_not(read: Read) -> None:
    messages = read(fit_file(LOG, SOURCE)[0])
    assert values(messages, "monitoring", "timestamp", "heart_rate") == [(BEFORE, 61)]


@DECODERS
def test_stress_sleep_and_vo2max_are_there(read: Read) -> None:
    messages = read(fit_file(LOG, SOURCE)[0])
    assert values(messages, "stress_level", "stress_level_time", "stress_level_value") == [
        (BEFORE, 0)
    ]
    assert values(messages, "sleep_level", "timestamp", "sleep_level") == [
        (NIGHT, "light"),
        (NIGHT + 7_200, "awake"),
        (NIGHT + 7_800, "deep"),
        (NIGHT + 14_400, "awake"),
    ]
    assert values(messages, "max_met_data", "update_time", "vo2_max") == [(MORNING, 41.0)]


@DECODERS
def test_messages_are_in_order_of_time(read: Read) -> None:
    messages = read(fit_file(LOG, SOURCE)[0])
    times = [time for (time,) in values(messages, "monitoring", "timestamp")]
    assert times == sorted(times)
    assert len(times) == 10


@DECODERS
def test_times_that_fit_cannot_hold_are_left_out_and_counted(read: Read) -> None:
    steps = [StepMinute(time, 5) for time in (0, FIRST - 1, FIRST, LAST, LAST + 1, 1 << 40)]
    content, left_out = fit_file(ActivityLog(steps=steps), SOURCE)
    assert left_out == 4
    kept = values(read(content), "monitoring", "timestamp", "steps")
    assert kept == [(FIRST + 60, 5), (LAST + 60, 5)]


@DECODERS
def test_many_days_come_back_whole(read: Read) -> None:
    count = 30 * 1_440
    steps = [StepMinute(MIDNIGHT + 60 * place, place % 130) for place in range(0, count, 120)]
    rates = [
        HeartRateMinute(MIDNIGHT + 60 * place, 50 + place % 90) for place in range(0, count, 60)
    ]
    messages = read(fit_file(ActivityLog(steps=steps, heart_rates=rates), SOURCE)[0])
    assert values(messages, "monitoring", "timestamp", "heart_rate") == [
        (rate.time, rate.bpm) for rate in rates
    ]
    totals = values(messages, "monitoring", "timestamp", "steps")
    assert len(totals) == len(steps)
    assert sum(max(total for _, total in day) for day in _days(totals)) == sum(
        minute.steps for minute in steps
    )


def _days(totals: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    days: dict[str, list[tuple[int, int]]] = {}
    for time, total in totals:
        days.setdefault(str(SOURCE.local(time - 1).date()), []).append((time, total))
    return list(days.values())
