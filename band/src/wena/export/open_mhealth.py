# SPDX-License-Identifier: Apache-2.0
"""The log as Open mHealth data points (openmhealth.org), each a header and a body.

| record     | schema                                                                    |
|------------|---------------------------------------------------------------------------|
| steps      | omh:step-count:2.0                                                        |
| heart rate | omh:heart-rate:1.0                                                        |
| calories   | omh:calories-burned:2.0, with `note`: an estimate                         |
| sleep      | omh:sleep-episode:1.0, one of spans that follow each other                |
| behaviour  | omh:physical-activity:1.2 for walk, run and exercise                      |
| the rest   | wena:stress:1.0, wena:energy:1.0, wena:vo2max:1.0: no schema of theirs is |

Minutes without steps make no point, nor does a heart rate of 0 ("no reading").
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from wena.activity.records import ActivityLog, Behaviour, BehaviourSpan
from wena.export.source import ESTIMATE, Source

Body = dict[str, Any]
Point = dict[str, Any]

MINUTE = 60
ACTIVITIES = {
    Behaviour.WALK: "walking",
    Behaviour.RUN: "running",
    Behaviour.EXERCISE: "exercise",
}
ASLEEP = frozenset({Behaviour.SLEEP_DEEP, Behaviour.SLEEP_LIGHT, Behaviour.SLEEP_REM})
SLEEP = ASLEEP | {Behaviour.SLEEP_AWAKE}


def data_points(log: ActivityLog, source: Source) -> Iterator[Point]:
    """All points, kind by kind, each kind in order of time."""
    for minute in log.steps:
        if minute.steps:
            body: Body = {"step_count": minute.steps, **_span(source, minute.time)}
            yield _point(source, "omh:step-count:2.0", minute.time, body)
    for rate in log.heart_rates:
        if rate.bpm:
            body = {"heart_rate": {"value": rate.bpm, "unit": "beats/min"}}
            yield _point(
                source, "omh:heart-rate:1.0", rate.time, {**body, **_span(source, rate.time)}
            )
    for burnt in log.calories:
        body = {"kcal_burned": {"value": round(burnt.kilocalories, 3), "unit": "kcal"}}
        body |= {**_span(source, burnt.time), "note": ESTIMATE}
        yield _point(source, "omh:calories-burned:2.0", burnt.time, body)
    for span in log.behaviours:
        if span.kind in ACTIVITIES:
            body = {"activity_name": ACTIVITIES[span.kind], **_span(source, span.time, span.end)}
            yield _point(source, "omh:physical-activity:1.2", span.time, body)
    for episode in _nights(log):
        yield _point(source, "omh:sleep-episode:1.0", episode[0].time, _sleep(source, episode))
    yield from _own(log, source)


def _own(log: ActivityLog, source: Source) -> Iterator[Point]:
    for stress in log.stresses:
        body = {"stress": stress.level, **_span(source, stress.time)}
        yield _point(source, "wena:stress:1.0", stress.time, body)
    for energy in log.energies:
        body = {"energy": energy.level, **_span(source, energy.time)}
        yield _point(source, "wena:energy:1.0", energy.time, body)
    for value in log.vo2max:
        frame = {"effective_time_frame": {"date_time": _when(source, value.time)}}
        body = {"vo2max": {"value": value.value, "unit": "mL/kg/min"}, **frame, "note": "estimate"}
        yield _point(source, "wena:vo2max:1.0", value.time, body, value.index)


def _point(source: Source, schema: str, time: int, body: Body, place: int = 0) -> Point:
    namespace, name, version = schema.split(":")
    created = datetime.fromtimestamp(source.created, UTC).isoformat().replace("+00:00", "Z")
    header = {
        "id": source.identifier(name, time, place),
        "creation_date_time": created,
        "schema_id": {"namespace": namespace, "name": name, "version": version},
        "acquisition_provenance": {"source_name": source.name, "modality": "sensed"},
    }
    return {"header": header, "body": body}


def _span(source: Source, time: int, end: int | None = None) -> Body:
    start, stop = _when(source, time), _when(source, time + MINUTE if end is None else end)
    interval = {"start_date_time": start, "end_date_time": stop}
    return {"effective_time_frame": {"time_interval": interval}}


def _when(source: Source, time: int) -> str:
    return source.local(time).isoformat()


def _nights(log: ActivityLog) -> Iterator[list[BehaviourSpan]]:
    """Spans of sleep that follow each other without a gap and hold some sleep."""
    night: list[BehaviourSpan] = []
    for span in log.behaviours:
        if night and (span.kind not in SLEEP or span.time != night[-1].end):
            yield from _slept(night)
            night = []
        if span.kind in SLEEP:
            night.append(span)
    yield from _slept(night)


def _slept(night: list[BehaviourSpan]) -> Iterator[list[BehaviourSpan]]:
    if any(span.kind in ASLEEP for span in night):
        yield night


def _sleep(source: Source, night: list[BehaviourSpan]) -> Body:
    asleep = [span for span in night if span.kind in ASLEEP]
    inner = [span for span in night if asleep[0].time < span.time < asleep[-1].time]
    seconds = sum(span.end - span.time for span in asleep)
    return {
        **_span(source, night[0].time, night[-1].end),
        "initial_sleep_onset_date_time": _when(source, asleep[0].time),
        "final_awakening_date_time": _when(source, asleep[-1].end),
        "total_sleep_time": {"value": round(seconds / MINUTE, 2), "unit": "min"},
        "number_of_awakenings": sum(span.kind is Behaviour.SLEEP_AWAKE for span in inner),
    }
