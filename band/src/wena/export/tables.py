# SPDX-License-Identifier: Apache-2.0
"""The log as CSV tables: one row a minute, one row a span of behaviour, one row a VO2max.

RFC 4180 (commas, CRLF), UTF-8. `time` is the wearer's clock in ISO 8601 with its offset, `unix` the
same in seconds. An empty cell is a value that nobody measured; it is not zero.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain

from wena.activity.records import ActivityLog
from wena.export.source import Source

MINUTES = (
    "time",
    "unix",
    "steps",
    "heart_rate_bpm",
    "stress_minus_100_to_100",
    "energy",
    "kcal_estimate_plus_minus_30_percent",
)
SPANS = ("time", "unix", "end", "end_unix", "behaviour")
VO2MAX = ("time", "unix", "vo2max_estimate")


def tables(log: ActivityLog, source: Source) -> dict[str, Iterator[str]]:
    """Lines of each table by its name: `minutes` always, `behaviour` and `vo2max` if any."""
    found = {"minutes": _lines(MINUTES, _minutes(log, source))}
    if log.behaviours:
        found["behaviour"] = _lines(SPANS, _spans(log, source))
    if log.vo2max:
        found["vo2max"] = _lines(VO2MAX, _vo2max(log, source))
    return found


def _lines(heading: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in chain((heading,), rows):
        writer.writerow(row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _minutes(log: ActivityLog, source: Source) -> Iterator[list[object]]:
    columns: list[dict[int, object]] = [
        {record.time: record.steps for record in log.steps},
        {record.time: record.bpm for record in log.heart_rates if record.bpm},
        {record.time: record.level for record in log.stresses},
        {record.time: record.level for record in log.energies},
        {record.time: round(record.kilocalories, 2) for record in log.calories},
    ]
    for time in sorted(set().union(*columns)):
        yield [source.local(time).isoformat(), time, *(column.get(time) for column in columns)]


def _spans(log: ActivityLog, source: Source) -> Iterator[list[object]]:
    for span in log.behaviours:
        start, end = source.local(span.time).isoformat(), source.local(span.end).isoformat()
        yield [start, span.time, end, span.end, span.kind.name.lower()]


def _vo2max(log: ActivityLog, source: Source) -> Iterator[list[object]]:
    for record in log.vo2max:
        yield [source.local(record.time).isoformat(), record.time, record.value]
