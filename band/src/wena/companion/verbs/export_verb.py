# SPDX-License-Identifier: Apache-2.0
"""`wena companion export`: the log as FIT, CSV or Open mHealth JSON, for other programs."""

import argparse
import time
from datetime import date
from pathlib import Path

from wena.activity.records import ActivityLog
from wena.companion.errors import BadInput
from wena.companion.home import Home
from wena.companion.local_days import MachineZone, bounds, date_of
from wena.companion.settings_file import load_kept
from wena.companion.store import Store
from wena.companion.verbs.options import add_common, home_of
from wena.export.source import Source
from wena.export.write import FORMATS, write_export

HELP = "write the log as FIT, CSV or JSON (Open mHealth)"
NAME = "wena 3"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The format, the file and the days."""
    parser.add_argument("format", choices=FORMATS)
    parser.add_argument("file", type=Path, nargs="?", help="default: wena-FIRST-LAST.FORMAT, here")
    parser.add_argument("--from", dest="first", type=_day, metavar="YYYY-MM-DD", help="first day")
    parser.add_argument("--to", dest="last", type=_day, metavar="YYYY-MM-DD", help="last day")
    add_common(parser)


async def run(arguments: argparse.Namespace) -> int:
    """Raises BadInput and the errors of the export; then nothing is written."""
    first, last, log, serial = _read(home_of(arguments), arguments.first, arguments.last)
    path = arguments.file or Path(f"wena-{first}-{last}.{arguments.format}")
    source = Source(MachineZone(), int(time.time()), NAME, serial)
    exported = write_export(log, source, arguments.format, path)
    days = f"{first} to {last}" if first != last else str(first)
    for file in exported.files:
        print(f"{days}: {file}")
    if exported.left_out:
        print(f"{exported.left_out} records have times that a {arguments.format} cannot hold.")
    return 0


def _read(home: Home, first: date | None, last: date | None) -> tuple[date, date, ActivityLog, str]:
    """The days, their log and the strap's serial number; without days, all that is stored."""
    home.make()
    start_hour = load_kept(home.settings).settings.day_start_hour.hour
    with Store(home.log) as store:
        kept_from, kept_until = store.bounds() or (0, 1)
        first = first or date_of(kept_from, start_hour)
        last = last or max(first, date_of(kept_until - 1, start_hour))
        if last < first:
            raise BadInput("The last day is before the first.")
        start, end = bounds(first, start_hour)[0], bounds(last, start_hour)[1]
        return first, last, store.log(start, end), store.fact("serial") or ""


def _day(word: str) -> date:
    """A type for argparse: a date in years that a strap can have lived."""
    try:
        day = date.fromisoformat(word)
    except ValueError:
        day = date.min
    if not 1971 <= day.year <= 2200:
        raise argparse.ArgumentTypeError(f"“{word}” is not a date such as 2026-03-14")
    return day
