# SPDX-License-Identifier: Apache-2.0
"""Steps by the minute, kept for months without a phone, and their sum for the wearer's day.

It is the log that the wena 3 role sends. It counts nothing itself and has no clock.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from wena.strap.errors import BadStepLog
from wena.wena3.activity_kinds import Block, Kind, Run
from wena.wena3.strap_role import Known
from wena.whole_file import write_whole

MINUTE, DAY = 60, 24 * 3600
KEPT_MINUTES = 200 * 24 * 60
LONGEST_PAUSE = 15
"""Minutes without steps that are sent as zeros; a longer pause begins a new run."""
MOST_A_MINUTE = 255


class StepLog:
    """Minutes with steps, by the Unix second they begin at. Without a `path` in memory only."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._minutes: dict[int, int] = self._load()
        self._changed = False

    def add(self, unix: float, steps: int) -> None:
        """`steps` were taken at this time; at most 255 a minute are kept."""
        minute = int(unix) // MINUTE * MINUTE
        self._minutes[minute] = min(self._minutes.get(minute, 0) + steps, MOST_A_MINUTE)
        self._changed = True
        while len(self._minutes) > KEPT_MINUTES:
            del self._minutes[min(self._minutes)]

    def since(self, unix: float) -> int:
        """The sum of all minutes from this time on."""
        return sum(steps for minute, steps in self._minutes.items() if minute >= unix)

    def blocks_since(self, known: Known) -> Iterator[Block]:
        """Runs of steps from the newest minute the phone has on, which it gets once more."""
        newest = known.get(Kind.STEPS)
        minutes = sorted(minute for minute in self._minutes if minute >= (newest or 0))
        run: list[int] = []
        for minute in minutes:
            if run and minute - run[-1] > LONGEST_PAUSE * MINUTE:
                yield self._run(run)
                run = []
            run.append(minute)
        if run:
            yield self._run(run)

    def clear(self) -> None:
        """Forget everything: another owner must not read it."""
        self._minutes.clear()
        self._changed = True
        self.save()

    def save(self) -> None:
        """Keep what has changed."""
        if self._path is not None and self._changed:
            write_whole(self._path, json.dumps(sorted(self._minutes.items())))
        self._changed = False

    def _run(self, minutes: list[int]) -> Run:
        every = range(minutes[0], minutes[-1] + MINUTE, MINUTE)
        return Run(Kind.STEPS, minutes[0], [self._minutes.get(minute, 0) for minute in every])

    def _load(self) -> dict[int, int]:
        if self._path is None or not self._path.exists():
            return {}
        try:
            pairs = json.loads(self._path.read_text(encoding="utf-8"))
            return {int(minute): int(steps) for minute, steps in pairs}
        except (ValueError, TypeError) as error:
            raise BadStepLog(f"{self._path} cannot be read. Move it away to begin anew.") from error


def day_start(unix: float, utc_offset: int, hour: int) -> int:
    """When the wearer's day began: the last time it was `hour` o'clock on the wrist, Unix."""
    shift = utc_offset - hour * 3600
    return int((unix + shift) // DAY * DAY - shift)
