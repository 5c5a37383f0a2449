# SPDX-License-Identifier: Apache-2.0
"""From the named fields of a byte vector to a packet.

Names of packets and fields are those of docs/services/wena3.md; enumerations are lower-case names,
times Unix milliseconds. Fields that are another view of the same value (`tz`, `max_k` beside
`max_f`) are not needed.
"""

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any, SupportsBytes, TypeVar

from wena.notify.signal import Led, VibrationKind
from wena.wena3.activity_command import ActivityStart, ActivityTimesA, ActivityTimesB
from wena.wena3.activity_frame import activity_crc
from wena.wena3.alarms import Alarm, Alarms, Weekday
from wena.wena3.body import Body, Gender, StepGoal
from wena.wena3.buttons import ButtonAction, ButtonActions
from wena.wena3.calendar_entry import CalendarEmpty, CalendarEntry
from wena.wena3.clock import Time, TimeZone
from wena.wena3.music import Music
from wena.wena3.notification import (
    CallEnd,
    Flags,
    Notification,
    NotificationKind,
    NotificationRemove,
)
from wena.wena3.reading import Reading
from wena.wena3.schedule import AutoPowerOff, DayStartHour, DoNotDisturb
from wena.wena3.screen import (
    Design,
    Display,
    FontSize,
    Hand,
    HomeIcon,
    HomeIcons,
    Language,
    MenuIcon,
    MenuIcons,
    StatusPage,
    StatusPages,
)
from wena.wena3.switches import CameraApp, NotificationSwitches, Strength, VibrationStrength
from wena.wena3.weather import Condition, Day, Sky, Weather, condition_of_owm, fahrenheit_of_kelvin

Fields = Mapping[str, Any]
Member = TypeVar("Member", bound=IntEnum)


def encode_fields(name: str, fields: Fields, reading: Reading) -> bytes:
    """The bytes for a packet's fields.

    Raises KeyError for a name or field that is not known, and OutOfRange or ValueError for values
    that do not fit.
    """
    if name == "activity_crc":
        return activity_crc(bytes.fromhex(fields["data_hex"])).to_bytes(2, "little")
    if name == "weather_code":
        return bytes([int(condition_of_owm(fields["owm_code"], reading))])
    packet = BUILDERS[name](fields)
    if isinstance(packet, Notification | CalendarEntry | Weather | Music):
        return packet.encode(reading)
    return bytes(packet)


def known_names() -> frozenset[str]:
    """The names of all packets."""
    return frozenset(BUILDERS) | {"activity_crc", "weather_code"}


def _member(kind: type[Member], name: str) -> Member:
    return kind[name.upper()]


def _alarm(fields: Fields | None) -> Alarm | None:
    if fields is None:
        return None
    return Alarm(
        enabled=fields["enabled"],
        hour=fields["hour"],
        minute=fields["minute"],
        days=frozenset(_member(Weekday, day) for day in fields["days"]),
        smart_margin_min=fields["smart_margin_min"],
    )


def _body(fields: Fields) -> Body:
    return Body(
        _member(Gender, fields["gender"]),
        fields["birth_year"],
        fields["birth_month"],
        fields["birth_day"],
        round(fields["height_cm"] * 10),
        round(fields["weight_kg"] * 10),
    )


def _display(fields: Fields) -> Display:
    return Display(
        _member(FontSize, fields["font_size"]),
        _member(Hand, fields["hand"]),
        _member(Language, fields["language"]),
        fields["wake_on_raise"],
        _member(Design, fields["design"]),
        fields["weather_in_status_bar"],
        fields["screen_seconds"],
    )


def _notification(fields: Fields) -> Notification:
    return Notification(
        id=fields["id"],
        title=fields["title"],
        message=fields["message"],
        action=fields["action"],
        unix_ms=fields["unix_ms"],
        kind=_member(NotificationKind, fields["kind"]),
        led=_member(Led, fields["led"]),
        vibration=_member(VibrationKind, fields["vibration"]),
        repeat=fields["repeat"],
        continuous=fields["continuous"],
        flags=_member(Flags, fields["flags"]),
    )


def _weather_day(fields: Fields) -> Day:
    return Day(
        Condition(_member(Sky, fields["day_main"]), _member(Sky, fields["day_sub"])),
        Condition(_member(Sky, fields["night_main"]), _member(Sky, fields["night_sub"])),
        fields["min_f"] if "min_f" in fields else fahrenheit_of_kelvin(fields["min_k"]),
        fields["max_f"] if "max_f" in fields else fahrenheit_of_kelvin(fields["max_k"]),
    )


def _seconds(unix_ms: int | None) -> int | None:
    """Whole seconds, cut so that the wire's own rule (towards 2020) gives the same."""
    if unix_ms is None:
        return None
    return Time.from_bytes(bytes(Time(unix_ms))).unix_ms // 1000


BUILDERS: Mapping[str, Callable[[Fields], SupportsBytes]] = {
    "time": lambda f: Time(f["unix_ms"]),
    "time_zone": lambda f: TimeZone(f["utc_offset_s"]),
    "notification_switches": lambda f: NotificationSwitches(f["notifications"], f["calendar"]),
    "camera_app": lambda f: CameraApp(f["xperia_app"]),
    "vibration": lambda f: VibrationStrength(_member(Strength, f["strength"]), f["smart"]),
    "do_not_disturb": lambda f: DoNotDisturb(
        f["enabled"], f["start_hour"], f["start_minute"], f["end_hour"], f["end_minute"]
    ),
    "auto_power_off": lambda f: AutoPowerOff(
        f["enabled"], f["off_hour"], f["off_minute"], f["on_hour"], f["on_minute"]
    ),
    "day_start_hour": lambda f: DayStartHour(f["hour"]),
    "step_goal": lambda f: StepGoal(f["notify"], f["steps"]),
    "status_pages": lambda f: StatusPages(tuple(_member(StatusPage, page) for page in f["pages"])),
    "menu_icons": lambda f: MenuIcons(tuple(_member(MenuIcon, icon) for icon in f["icons"])),
    "display": _display,
    "home_icons": lambda f: HomeIcons(
        *(_member(HomeIcon, f[place]) for place in ("left", "center", "right"))
    ),
    "button_actions": lambda f: ButtonActions(
        *(_member(ButtonAction, f[press]) for press in ("long_press", "double_press"))
    ),
    "body": _body,
    "alarms": lambda f: Alarms(f["first_slot"], tuple(_alarm(alarm) for alarm in f["alarms"])),
    "notification": _notification,
    "notification_remove": lambda f: NotificationRemove(
        _member(NotificationKind, f["kind"]), f["id"]
    ),
    "call_end": lambda f: CallEnd(),
    "calendar_entry": lambda f: CalendarEntry(
        position=f["position"],
        total=f["total"],
        title=f["title"],
        begin_unix_ms=f["begin_unix_ms"],
        end_unix_ms=f["end_unix_ms"],
        location=f["location"],
        all_day=f["all_day"],
    ),
    "calendar_empty": lambda f: CalendarEmpty(f["position"], f["total"]),
    "weather": lambda f: Weather(tuple(_weather_day(day) for day in f["days"])),
    "music": lambda f: Music(f["text"]),
    "activity_times_a": lambda f: ActivityTimesA(
        *(_seconds(f[f"{kind}_unix_ms"]) for kind in ("steps", "heart_rate", "behavior", "vo2max"))
    ),
    "activity_times_b": lambda f: ActivityTimesB(
        *(_seconds(f[f"{kind}_unix_ms"]) for kind in ("stress", "energy", "calories", "events"))
    ),
    "activity_start": lambda f: ActivityStart(),
}
