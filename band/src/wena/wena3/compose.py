# SPDX-License-Identifier: Apache-2.0
"""Notifications, calls and forecasts, put together the way a phone does. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from wena.notify.signal import Led, VibrationKind
from wena.wena3.notification import CALL_ID, Notification, NotificationKind
from wena.wena3.weather import DAYS, Day, Weather, condition_of_owm, fahrenheit_of_kelvin


@dataclass(frozen=True, slots=True)
class Look:
    """How an alert looks and feels. `repeat` 0 means until it is dismissed."""

    led: Led = Led.BLUE
    vibration: VibrationKind = VibrationKind.BASIC
    repeat: int = 1


DEFAULT_LOOK = Look()


def message_of(
    *,
    sender: str | None = None,
    title: str | None = None,
    subject: str | None = None,
    body: str | None = None,
) -> str:
    """The parts that there are, a line each: “sender:”, “title:”, “- subject”, body."""
    lines = [
        f"{sender}:" if sender else "",
        f"{title}:" if title else "",
        f"- {subject}" if subject else "",
        body or "",
    ]
    return "\n".join(line for line in lines if line)


def app_notification(
    id: int, app: str, message: str, unix_ms: int, look: Look = DEFAULT_LOOK, action: str = ""
) -> Notification:
    """A notification of an app. The action's label is sent, its flag is not: actions of a wena 3
    were never found out."""
    return Notification(
        id=id,
        title=app,
        message=message,
        action=action,
        unix_ms=unix_ms,
        led=look.led,
        vibration=look.vibration,
        repeat=look.repeat,
        continuous=look.repeat == 0,
    )


def incoming_call(number: str, name: str, unix_ms: int) -> Notification:
    """Somebody rings: white, endless, always with the same id."""
    return Notification(
        id=CALL_ID,
        title=number,
        message=name,
        unix_ms=unix_ms,
        kind=NotificationKind.CALL,
        led=Led.WHITE,
        vibration=VibrationKind.CONTINUOUS,
        continuous=True,
    )


@dataclass(frozen=True, slots=True)
class Forecast:
    """One day from a weather service: OpenWeatherMap's code, temperatures in whole kelvin."""

    owm_code: int
    min_k: int
    max_k: int


def weather_of(days: Sequence[Forecast]) -> Weather | None:
    """Today and four days; None where there are fewer. Night is as the day: one code a day."""
    if len(days) < DAYS:
        return None
    return Weather(
        tuple(
            Day(
                condition_of_owm(day.owm_code),
                condition_of_owm(day.owm_code),
                fahrenheit_of_kelvin(day.min_k),
                fahrenheit_of_kelvin(day.max_k),
            )
            for day in days[:DAYS]
        )
    )
