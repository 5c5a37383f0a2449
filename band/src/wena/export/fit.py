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
from fit_tool.definition_message import DefinitionMessage
from fit_tool.fit_file_header import FitFileHeader
from fit_tool.profile.messages.device_info_message import DeviceInfoMessage
from fit_tool.profile.messages.file_id_message import FileIdMessage
from fit_tool.profile.messages.max_met_data_message import MaxMetDataMessage
from fit_tool.profile.messages.monitoring_info_message import MonitoringInfoMessage
from fit_tool.profile.messages.monitoring_message import MonitoringMessage
from fit_tool.profile.messages.sleep_level_message import SleepLevelMessage
from fit_tool.profile.messages.stress_level_message import StressLevelMessage
from fit_tool.profile.profile_type import ActivityType, FileType, Manufacturer, SleepLevel
from fit_tool.record import Record
from fit_tool.utils.crc import crc16

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

Content = tuple[type[DataMessage], int, dict[str, Any]]
"""Kind of message, the number of its layout in the file, and its fields."""
Stamped = tuple[int, Content]
"""Unix seconds, and what the file says of that moment."""


def fit_file(log: ActivityLog, source: Source) -> tuple[bytes, int]:
    """The file, and how many records were left out because FIT cannot hold their times."""
    log, left_out = within(log, FIRST, LAST)
    records = _Records()
    records.add(FileIdMessage, 0, **_about(source))
    created = min(max(source.created, FIRST), LAST)
    note = f"calories: {ESTIMATE}"
    records.add(DeviceInfoMessage, 8, timestamp=created * 1000, device_index=0, descriptor=note)
    today = None
    for time, (kind, layout, values) in sorted(_messages(log, source), key=lambda each: each[0]):
        day = _day_of(source, time)
        if day != today:
            today = day
            records.add(MonitoringInfoMessage, 1, **_day_begins(source, day))
        records.add(kind, layout, **values)
    return records.file(), left_out


class _Records:
    """The records of a file. Each layout is written once and its message used again: building a
    message of thirty fields for every minute takes most of the time otherwise."""

    def __init__(self) -> None:
        self._messages: dict[int, DataMessage] = {}
        self._content = bytearray()

    def add(self, kind: type[DataMessage], layout: int, **values: Any) -> None:
        """Write a message; the same `layout` goes with the same kind and fields."""
        message = self._messages.get(layout) or kind(local_id=layout)
        for name, value in values.items():
            setattr(message, name, value)
        if layout not in self._messages:
            self._messages[layout] = message
            definition = DefinitionMessage.from_data_message(message)
            message.set_definition_message(definition)
            self._content += Record.from_message(definition).to_bytes()
        self._content += Record.from_message(message).to_bytes()

    def file(self) -> bytes:
        """All records between the header and the check sum."""
        content = FitFileHeader(records_size=len(self._content)).to_bytes() + self._content
        return bytes(content) + int(crc16(content)).to_bytes(2, "little")


def _about(source: Source) -> dict[str, Any]:
    return {
        "type": FileType.MONITORING_B,
        "manufacturer": Manufacturer.DEVELOPMENT.value,
        "product": 0,
        "time_created": min(max(source.created, FIRST), LAST) * 1000,
        "product_name": source.name,
    }


def _day_of(source: Source, time: int) -> int:
    """The Unix second at which the wearer's day of `time` began; `time` ends a minute."""
    local = source.local(time - 1)
    return int(local.replace(hour=0, minute=0, second=0, microsecond=0, fold=0).timestamp())


def _day_begins(source: Source, day: int) -> dict[str, Any]:
    offset = source.local(day).utcoffset()
    shift = int(offset.total_seconds()) if offset else 0
    return {"timestamp": day * 1000, "local_timestamp": day - EPOCH + shift}


def _messages(log: ActivityLog, source: Source) -> Iterator[Stamped]:
    yield from _steps(log, source)
    yield from _calories(log, source)
    for rate in log.heart_rates:
        if 0 < rate.bpm < 255:
            values = {"timestamp": rate.time * 1000, "heart_rate": rate.bpm}
            yield rate.time + 1, (MonitoringMessage, 4, values)
    for stress in log.stresses:
        values = {"stress_level_time": stress.time * 1000, "stress_level_value": stress.percent}
        yield stress.time + 1, (StressLevelMessage, 5, values)
    yield from _sleep(log.behaviours)
    for value in log.vo2max:
        values = {"update_time": value.time * 1000, "vo2_max": value.value}
        yield value.time + 1, (MaxMetDataMessage, 7, values)


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
            yield end, (MonitoringMessage, 2, values)


def _calories(log: ActivityLog, source: Source) -> Iterator[Stamped]:
    for _, minutes in groupby(log.calories, lambda each: _day_of(source, each.time + MINUTE)):
        total = 0.0
        for minute in minutes:
            total += minute.kilocalories
            end = minute.time + MINUTE
            values = {"timestamp": end * 1000, "calories": min(round(total), MOST_CALORIES)}
            yield end, (MonitoringMessage, 3, values)


def _sleep(spans: Sequence[BehaviourSpan]) -> Iterator[Stamped]:
    nights = [span for span in spans if span.kind in SLEEP]
    for place, span in enumerate(nights):
        values = {"timestamp": span.time * 1000, "sleep_level": SLEEP[span.kind]}
        yield span.time + 1, (SleepLevelMessage, 6, values)
        if place + 1 == len(nights) or nights[place + 1].time > span.end:
            awake = {"timestamp": span.end * 1000, "sleep_level": SleepLevel.AWAKE}
            yield span.end + 1, (SleepLevelMessage, 6, awake)
