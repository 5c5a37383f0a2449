# SPDX-License-Identifier: Apache-2.0
"""What `wena companion set` can set: words in, new settings and the packets to send out. Pure."""

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import SupportsBytes

from wena.companion.describe import USUAL_DAYS
from wena.companion.verbs.options import clock, list_of, member_of, on_off, whole_number
from wena.wena3.alarms import SLOTS, Alarm, Weekday, pack_alarms
from wena.wena3.body import Body, Gender, StepGoal
from wena.wena3.buttons import ButtonAction, ButtonActions
from wena.wena3.schedule import AutoPowerOff, DayStartHour, DoNotDisturb
from wena.wena3.screen import (
    Design,
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
from wena.wena3.settings import EARLIEST_BIRTH_YEAR, Settings
from wena.wena3.switches import CameraApp, Strength

Outcome = tuple[Settings, str, Sequence[SupportsBytes]]
"""The settings as they will be, the field that was set, and what the strap must be told."""

CLOUD_ICONS = frozenset({"none", "alexa", "qrio"})
CLOUD_HOME = frozenset({"alexa", "wena_pay", "qrio_lock", "riiiver"})
CLOUD_BUTTONS = frozenset({"alexa", "qrio", "qrio_lock", "qrio_unlock", "wena_pay", "riiiver"})
"""What needs services of the maker that are gone, so that nobody is offered it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be set."""

    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    apply: Callable[[Settings, argparse.Namespace], Outcome]


def _one(settings: Settings, name: str, packet: SupportsBytes) -> Outcome:
    changed: Settings = replace(settings, **{name: packet})  # type: ignore[arg-type]
    return changed, name, [packet]


def _days(words: str) -> frozenset[Weekday]:
    if words in USUAL_DAYS:
        return USUAL_DAYS[words]
    return frozenset(list_of(Weekday, frozenset())(words))


def _alarm_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("slot", type=whole_number(1, SLOTS), help=f"1 to {SLOTS}")
    parser.add_argument("time", type=clock, nargs="?", help="such as 06:30")
    parser.add_argument(
        "--days", type=_days, default=frozenset(), help="mon,tue… or daily, weekdays, weekend"
    )
    parser.add_argument(
        "--smart",
        type=whole_number(0, 60),
        default=0,
        metavar="MINUTES",
        help="may ring that much earlier, in light sleep",
    )
    parser.add_argument("--off", action="store_true", help="keep it, but switched off")
    parser.add_argument("--remove", action="store_true", help="empty the slot")


def _alarm(settings: Settings, chosen: argparse.Namespace) -> Outcome:
    if (chosen.time is None) != chosen.remove:
        raise argparse.ArgumentTypeError("give a time, or --remove")
    alarms = list(settings.alarms)
    alarms[chosen.slot - 1] = None
    if chosen.time is not None:
        hour, minute = chosen.time
        alarms[chosen.slot - 1] = Alarm(not chosen.off, hour, minute, chosen.days, chosen.smart)
    return replace(settings, alarms=tuple(alarms)), "alarms", pack_alarms(tuple(alarms))


def _body_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--gender", type=member_of(Gender), help="for the strap's formulas")
    parser.add_argument("--birth", type=date.fromisoformat, metavar="YYYY-MM-DD")
    parser.add_argument("--height", type=float, metavar="CM")
    parser.add_argument("--weight", type=float, metavar="KG")


def _body(settings: Settings, chosen: argparse.Namespace) -> Outcome:
    old = settings.body
    body = Body(
        old.gender if chosen.gender is None else chosen.gender,
        *((chosen.birth.year, chosen.birth.month, chosen.birth.day) if chosen.birth else ()),
    )
    if not chosen.birth:
        body = replace(
            body,
            birth_year=old.birth_year,
            birth_month=old.birth_month,
            birth_day=old.birth_day,
        )
    if body.birth_year < EARLIEST_BIRTH_YEAR:
        raise argparse.ArgumentTypeError(f"the strap takes birth years from {EARLIEST_BIRTH_YEAR}")
    height = old.height_mm if chosen.height is None else round(chosen.height * 10)
    weight = old.weight_100g if chosen.weight is None else round(chosen.weight * 10)
    if not 500 <= height <= 2500 or not 200 <= weight <= 3000:
        raise argparse.ArgumentTypeError("a height of 50 to 250 cm and a weight of 20 to 300 kg")
    return _one(settings, "body", replace(body, height_mm=height, weight_100g=weight))


def _display_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--font", dest="font_size", type=member_of(FontSize), help="normal, large")
    parser.add_argument("--hand", type=member_of(Hand), help="left, right")
    parser.add_argument("--language", type=member_of(Language), help="english, japanese")
    parser.add_argument("--wake-on-raise", type=on_off, help="on, off")
    parser.add_argument("--design", type=member_of(Design), help="normal, rich")
    parser.add_argument("--weather", dest="weather_in_status_bar", type=on_off, help="on, off")
    parser.add_argument(
        "--seconds",
        dest="screen_seconds",
        type=whole_number(5, 30),
        help="how long it stays lit, 5 to 30",
    )


def _display(settings: Settings, chosen: argparse.Namespace) -> Outcome:
    names = (
        *("font_size", "hand", "language", "wake_on_raise", "design"),
        *("weather_in_status_bar", "screen_seconds"),
    )
    given = {name: getattr(chosen, name) for name in names}
    changes = {name: value for name, value in given.items() if value is not None}
    return _one(settings, "display", replace(settings.display, **changes))


def _home_arguments(parser: argparse.ArgumentParser) -> None:
    for place in ("left", "center", "right"):
        parser.add_argument(place, type=member_of(HomeIcon, CLOUD_HOME))


def _buttons_arguments(parser: argparse.ArgumentParser) -> None:
    action = member_of(ButtonAction, CLOUD_BUTTONS)
    parser.add_argument("--long", type=action, metavar="ACTION")
    parser.add_argument("--double", type=action, metavar="ACTION")


def _buttons(settings: Settings, chosen: argparse.Namespace) -> Outcome:
    old = settings.button_actions
    actions = ButtonActions(
        old.long_press if chosen.long is None else chosen.long,
        old.double_press if chosen.double is None else chosen.double,
    )
    return _one(settings, "button_actions", actions)


def _vibration_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--strength", type=member_of(Strength), help="weak, normal, strong")
    parser.add_argument("--smart", type=on_off, help="let the strap adapt it: on, off")


def _vibration(settings: Settings, chosen: argparse.Namespace) -> Outcome:
    given = {"strength": chosen.strength, "smart": chosen.smart}
    changes = {name: value for name, value in given.items() if value is not None}
    return _one(settings, "vibration", replace(settings.vibration, **changes))


def _window_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("start", type=clock, nargs="?", help="such as 22:00; none to switch it off")
    parser.add_argument("end", type=clock, nargs="?", help="such as 06:00")


def _do_not_disturb(settings: Settings, chosen: argparse.Namespace) -> Outcome:
    old = settings.do_not_disturb
    packet = replace(old, enabled=False)
    if chosen.start:
        packet = DoNotDisturb(True, *chosen.start, *(chosen.end or (old.end_hour, old.end_minute)))
    return _one(settings, "do_not_disturb", packet)


def _power(settings: Settings, chosen: argparse.Namespace) -> Outcome:
    old = settings.auto_power_off
    packet = replace(old, enabled=False)
    if chosen.start:
        packet = AutoPowerOff(True, *chosen.start, *(chosen.end or (old.on_hour, old.on_minute)))
    return _one(settings, "auto_power_off", packet)


def _goal_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("steps", type=whole_number(1, 1_000_000))
    parser.add_argument("--notify", action="store_true", help="the strap tells when it is reached")


def _switch(name: str) -> Callable[[Settings, argparse.Namespace], Outcome]:
    def apply(settings: Settings, chosen: argparse.Namespace) -> Outcome:
        switches = replace(settings.notification_switches, **{name: chosen.state})
        return _one(settings, "notification_switches", switches)

    return apply


def _state(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("state", type=on_off, metavar="on|off")


CHOICES = {
    "alarm": Choice("one of nine alarms, with smart wake-up", _alarm_arguments, _alarm),
    "alerts": Choice("whether notifications are sent", _state, _switch("notifications")),
    "body": Choice("who wears it, for calories and VO2max", _body_arguments, _body),
    "buttons": Choice("what the button does", _buttons_arguments, _buttons),
    "calendar": Choice("whether the calendar is sent", _state, _switch("calendar")),
    "camera": Choice(
        "whether this phone has Sony's Photo Pro camera",
        _state,
        lambda settings, chosen: _one(settings, "camera_app", CameraApp(chosen.state)),
    ),
    "day-start": Choice(
        "the hour at which a new day begins",
        lambda parser: _add(parser, "hour", whole_number(0, 23)),
        lambda settings, chosen: _one(settings, "day_start_hour", DayStartHour(chosen.hour)),
    ),
    "display": Choice("letters, hand, language, seconds", _display_arguments, _display),
    "do-not-disturb": Choice("a window of quiet", _window_arguments, _do_not_disturb),
    "home-icons": Choice(
        "the three icons of the home screen",
        _home_arguments,
        lambda settings, chosen: _one(
            settings, "home_icons", HomeIcons(chosen.left, chosen.center, chosen.right)
        ),
    ),
    "menu": Choice(
        "the icons of the menu, in order",
        lambda parser: _add(parser, "icons", list_of(MenuIcon, CLOUD_ICONS)),
        lambda settings, chosen: _one(settings, "menu_icons", MenuIcons(chosen.icons)),
    ),
    "pages": Choice(
        "the pages of the day's numbers, in order",
        lambda parser: _add(parser, "pages", list_of(StatusPage, frozenset({"none"}))),
        lambda settings, chosen: _one(settings, "status_pages", StatusPages(chosen.pages)),
    ),
    "power": Choice("when it turns itself off and on again", _window_arguments, _power),
    "step-goal": Choice(
        "steps a day",
        _goal_arguments,
        lambda settings, chosen: _one(settings, "step_goal", StepGoal(chosen.notify, chosen.steps)),
    ),
    "vibration": Choice("how strongly it vibrates", _vibration_arguments, _vibration),
}


def _add(parser: argparse.ArgumentParser, name: str, kind: Callable[[str], object]) -> None:
    parser.add_argument(name, type=kind)
