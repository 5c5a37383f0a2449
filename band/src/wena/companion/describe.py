# SPDX-License-Identifier: Apache-2.0
"""Packets in words, for people: what is set, what the strap asked."""

import enum
from collections.abc import Sequence

from wena.wena3.alarms import Alarm, Weekday
from wena.wena3.companion_role import Told
from wena.wena3.reports import BandRequest, Battery, DeviceInfo, Request
from wena.wena3.settings import Settings

USUAL_DAYS = {
    "once": frozenset[Weekday](),
    "daily": frozenset(Weekday),
    "weekdays": frozenset(Weekday) - {Weekday.SAT, Weekday.SUN},
    "weekend": frozenset({Weekday.SAT, Weekday.SUN}),
}
ASKED = {
    Request.SYNC_REQUEST: "The strap asks to send its log.",
    Request.CALENDAR_REQUEST: "The strap asks for the calendar.",
    Request.FIND_PHONE: "The strap is looking for this phone!",
    Request.WEATHER_REQUEST: "The strap asks for the weather.",
    Request.MUSIC_REQUEST: "The strap asks what is playing.",
}


def settings_lines(settings: Settings) -> list[str]:
    """All settings, a line each, under the names that `set` takes."""
    body, display, icons = settings.body, settings.display, settings.home_icons
    buttons, quiet, power = (
        settings.button_actions,
        settings.do_not_disturb,
        settings.auto_power_off,
    )
    goal = settings.step_goal
    lines = {
        "alerts": _on_off(settings.notification_switches.notifications),
        "body": f"{_name(body.gender)}, born {body.birth_year}-{body.birth_month:02}-"
        f"{body.birth_day:02}, {body.height_mm / 10:g} cm, {body.weight_100g / 10:g} kg",
        "buttons": f"long {_name(buttons.long_press)}, double {_name(buttons.double_press)}",
        "calendar": _on_off(settings.notification_switches.calendar),
        "camera": _on_off(settings.camera_app.xperia_app),
        "day-start": f"{settings.day_start_hour.hour}:00",
        "display": f"{_name(display.font_size)} letters, {_name(display.hand)} hand, "
        f"{_name(display.language)}, lit for {display.screen_seconds} s, "
        f"wake on raise {_on_off(display.wake_on_raise)}, {_name(display.design)} design, "
        f"weather {_on_off(display.weather_in_status_bar)}",
        "do-not-disturb": _window(
            quiet.enabled, quiet.start_hour, quiet.start_minute, quiet.end_hour, quiet.end_minute
        ),
        "home-icons": f"{_name(icons.left)}, {_name(icons.center)}, {_name(icons.right)}",
        "menu": _names(settings.menu_icons.icons),
        "pages": _names(settings.status_pages.pages),
        "power": _window(
            power.enabled, power.off_hour, power.off_minute, power.on_hour, power.on_minute
        ),
        "step-goal": f"{goal.steps}, {'told' if goal.notify else 'not told'} when reached",
        "vibration": f"{_name(settings.vibration.strength)}, "
        f"smart {_on_off(settings.vibration.smart)}",
    }
    lines |= {
        f"alarm {place}": alarm_words(alarm)
        for place, alarm in enumerate(settings.alarms, start=1)
        if alarm is not None
    }
    return [f"{name + ':':<16}{text}" for name, text in lines.items()]


def alarm_words(alarm: Alarm) -> str:
    """One alarm."""
    days = _days(alarm.days)
    smart = (
        f", up to {alarm.smart_margin_min} minutes earlier in light sleep"
        if alarm.smart_margin_min
        else ""
    )
    state = "" if alarm.enabled else ", switched off"
    return f"{alarm.hour:02}:{alarm.minute:02} {days}{smart}{state}"


def told_words(told: Told) -> str:
    """What the strap said."""
    if isinstance(told, Battery):
        return f"Battery: {told.percent} %"
    if isinstance(told, DeviceInfo):
        return f"Firmware {told.version}, serial number {told.serial}"
    if isinstance(told, BandRequest):
        return _asked(told)
    name = told.characteristic.name.lower()
    return f"Something that nobody has explained yet, on “{name}”: {told.value.hex(' ')}"


def _asked(asked: BandRequest) -> str:
    if asked.dismissed_id is not None:
        return f"The wearer has dismissed notification {asked.dismissed_id}."
    if asked.request in ASKED:
        return ASKED[asked.request]
    return f"The strap asks something unknown: {bytes(asked).hex(' ')}"


def _days(days: frozenset[Weekday]) -> str:
    for name, usual in USUAL_DAYS.items():
        if days == usual:
            return name
    return ", ".join(day.name.lower() for day in sorted(days))


def _name(member: enum.IntEnum) -> str:
    return member.name.lower().replace("_", "-")


def _names(members: Sequence[enum.IntEnum]) -> str:
    return ", ".join(map(_name, members)) or "none"


def _on_off(state: bool) -> str:
    return "on" if state else "off"


def _window(enabled: bool, hour: int, minute: int, end_hour: int, end_minute: int) -> str:
    times = f"{hour:02}:{minute:02} to {end_hour:02}:{end_minute:02}"
    return times if enabled else f"off ({times})"
