# SPDX-License-Identifier: Apache-2.0
"""`wena companion notify …`: notifications, calls, music, weather and the calendar."""

import argparse
import json
import re
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from wena.companion.errors import BadInput
from wena.companion.verbs.options import add_common, home_of, member_of, where_of, whole_number
from wena.companion.visit import Visit, visit
from wena.notify.signal import MAX_COUNT, Led, VibrationKind
from wena.wena3.calendar_entry import MOST_ENTRIES, CalendarEntry
from wena.wena3.compose import Look, app_notification
from wena.wena3.weather import DAYS, Condition, Day, Sky, Weather, fahrenheit_of_celsius

HELP = "show something on the strap"
DAY_WORDS = re.compile(r"([a-z-]+)(?:/([a-z-]+))?:(-?\d+):(-?\d+)")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One subcommand for each kind of message."""
    kinds = parser.add_subparsers(dest="kind", metavar="KIND", required=True)
    app = _kind(kinds, "app", "a notification")
    app.add_argument("app", help="the app's name, up to 31 letters")
    app.add_argument("message", nargs="?", default="")
    app.add_argument("--id", type=whole_number(0, 2**31 - 1), help="to remove it by, later")
    app.add_argument("--led", type=member_of(Led), default=Led.BLUE, help="a colour, or none")
    app.add_argument("--vibration", type=member_of(VibrationKind), default=VibrationKind.BASIC)
    app.add_argument(
        "--repeat", type=whole_number(0, MAX_COUNT), default=1, help="0: until it is dismissed"
    )
    remove = _kind(kinds, "remove", "take a notification back")
    remove.add_argument("id", type=whole_number(0, 2**31 - 1))
    call = _kind(kinds, "call", "somebody rings")
    call.add_argument("number")
    call.add_argument("name", nargs="?", default="")
    _kind(kinds, "call-end", "the call is over")
    music = _kind(kinds, "music", "what is playing; nothing to hide it")
    music.add_argument("track", nargs="?")
    music.add_argument("artist", nargs="?")
    weather = _kind(kinds, "weather", f"{DAYS} days, today first")
    weather.add_argument(
        "days",
        nargs=DAYS,
        type=_day,
        metavar="SKY:LOW:HIGH",
        help="such as sunny:12:20 or cloudy/rain:9:15, in °C; "
        "sunny, cloudy, rain, heavy-rain, snow",
    )
    calendar = _kind(kinds, "calendar", "appointments, in place of those before")
    calendar.add_argument(
        "file",
        type=Path,
        help="a JSON array of objects: title, begin, end (ISO 8601), location, all_day",
    )


async def run(arguments: argparse.Namespace) -> int:
    """Raises BadInput where the strap would be told nothing."""
    entries = read_entries(arguments.file) if arguments.kind == "calendar" else []
    async with visit(home_of(arguments), where_of(arguments)) as here:
        if arguments.kind == "app":
            await _app(here, arguments)
            return 0
        if arguments.kind == "calendar":
            await _calendar(here, entries)
            return 0
        if arguments.kind == "remove":
            await here.role.remove(arguments.id)
        elif arguments.kind == "call":
            _want_alerts(here)
            await here.role.call(arguments.number, arguments.name)
        elif arguments.kind == "call-end":
            await here.role.end_call()
        elif arguments.kind == "music" and arguments.track:
            await here.role.play(arguments.track, arguments.artist)
        elif arguments.kind == "music":
            await here.role.pause()
        else:
            await here.role.send_weather(Weather(tuple(arguments.days)))
    print("Sent.")
    return 0


def _kind(kinds: Any, name: str, summary: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = kinds.add_parser(name, help=summary, description=summary)
    add_common(parser)
    return parser


def _want_alerts(here: Visit) -> None:
    if not here.role.settings.notification_switches.notifications:
        raise BadInput("Alerts are switched off. First: wena companion set alerts on")


async def _app(here: Visit, arguments: argparse.Namespace) -> None:
    _want_alerts(here)
    now = time.time_ns() // 1_000_000
    number = arguments.id if arguments.id is not None else now % 2**31
    look = Look(arguments.led, arguments.vibration, arguments.repeat)
    await here.role.notify(app_notification(number, arguments.app, arguments.message, now, look))
    print(f"Sent. To take it back: wena companion notify remove {number}")


async def _calendar(here: Visit, entries: list[CalendarEntry]) -> None:
    if not here.role.settings.notification_switches.calendar:
        raise BadInput("The calendar is switched off. First: wena companion set calendar on")
    here.keep(replace(here.kept, calendar=tuple(entries)))
    await here.role.send_calendar()
    print(f"{len(entries)} appointments sent.")


def _day(words: str) -> Day:
    match = DAY_WORDS.fullmatch(words)
    if match is None:
        raise argparse.ArgumentTypeError(f"“{words}” is not like sunny:12:20")
    sky = member_of(Sky)
    condition = Condition(sky(match[1]), sky(match[2] or match[1]))
    low, high = (fahrenheit_of_celsius(int(degrees)) for degrees in (match[3], match[4]))
    return Day(condition, condition, low, high)


def read_entries(path: Path) -> list[CalendarEntry]:
    """Appointments from a file, the earliest first. Raises BadInput."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        entries = [_entry(item) for item in content]
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadInput(
            f"{path} is not an array of appointments with title, begin and end ({error})."
        ) from error
    entries.sort(key=lambda entry: entry.begin_unix_ms)
    return entries[:MOST_ENTRIES]


def _entry(item: Any) -> CalendarEntry:
    return CalendarEntry(
        position=1,
        total=1,
        title=str(item["title"]),
        begin_unix_ms=_unix_ms(item["begin"]),
        end_unix_ms=_unix_ms(item["end"]),
        location=str(item.get("location", "")),
        all_day=bool(item.get("all_day", False)),
    )


def _unix_ms(text: str) -> int:
    """A moment without a zone is in this machine's."""
    return int(datetime.fromisoformat(text).timestamp() * 1000)
