# SPDX-License-Identifier: Apache-2.0
"""Where an exported log comes from, and the bounds of the times that files can hold."""

import uuid
from dataclasses import dataclass, fields
from datetime import UTC, datetime, tzinfo

from wena.activity.records import ActivityLog, Record

NAMESPACE = uuid.UUID("5c1d0f0e-6a3f-5d35-9b0e-5a7d3b0a7c44")
ESTIMATE = "an estimate, about 30 % either way"
ESTIMATE_PERCENT = 30
LAST_TIME = 253_402_214_399
"""The end of 9999-12-30, UTC: no calendar of ours goes on after the next day, in any zone."""


@dataclass(frozen=True, slots=True)
class Source:
    """The strap that wrote the log, the wearer's zone, and when the export was made."""

    zone: tzinfo
    created: int
    """Unix seconds."""
    name: str = "wena"
    device: str = ""
    """Anything that tells this strap from others; it makes the identifiers of records unique."""

    def identifier(self, kind: str, time: int, place: int = 0) -> str:
        """A UUID that is the same at each export, so that an importer sees repeats as repeats."""
        return str(uuid.uuid5(NAMESPACE, f"{self.device}/{kind}/{time}/{place}"))

    def local(self, time: int) -> datetime:
        """The wearer's clock at Unix second `time`."""
        return datetime.fromtimestamp(time, UTC).astimezone(self.zone)


def within(log: ActivityLog, first: int, last: int) -> tuple[ActivityLog, int]:
    """The records that lie in first..last (Unix seconds), and how many do not."""
    kept: dict[str, list[Record]] = {}
    left_out = 0
    for field in fields(ActivityLog):
        records: list[Record] = list(getattr(log, field.name))
        kept[field.name] = [
            record
            for record in records
            if first <= record.time <= getattr(record, "end", record.time) <= last
        ]
        left_out += len(records) - len(kept[field.name])
    return ActivityLog(**kept), left_out  # type: ignore[arg-type]


def is_empty(log: ActivityLog) -> bool:
    """Whether there is no record of any kind."""
    return not any(getattr(log, field.name) for field in fields(ActivityLog))
