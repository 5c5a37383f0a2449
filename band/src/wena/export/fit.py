# SPDX-License-Identifier: Apache-2.0
"""The log as a FIT file of the type `monitoring_b` (Garmin FIT SDK, profile 21).

| record     | message         | fields                                                          |
|------------|-----------------|-----------------------------------------------------------------|
| each day   | monitoring_info | timestamp and local_timestamp of the day's first second         |
| steps      | monitoring      | steps since the day began, activity_type walking or running     |
| calories   | monitoring      | calories since the day began (whole kcal): an estimate          |
| heart rate | monitoring      | heart_rate                                                      |
| stress     | stress_level    | 0 to 100                                                        |
| sleep      | sleep_level     | the level from here to the next; awake where sleep ends         |
| VO2max     | max_met_data    | vo2_max                                                         |

FIT counts up within a day, so a minute's total is stamped with the minute's end, and the totals
begin anew at the wearer's midnight. FIT has no word for "estimate": `device_info.descriptor` says
it. The strap's "energy" has no message that means the same; CSV and JSON hold it.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from fit_tool.data_message import DataMessage
from fit_tool.fit_file_builder import FitFileBuilder
from fit_tool.profile.messages.device_info_message import DeviceInfoMessage
from fit_tool.profile.messages.file_id_message import FileIdMessage
from fit_tool.profile.messages.max_met_data_message import MaxMetDataMessage
from fit_tool.profile.messages.monitoring_info_message import MonitoringInfoMessage
from fit_tool.profile.messages.monitoring_message import MonitoringMessage
from fit_tool.profile.messages.sleep_level_message import SleepLevelMessage
from fit_tool.profile.messages.stress_level_message import StressLevelMessage
from fit_tool.profile.profile_type import ActivityType, FileType, Manufacturer, SleepLevel

from wena.activity.records import ActivityLog, Behaviour, BehaviourSpan
from wena.export.source import ESTIMATE, Source, within

EPOCH = 631_065_600
"""Unix seconds of 1989-12-31 00:00:00 UTC, where FIT begins to count."""
FIRST = EPOCH + 0x1000_0000
"""Smaller values mean "since the device was switched on"."""
LAST = EPOCH + 0xFFFF_FFFE - 86_400
MINUTE = 60
MOST_CALORIES = 65_534
SLEEP = {
    Behaviour.SLEEP_DEEP: SleepLevel.DEEP,
    Behaviour.SLEEP_LIGHT: SleepLevel.LIGHT,
    Behaviour.SLEEP_REM: SleepLevel.REM,
    Behaviour.SLEEP_AWAKE: SleepLevel.AWAKE,
}

Stamped = tuple[int, DataMessage]
"""Unix seconds, and what the file says of that moment."""


def fit_file(log: ActivityLog, source: Source) -> tuple[bytes, int]:
    """The file, and how many records were left out because FIT cannot hold their times."""
    log, left_out = within(log, FIRST, LAST)
    builder = FitFileBuilder(auto_define=True)
    builder.add(_message(FileIdMessage, 0, **_about(source)))
    stamped = sorted(_messages(log, source), key=lambda each: each[0])
    created = min(max(source.created, FIRST), LAST)
    note = f"calories: {ESTIMATE}"
    device = {"timestamp": created * 1000, "device_index": 0, "descriptor": note}
    builder.add(_message(DeviceInfoMessage, 0, **device))
    today = None
    for time, message in stamped:
        day = _day_of(source, time)
        if day != today:
            today = day
            builder.add(_day_begins(source, day))
        builder.add(message)
    return builder.build_bytes(), left_out


def _about(source: Source) -> dict[str, Any]:
    return {
        "type": FileType.MONITORING_B,
        "manufacturer": Manufacturer.DEVELOPMENT.value,
        "product": 0,
        "time_created": min(max(source.created, FIRST), LAST) * 1000,
        "product_name": source.name,
    }


def _message(kind: type[DataMessage], local_id: int, **values: Any) -> DataMessage:
    """Messages of one layout share a `local_id`, so that the layout is written once."""
    message = kind(local_id=local_id)
    for name, value in values.items():
        setattr(message, name, value)
    return message


def _day_of(source: Source, time: int) -> int:
    """The Unix second at which the wearer's day of `time` began; `time` ends a minute."""
    local = source.local(time - 1)
    return int(local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0).timestamp())


def _day_begins(source: Source, day: int) -> DataMessage:
    offset = source.local(day).utcoffset()
    shift = int(offset.total_seconds()) if offset else 0
    return _message(
        MonitoringInfoMessage, 1, timestamp=day * 1000, local_timestamp=day - EPOCH + shift
    )


def _messages(log: ActivityLog, source: Source) -> Iterator[Stamped]:
    yield from _steps(log, source)
    yield from _calories(log, source)
    for rate in log.heart_rates:
        if 0 < rate.bpm < 255:
            at = rate.time * 1000
            yield (
                rate.time + 1,
                _message(MonitoringMessage, 4, timestamp=at, heart_rate=rate.bpm),
            )
    for stress in log.stresses:
        values = {"stress_level_time": stress.time * 1000, "stress_level_value": stress.percent}
        yield stress.time + 1, _message(StressLevelMessage, 5, **values)
    yield from _sleep(log.behaviours)
    for value in log.vo2max:
        values = {"update_time": value.time * 1000, "vo2_max": value.value}
        yield value.time + 1, _message(MaxMetDataMessage, 7, **values)


def _steps(log: ActivityLog, source: Source) -> Iterator[Stamped]:
    runs = [span for span in log.behaviours if span.kind is Behaviour.RUN]
    for _, minutes in groupby(log.steps, lambda each: _day_of(source, each.time + MINUTE)):
        totals = {ActivityType.WALKING: 0, ActivityType.RUNNING: 0}
        for minute in minutes:
            while runs and runs[0].end <= minute.time:
                runs.pop(0)
            is_run = bool(runs) and runs[0].time <= minute.time
            kind = ActivityType.RUNNING if is_run else ActivityType.WALKING
            totals[kind] += minute.steps
            end = minute.time + MINUTE
            values = {"timestamp": end * 1000, "activity_type": kind, "steps": totals[kind]}
            yield end, _message(MonitoringMessage, 2, **values)


def _calories(log: ActivityLog, source: Source) -> Iterator[Stamped]:
    for _, minutes in groupby(log.calories, lambda each: _day_of(source, each.time + MINUTE)):
        total = 0.0
        for minute in minutes:
            total += minute.kilocalories
            end = minute.time + MINUTE
            calories = min(round(total), MOST_CALORIES)
            yield end, _message(MonitoringMessage, 3, timestamp=end * 1000, calories=calories)


def _sleep(spans: Sequence[BehaviourSpan]) -> Iterator[Stamped]:
    nights = [span for span in spans if span.kind in SLEEP]
    for place, span in enumerate(nights):
        values = {"timestamp": span.time * 1000, "sleep_level": SLEEP[span.kind]}
        yield span.time + 1, _message(SleepLevelMessage, 6, **values)
        if place + 1 == len(nights) or nights[place + 1].time > span.end:
            awake = {"timestamp": span.end * 1000, "sleep_level": SleepLevel.AWAKE}
            yield span.end + 1, _message(SleepLevelMessage, 6, **awake)
