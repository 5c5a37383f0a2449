# SPDX-License-Identifier: Apache-2.0
"""Fifty recorded situations: what is written, read and subscribed, in order.

Each entry of the file is played against our companion role. A test at the end makes sure that none
was left out.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from wena.activity.records import Behaviour, BehaviourSpan
from wena.notify.signal import Led, VibrationKind
from wena.testing.recording_link import NOW, RecordingLink, role_on
from wena.wena3.activity_frame import FrameType, frame
from wena.wena3.activity_kinds import Block, Intervals, Kind, Vo2MaxValues
from wena.wena3.activity_receiver import ActivityReceiver
from wena.wena3.alarms import Alarm, Weekday
from wena.wena3.body import Body, Gender, StepGoal
from wena.wena3.buttons import ButtonAction, ButtonActions
from wena.wena3.calendar_entry import CalendarEntry
from wena.wena3.companion_role import CompanionRole, Told
from wena.wena3.compose import Forecast, Look, app_notification, message_of, weather_of
from wena.wena3.gatt import Characteristic
from wena.wena3.reading import Reading
from wena.wena3.reports import BandRequest, Battery, DeviceInfo
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
from wena.wena3.settings import Settings
from wena.wena3.switches import CameraApp, NotificationSwitches, Strength, VibrationStrength
from wena.wena3.wtime import pack_time

FILE = Path(__file__).parents[4] / "shared" / "wena" / "scenarios.json"
SCENARIOS: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8")) if FILE.exists() else []
ON = replace(Settings(), notification_switches=NotificationSwitches(True, True))
CHANGED = Settings(
    camera_app=CameraApp(True),
    menu_icons=MenuIcons((MenuIcon.MUSIC, MenuIcon.TIMER)),
    status_pages=StatusPages((StatusPage.STRESS,)),
    display=Display(
        FontSize.LARGE, Hand.RIGHT, Language.JAPANESE, True, Design.RICH, False, screen_seconds=30
    ),
    do_not_disturb=DoNotDisturb(True, 23, 15, 7, 45),
    auto_power_off=AutoPowerOff(True, 1, 0, 5, 30),
    vibration=VibrationStrength(Strength.STRONG, smart=False),
    home_icons=HomeIcons(HomeIcon.SUICA, HomeIcon.CLOCK, HomeIcon.HEART_RATE),
    body=Body(Gender.MALE, 1988, 7, 9, 1680, 610),
    step_goal=StepGoal(True, 12345),
    day_start_hour=DayStartHour(0),
    button_actions=ButtonActions(ButtonAction.SUICA, ButtonAction.TOGGLE_MUSIC),
    notification_switches=NotificationSwitches(True, True),
)
TRACK = (" 曲名 ", " アーティスト")
Play = Callable[[CompanionRole, dict[str, Any]], Awaitable[None]]


async def text_composition(role: CompanionRole, given: dict[str, Any]) -> None:
    parts = {name: given[name] for name in ("sender", "title", "subject", "body")}
    await role.notify(
        app_notification(given["id"], given["app"], message_of(**parts), given["unix_s"] * 1000)
    )


async def with_action(role: CompanionRole, given: dict[str, Any]) -> None:
    await role.notify(app_notification(78, "A", "b", NOW, action=given["action"]))


async def continuous(role: CompanionRole, _: dict[str, Any]) -> None:
    look = Look(Led.RED, VibrationKind.SIREN, repeat=0)
    await role.notify(app_notification(79, "A", "b", NOW, look))


async def switched_off(role: CompanionRole, _: dict[str, Any]) -> None:
    role.settings = Settings()
    await role.notify(app_notification(80, "A", "b", NOW))


async def music_parts(role: CompanionRole, _: dict[str, Any]) -> None:
    await role.play("T", None)
    await role.play(None, "A")
    await role.play(None, None)


async def music_asked_while_playing(role: CompanionRole, _: dict[str, Any]) -> None:
    role._music, role._is_playing = await _hidden_line(), True
    await role.answer(BandRequest(11))


async def _hidden_line() -> Any:
    other = role_on(RecordingLink())
    await other.play(*TRACK)
    return other._music


async def music_resumed(role: CompanionRole, _: dict[str, Any]) -> None:
    role._music = await _hidden_line()
    await role.resume()


async def set_alarms(role: CompanionRole, given: Any) -> None:
    alarms = tuple(
        Alarm(
            entry["enabled"],
            entry["hour"],
            entry["minute"],
            frozenset(
                Weekday((bit + 1) % 7) for bit in range(7) if entry["mask_mon_bit0"] >> bit & 1
            ),
            10 if entry["smart"] else 0,
        )
        for entry in given or []
    )
    role.settings = replace(role.settings, alarms=alarms)
    await role.send_alarms()


def calendar(count: int, is_on: bool) -> Play:
    async def play(role: CompanionRole, _: dict[str, Any]) -> None:
        role.settings = replace(
            role.settings, notification_switches=NotificationSwitches(True, is_on)
        )
        role.calendar = [
            CalendarEntry(
                0,
                0,
                "" if n == 1 else f"予定{n}",
                NOW + n * 3_600_000,
                NOW + n * 3_600_000 + 1_800_000,
                "" if n == 1 else f"場所{n}",
                all_day=n == 2,
            )
            for n in range(count)
        ]
        await role.send_calendar()

    return play


def weather(forecast_days: int) -> Play:
    codes = (500, 804, 601, 800, 500)[:forecast_days]
    days = [Forecast(802, 290, 300)]
    days += [Forecast(code, 280 + n, 290 + n) for n, code in enumerate(codes)]
    return lambda role, _: role.send_weather(weather_of(days))


def request(value: str, *, in_background: bool = True) -> Play:
    async def play(role: CompanionRole, _: dict[str, Any]) -> None:
        role.log_on_request = in_background
        await role.answer(BandRequest.from_bytes(bytes.fromhex(value)))

    return play


async def early_birth(role: CompanionRole, _: dict[str, Any]) -> None:
    role.settings = Settings(body=Body(birth_year=1919, birth_month=12, birth_day=31))
    await role.send_profile()


async def nothing(_: CompanionRole, __: dict[str, Any]) -> None:
    """Told in a test of its own below."""


PLAYS: dict[str, Play] = {
    "connect, all defaults, zone Asia/Tokyo": lambda role, _: role.greet(),
    "connect, everything changed": lambda role, _: role.greet(),
    "profile with birth year before 1920: nothing is sent": early_birth,
    "fetch with stored samples: steps 1700000000, heart rate +60 s, calories +120 s": (
        lambda role, _: role.begin_log()
    ),
    "notification text composition": text_composition,
    "notification with an action: label is sent, action flag is not": with_action,
    "repeat preference 0 means continuous": continuous,
    "notifications switched off: nothing is sent": switched_off,
    "delete notification 77": lambda role, _: role.remove(77),
    "incoming call": lambda role, given: role.call(given["number"], given["name"]),
    "call answered": lambda role, _: role.end_call(),
    "call ended": lambda role, _: role.end_call(),
    "music: track and artist": lambda role, _: role.play(*TRACK),
    "then paused: text is cleared": lambda role, _: role.pause(),
    "band asks for music while paused: no answer": request("0b"),
    "then playing: text is sent again": music_resumed,
    "band asks for music while playing": music_asked_while_playing,
    "music: track only, artist only, neither": music_parts,
    **{f"set {count} alarms": set_alarms for count in (0, 1, 4, 9)},
    **{
        f"calendar, {count} events, sync {'on' if is_on else 'off'}": calendar(count, is_on)
        for count in (0, 1, 3)
        for is_on in (True, False)
    },
    "weather: today 802 300/290 K then 500,804,601,800 (5th forecast unused), night equals day": (
        weather(5)
    ),
    "weather with fewer than 4 forecast days: nothing is sent": weather(3),
    **{
        f"band request {value}": request(value)
        for value in ("00", "01", "02", "03", "0400", "0401", "050012", "06", "0a4d000000", "0b")
    },
    "band request 00 with background sync off": request("00", in_background=False),
    "battery notification 4d, battery read 32, info read": nothing,
    "time changed on the phone": lambda role, _: role.send_time(),
    "quirk: behavior record with unknown kind 10": nothing,
    "quirk: three VO2max records with one time: rows kept": nothing,
}


def expected_ops(entry: dict[str, Any]) -> list[list[str]]:
    now = pack_time(NOW).hex()
    filled = json.dumps(entry["ops"]).replace("<now4>", now).replace("<now>", now)
    ops: list[list[str]] = json.loads(filled)
    return ops


@pytest.mark.skipif(not SCENARIOS, reason=f"the recorded situations are not at {FILE}")
def test_all_fifty_situations_are_played() -> None:
    assert len(SCENARIOS) == 50
    assert {entry["scenario"] for entry in SCENARIOS} == set(PLAYS)


@pytest.mark.parametrize("entry", SCENARIOS, ids=lambda entry: entry["scenario"])
async def test_a_recorded_situation(entry: dict[str, Any]) -> None:
    """Given the situation, when it is played, then the same operations in the same order."""
    settings = CHANGED if entry["scenario"] == "connect, everything changed" else ON
    if entry["scenario"] == "connect, all defaults, zone Asia/Tokyo":
        settings = Settings()
    newest = {}
    if entry["scenario"].startswith("fetch with stored"):
        start = 1_700_000_000
        newest = {Kind.STEPS: start, Kind.HEART_RATE: start + 60, Kind.CALORIES: start + 120}
    link = RecordingLink()
    await PLAYS[entry["scenario"]](role_on(link, settings, newest=newest), entry.get("given") or {})
    assert link.ops == expected_ops(entry)


async def test_battery_and_device_information_are_told() -> None:
    """Situation “battery notification 4d, battery read 32, info read”."""
    told: list[Told] = []
    link = RecordingLink()
    role = role_on(link, told=told)
    await role.subscribe()
    link.handlers[Characteristic.STATE](b"\x4d")
    await role.read_battery()
    await role.read_info()
    assert told == [Battery(77), Battery(50), DeviceInfo("1.2.3\0\0\0", 12345678)]


def receive(values: list[bytes], reading: Reading) -> list[Block]:
    receiver = ActivityReceiver(reading)
    return [block for value in values if (block := receiver.feed(value))]


def test_one_unknown_behaviour_costs_the_source_its_batch_and_us_one_record() -> None:
    """Situation “quirk: behavior record with unknown kind 10”."""
    walk = bytes([2]) + bytes(12)
    values = [
        frame(0xFF, FrameType.HEADER, b"\x02"),
        frame(0, FrameType.DATA, walk + bytes([10]) + bytes(12)),
        frame(1, FrameType.DATA, walk),
        frame(2, FrameType.FINISH),
    ]
    epoch = 1_577_836_800
    span = BehaviourSpan(epoch, epoch, Behaviour.WALK)
    assert receive(values, Reading.SOURCE) == []
    assert receive(values, Reading.CAREFUL) == [Intervals((span, span))]


def test_the_source_keeps_one_vo2max_of_a_time_and_we_keep_all() -> None:
    """Situation “quirk: three VO2max records with one time: rows kept”."""
    same = pack_time(1_727_836_800_000)
    values = [
        frame(0xFF, FrameType.HEADER, b"\x03"),
        frame(0, FrameType.DATA, same + b"\x28" + same + b"\x29" + same + b"\x2a"),
        frame(1, FrameType.FINISH),
    ]
    (block,) = receive(values, Reading.CAREFUL)
    assert isinstance(block, Vo2MaxValues)
    assert [(item.value, item.index) for item in block.items] == [(40, 0), (41, 1), (42, 2)]
    by_time = {item.time: item.value for item in block.items}
    assert by_time == {1_727_836_800: 42}, "keyed by time alone, as the source does"
