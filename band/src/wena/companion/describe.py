# SPDX-License-Identifier: Apache-2.0
"""Packets in words, for people: what is set, what the strap asked."""

import enum
from dataclasses import fields
from typing import Any

from wena.wena3.alarms import Alarm
from wena.wena3.companion_role import Told
from wena.wena3.reports import BandRequest, Battery, DeviceInfo, Request
from wena.wena3.settings import Settings

ASKED = {
    Request.SYNC_REQUEST: "The strap asks to send its log.",
    Request.CALENDAR_REQUEST: "The strap asks for the calendar.",
    Request.FIND_PHONE: "The strap is looking for this phone!",
    Request.WEATHER_REQUEST: "The strap asks for the weather.",
    Request.MUSIC_REQUEST: "The strap asks what is playing.",
}


def words(value: Any) -> str:
    """A value of a setting in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, enum.Enum):
        return value.name.lower().replace("_", "-")
    if isinstance(value, tuple):
        return ", ".join(words(item) for item in value) or "none"
    return str(value)


def settings_lines(settings: Settings) -> list[str]:
    """All settings, a line each."""
    lines = []
    for field in fields(Settings):
        value = getattr(settings, field.name)
        if field.name != "alarms":
            parts = [f"{part.name} {words(getattr(value, part.name))}" for part in fields(value)]
            lines.append(f"{field.name.replace('_', '-')}: {', '.join(parts)}")
    lines += [
        f"alarm {place}: {alarm_words(alarm)}"
        for place, alarm in enumerate(settings.alarms, start=1)
        if alarm is not None
    ]
    return lines


def alarm_words(alarm: Alarm) -> str:
    """One alarm."""
    days = ", ".join(day.name.lower() for day in sorted(alarm.days)) or "once"
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
