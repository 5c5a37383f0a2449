# SPDX-License-Identifier: Apache-2.0
"""`wena companion` as its user sees it, with a strap made of software."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wena.cli import main
from wena.companion.home import Home
from wena.companion.settings_file import load_kept
from wena.companion.simulated_strap import simulated_link
from wena.notify.signal import Led
from wena.testing.memory_link import MemoryLink
from wena.wena3.alarms import Alarm, Weekday
from wena.wena3.notification import NotificationKind
from wena.wena3.screen import HomeIcon, MenuIcon
from wena.wena3.weather import Sky

Companion = Callable[..., int]
"""Runs a command with a simulated strap; gives its exit status."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "strap")


@pytest.fixture
def straps(monkeypatch: pytest.MonkeyPatch) -> list[MemoryLink]:
    """The strap of each command, to look at what it was told."""
    met: list[MemoryLink] = []

    def remember() -> MemoryLink:
        met.append(simulated_link())
        return met[-1]

    monkeypatch.setattr("wena.companion.connection.simulated_link", remember)
    return met


@pytest.fixture
def companion(home: Home, straps: list[MemoryLink]) -> Companion:
    def run(*words: str) -> int:
        try:
            return main(["companion", *words, "--simulate", "--data", str(home.folder)])
        except SystemExit as stop:
            return int(stop.code or 0)

    return run


SETS: list[tuple[list[str], Callable[[Any], bool]]] = [
    (["step-goal", "9000", "--notify"], lambda s: s.step_goal.steps == 9000 and s.step_goal.notify),
    (["body", "--height", "168", "--weight", "61.5"], lambda s: s.body.weight_100g == 615),
    (["body", "--birth", "1988-07-09", "--gender", "male"], lambda s: s.body.birth_year == 1988),
    (["display", "--language", "japanese", "--seconds", "30"], lambda s: s.display.language == 1),
    (["home-icons", "suica", "clock", "heart-rate"], lambda s: s.home_icons.left == HomeIcon.SUICA),
    (["menu", "music,timer"], lambda s: s.menu_icons.icons == (MenuIcon.MUSIC, MenuIcon.TIMER)),
    (["pages", "stress"], lambda s: len(s.status_pages.pages) == 1),
    (["pages", ""], lambda s: s.status_pages.pages == ()),
    (["buttons", "--long", "suica"], lambda s: s.button_actions.long_press == 12),
    (["vibration", "--strength", "strong", "--smart", "off"], lambda s: not s.vibration.smart),
    (["do-not-disturb", "23:15", "7:45"], lambda s: s.do_not_disturb.end_minute == 45),
    (["do-not-disturb"], lambda s: not s.do_not_disturb.enabled),
    (["power", "01:00", "05:30"], lambda s: s.auto_power_off.on_hour == 5),
    (["day-start", "0"], lambda s: s.day_start_hour.hour == 0),
    (["alerts", "on"], lambda s: s.notification_switches.notifications),
    (["calendar", "on"], lambda s: s.notification_switches.calendar),
    (["camera", "on"], lambda s: s.camera_app.xperia_app),
]


@pytest.mark.parametrize(("words", "is_set"), SETS, ids=[" ".join(words) for words, _ in SETS])
def test_a_setting_reaches_the_strap_and_is_kept(
    companion: Companion,
    home: Home,
    straps: list[MemoryLink],
    words: list[str],
    is_set: Callable[[Any], bool],
) -> None:
    assert companion("set", *words) == 0
    settings = load_kept(home.settings).settings
    assert is_set(settings)
    (told,) = straps[-1].strap.shown.settings.values()
    assert told in settings.session_packets()


def test_an_alarm_reaches_its_slot_and_can_be_removed(
    companion: Companion, straps: list[MemoryLink]
) -> None:
    assert companion("set", "alarm", "9", "06:30", "--days", "weekend", "--smart", "10") == 0
    weekend = frozenset({Weekday.SAT, Weekday.SUN})
    assert straps[-1].strap.shown.alarms[8] == Alarm(True, 6, 30, weekend, 10)
    assert companion("set", "alarm", "9", "--remove") == 0
    assert straps[-1].strap.shown.alarms == [None] * 9


@pytest.mark.parametrize(
    "words",
    [
        ["alarm", "10", "06:30"],
        ["alarm", "1"],
        ["alarm", "1", "24:00"],
        ["alarm", "1", "06:30", "--days", "mon,mon"],
        ["home-icons", "suica", "clock", "alexa"],
        ["step-goal", "-1"],
        ["body", "--birth", "1919-12-31"],
        ["body", "--height", "1.70"],
        ["display", "--seconds", "31"],
        ["day-start", "24"],
    ],
    ids=" ".join,
)
def test_what_the_strap_cannot_take_is_refused_and_changes_nothing(
    companion: Companion, home: Home, straps: list[MemoryLink], words: list[str]
) -> None:
    assert companion("set", *words) != 0
    assert not straps
    assert not home.settings.exists()


def test_show_tells_what_is_set(companion: Companion, capsys: pytest.CaptureFixture[str]) -> None:
    companion("set", "alarm", "1", "6:05", "--days", "daily", "--off")
    companion("set", "show")
    told = capsys.readouterr().out
    assert "alarm 1:        06:05 daily, switched off" in told
    assert "step-goal:      8000, not told when reached" in told
    assert "do-not-disturb: off (22:00 to 06:00)" in told


def test_sync_fetches_once_and_then_nothing_new(
    companion: Companion, capsys: pytest.CaptureFixture[str]
) -> None:
    assert companion("sync") == 0
    assert "new records" in capsys.readouterr().out
    assert companion("sync") == 0
    new = int(capsys.readouterr().out.split(" new records")[0].split()[-1])
    assert new <= 10, "at most the minute that passed meanwhile"


