# SPDX-License-Identifier: Apache-2.0
"""From a value that a phone writes to the packet it is: the strap's way in.

Each function raises MalformedPacket, or UnknownNumber for a first byte that stands for nothing
known, and nothing else, whatever the bytes.
"""

from wena.wena3.activity_command import ActivityStart, ActivityTimesA, ActivityTimesB
from wena.wena3.alarms import Alarms
from wena.wena3.body import Body, StepGoal
from wena.wena3.buttons import ButtonActions
from wena.wena3.calendar_entry import HEAD as CALENDAR_HEAD
from wena.wena3.calendar_entry import CalendarEmpty, CalendarEntry
from wena.wena3.clock import Time, TimeZone
from wena.wena3.errors import MalformedPacket, UnknownNumber
from wena.wena3.music import Music
from wena.wena3.notification import CallEnd, Notification, NotificationRemove
from wena.wena3.schedule import AutoPowerOff, DayStartHour, DoNotDisturb
from wena.wena3.screen import Display, HomeIcons, MenuIcons, StatusPages
from wena.wena3.switches import CameraApp, NotificationSwitches, VibrationStrength
from wena.wena3.weather import Weather

Setting = (
    Time
    | TimeZone
    | NotificationSwitches
    | DoNotDisturb
    | AutoPowerOff
    | DayStartHour
    | StepGoal
    | StatusPages
    | MenuIcons
    | Display
    | HomeIcons
    | ButtonActions
    | Body
    | CameraApp
    | VibrationStrength
    | Alarms
)
Message = (
    Notification | NotificationRemove | CallEnd | CalendarEntry | CalendarEmpty | Weather | Music
)
LogCommand = ActivityTimesA | ActivityTimesB | ActivityStart

SETTINGS: dict[int, type[Setting]] = {
    kind.NUMBER: kind
    for kind in (
        Time,
        TimeZone,
        NotificationSwitches,
        DoNotDisturb,
        AutoPowerOff,
        DayStartHour,
        StepGoal,
        StatusPages,
        MenuIcons,
        Display,
        HomeIcons,
        ButtonActions,
        Body,
        CameraApp,
        VibrationStrength,
        Alarms,
    )
}


def read_setting(value: bytes) -> Setting:
    """A value written to `control`."""
    number = _number_of(value)
    if number not in SETTINGS:
        raise UnknownNumber(f"The setting {number:#04x} is not known.")
    return SETTINGS[number].from_bytes(value)


def read_message(value: bytes) -> Message:
    """A value written to `notify`. A calendar entry without anything in it is CalendarEmpty."""
    number = _number_of(value)
    if number == NotificationRemove.NUMBER:
        return (CallEnd if len(value) == 1 else NotificationRemove).from_bytes(value)
    if number == CalendarEntry.NUMBER:
        is_empty = len(value) == CALENDAR_HEAD and not any(value[3:])
        return (CalendarEmpty if is_empty else CalendarEntry).from_bytes(value)
    for kind in (Notification, Weather, Music):
        if number == kind.NUMBER:
            return kind.from_bytes(value)
    raise UnknownNumber(f"The message {number:#04x} is not known.")


def read_log_command(value: bytes) -> LogCommand:
    """A value written to `activity`."""
    number = _number_of(value)
    for kind in (ActivityTimesA, ActivityTimesB, ActivityStart):
        if number == kind.NUMBER:
            return kind.from_bytes(value)
    raise UnknownNumber(f"The command {number:#04x} is not known.")


def _number_of(value: bytes) -> int:
    if not value:
        raise MalformedPacket("A packet has at least one byte.")
    return value[0]