def test_status_tells_battery_and_firmware(
    companion: Companion, capsys: pytest.CaptureFixture[str]
) -> None:
    assert companion("status") == 0
    told = capsys.readouterr().out
    assert "Battery: 73 %" in told
    assert "SIM-0.1" in told


def test_alerts_must_be_switched_on_before_one_is_sent(
    companion: Companion, straps: list[MemoryLink], capsys: pytest.CaptureFixture[str]
) -> None:
    assert companion("notify", "app", "LINE", "hello") == 1
    assert "set alerts on" in capsys.readouterr().err
    assert not straps[-1].strap.shown.notifications


def test_a_notification_is_shown_with_its_light(
    companion: Companion, straps: list[MemoryLink]
) -> None:
    companion("set", "alerts", "on")
    assert companion("notify", "app", "LINE", "今どこ？", "--led", "green", "--id", "5") == 0
    (shown,) = straps[-1].strap.shown.notifications.values()
    assert (shown.title, shown.message, shown.id) == ("LINE", "今どこ？", 5)
    assert shown.led is Led.GREEN


def test_a_call_rings_until_it_is_over(companion: Companion, straps: list[MemoryLink]) -> None:
    companion("set", "alerts", "on")
    companion("notify", "call", "+819012345678", "山田")
    (shown,) = straps[-1].strap.shown.notifications.values()
    assert shown.kind is NotificationKind.CALL
    assert shown.continuous
    companion("notify", "call-end")
    assert not straps[-1].strap.shown.notifications


def test_weather_and_music_are_shown(companion: Companion, straps: list[MemoryLink]) -> None:
    assert (
        companion("notify", "weather", "sunny:12:20", "rain/snow:-2:3", *["cloudy:9:15"] * 3) == 0
    )
    weather = straps[-1].strap.shown.weather
    assert weather is not None
    days = weather.days
    assert (days[0].min_f, days[0].max_f) == (54, 68)
    assert (days[1].day.main, days[1].day.sub) == (Sky.RAIN, Sky.SNOW)
    companion("notify", "music", "曲名", "歌手")
    assert straps[-1].strap.shown.music.text == "曲名 / 歌手"


def test_the_calendar_is_sent_and_sent_again_with_the_next_sync(
    companion: Companion, straps: list[MemoryLink], tmp_path: Path
) -> None:
    path = tmp_path / "calendar.json"
    item = {"title": "歯医者", "begin": "2026-03-02T10:00+09:00", "end": "2026-03-02T11:00+09:00"}
    path.write_text(json.dumps([item]), encoding="utf-8")
    assert companion("notify", "calendar", str(path)) == 1
    companion("set", "calendar", "on")
    assert companion("notify", "calendar", str(path)) == 0
    companion("sync")
    assert straps[-1].strap.shown.calendar[1].title == "歯医者"


@pytest.mark.parametrize(
    "content", ["{", "5", '[{"title": "x"}]', '[{"title":1,"begin":2,"end":3}]']
)
def test_a_bad_calendar_is_refused(
    companion: Companion,
    straps: list[MemoryLink],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: str,
) -> None:
    path = tmp_path / "calendar.json"
    path.write_text(content, encoding="utf-8")
    assert companion("notify", "calendar", str(path)) == 1
    assert "not an array of appointments" in capsys.readouterr().err
    assert not straps


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        '{"display": "16"}',
        '{"display": "zz"}',
        '{"alarms": ["1600"]}',
        f'{{"alarms": ["06{"".join(f"0{slot}0000000000" for slot in range(3))}"]}}',
        '{"calendar": null}',
        '{"chosen": 3}',
        '{"chosen": ["x"]}',
    ],
)
def test_a_damaged_settings_file_is_named_and_left_alone(
    companion: Companion, home: Home, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    home.make()
    home.settings.write_text(content)
    assert companion("set", "day-start", "6") == 1
    assert "settings.json" in capsys.readouterr().err
    assert home.settings.read_text() == content


def test_a_strap_that_was_set_up_elsewhere_gets_only_what_was_chosen_here(
    companion: Companion, home: Home, straps: list[MemoryLink]
) -> None:
    companion("set", "day-start", "4")
    content = json.loads(home.settings.read_text())
    home.settings.write_text(json.dumps(content | {"send_all": False}))
    companion("sync")
    told = {kind.__name__ for kind in straps[-1].strap.shown.settings}
    assert told == {"Time", "TimeZone", "DayStartHour"}


def test_listen_answers_the_strap(companion: Companion, capsys: pytest.CaptureFixture[str]) -> None:
    assert companion("listen", "--seconds", "0.2") == 0
    assert "Connected" in capsys.readouterr().out


def test_what_the_strap_is_is_told_once(
    companion: Companion, capsys: pytest.CaptureFixture[str]
) -> None:
    companion("listen", "--seconds", "0.2")
    assert capsys.readouterr().out.count("Firmware") == 1


def test_a_call_needs_alerts_switched_on(companion: Companion, straps: list[MemoryLink]) -> None:
    assert companion("notify", "call", "+819012345678") == 1
    assert not straps[-1].strap.shown.notifications


def test_without_a_controller_one_is_told_what_to_try(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Given a radio library that raises something of its own, then a sentence, no traceback."""

    async def raises(_: str) -> None:
        raise Exception("LIBUSB_ERROR_OTHER")

    monkeypatch.setattr("wena.ble.radio.open_transport", raises)
    assert main(["companion", "scan", "--data", str(home.folder)]) == 1
    told = capsys.readouterr().err
    assert "No Bluetooth controller answers at “usb:0”" in told
    assert "hciconfig" in told
