# SPDX-License-Identifier: Apache-2.0
"""The web view: what a day and a night add up to, what is shown, and to whom."""

import http.client
import re
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from http import HTTPStatus
from pathlib import Path

import pytest

from wena.activity.records import ActivityLog, Behaviour, BehaviourSpan, StepMinute, Vo2Max
from wena.cli import main
from wena.companion.home import Home
from wena.companion.local_days import bounds, date_of
from wena.companion.settings_file import Kept, save_kept
from wena.companion.simulated_strap import INFO
from wena.companion.store import Store
from wena.companion.web.charts import nice_top
from wena.companion.web.day_page import averaged
from wena.companion.web.days import Day, read_day
from wena.companion.web.languages import LANGUAGES, words_for
from wena.companion.web.server import ViewServer, render
from wena.wena3.activity_kinds import Intervals, Kind, Run, Vo2MaxValues
from wena.wena3.schedule import DayStartHour
from wena.wena3.settings import Settings

TODAY = date(2026, 3, 14)
START_HOUR = 6
ENGLISH = LANGUAGES["en"]


def at(hour: int, minute: int = 0, *, days: int = 0) -> int:
    """Unix seconds on this machine's clock, so many days after TODAY."""
    moment = datetime.combine(TODAY + timedelta(days=days), time(hour, minute))
    return int(moment.astimezone().timestamp())


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """One day: two hours with steps, a pulse, a night from 23:00 to 07:00, stress and energy."""
    home = Home(tmp_path / "strap")
    home.make()
    with Store(home.log) as store:
        store.put(Run(Kind.STEPS, at(9), [50] * 60))
        store.put(Run(Kind.STEPS, at(18), [100] * 30))
        store.put(Run(Kind.HEART_RATE, at(9), [0, 61, 144, 77]))
        store.put(Run(Kind.STRESS, at(9), [-100, 127, 100]))
        store.put(Run(Kind.ENERGY, at(9), [80, 79]))
        store.put(Run(Kind.CALORIES, at(9), [3, 4]))
        store.put(Vo2MaxValues((Vo2Max(at(20), 43),)))
        store.put(
            Intervals(
                (
                    BehaviourSpan(at(23, days=-1), at(2), Behaviour.SLEEP_LIGHT),
                    BehaviourSpan(at(2), at(5), Behaviour.SLEEP_DEEP),
                    BehaviourSpan(at(5), at(5, 30), Behaviour.SLEEP_AWAKE),
                    BehaviourSpan(at(5, 30), at(7), Behaviour.SLEEP_REM),
                    BehaviourSpan(at(18), at(18, 30), Behaviour.WALK),
                )
            )
        )
        store.remember("battery", "73")
        store.remember("firmware", "1.2.3")
    return home


def see(home: Home, path: str, language: str = "en") -> str:
    status, page = render(home, path, LANGUAGES[language])
    assert status is HTTPStatus.OK
    return page


def test_a_day_tells_steps_sleep_pulse_and_the_rest(home: Home) -> None:
    page = see(home, f"/day/{TODAY}")
    assert "Sat, 14 March 2026" in page
    assert "<dt>Steps</dt><dd>6,000</dd>" in page
    assert "<dt>Sleep</dt><dd>7 h 30 min</dd>" in page
    assert "lowest 61, highest 144, average 94 a minute" in page
    assert "<dt>VO₂max</dt><dd>43</dd>" in page
    assert "awake 0 h 30 min · REM 1 h 30 min · light 3 h 00 min · deep 3 h 00 min" in page
    assert "Battery 73 % at the last visit · Firmware 1.2.3" in page


def test_a_bar_says_its_number_and_a_chart_has_a_text(home: Home) -> None:
    page = see(home, f"/day/{TODAY}")
    assert "<title>18:00: 3,000</title>" in page
    assert "<title>walking: 0 h 30 min</title>" in page
    for svg in re.findall(r"<svg [^>]*role[^>]*>", page):
        assert re.search(r'aria-label="[^"]+"', svg)


def test_a_night_belongs_to_the_day_it_ends_on(home: Home) -> None:
    """Given a night over midnight, when both days are read, then only the second has slept."""
    with Store(home.log) as store:
        assert read_day(store, TODAY, START_HOUR).sleep_seconds == 7.5 * 3600
        assert read_day(store, TODAY - timedelta(days=1), START_HOUR).sleep_seconds == 0


def test_the_start_page_is_the_newest_day(home: Home) -> None:
    assert see(home, "/") == see(home, f"/day/{TODAY}")


def test_the_day_begins_when_the_wearer_says(home: Home) -> None:
    """Given steps at 9, when the day starts at 10, then they belong to the day before."""
    save_kept(home.settings, Kept(Settings(day_start_hour=DayStartHour(10))))
    assert "<dd>3,000</dd>" in see(home, f"/day/{TODAY}")
    assert "<dd>3,000</dd>" in see(home, f"/day/{TODAY - timedelta(days=1)}")


def test_a_week_shows_its_days_and_averages_those_with_records(home: Home) -> None:
    page = see(home, "/week/2026-03-09")
    assert "9 – 15 March 2026" in page
    assert '<a href="/day/2026-03-14"><b>Sat 14</b><span>6,000</span></a>' in page
    assert "average 6,000 · goal 8,000" in page
    assert "average 7 h 30 min" in page


def test_a_week_without_records_has_no_average_made_up(home: Home) -> None:
    page = see(home, "/week/2025-03-10")
    assert "average – · goal 8,000" in page
    assert page.count("average –") == 2


def test_ways_lead_no_further_than_the_log(home: Home) -> None:
    page = see(home, f"/day/{TODAY}")
    assert "Later" not in page
    assert f'href="/day/{TODAY - timedelta(days=1)}"' in page
    assert "Earlier" not in see(home, f"/day/{TODAY - timedelta(days=1)}")


def test_a_record_from_the_future_does_not_move_the_newest_day_there(home: Home) -> None:
    """Given a strap whose clock was wrong, when the view opens, then not on a day to come."""
    ahead = int(datetime.now(UTC).timestamp()) + 40 * 86400
    with Store(home.log) as store:
        store.put(Run(Kind.STEPS, ahead, [1]))
    today = date_of(int(datetime.now(UTC).timestamp()), START_HOUR)
    assert ENGLISH.long_date(today) in see(home, "/")


def test_an_empty_log_says_how_to_fetch_one(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert "wena companion sync" in see(home, "/")
    assert "wena companion sync" in see(home, "/day/2026-03-14")


def test_made_up_numbers_are_called_so(home: Home) -> None:
    assert "none of this is yours" not in see(home, "/")
    with Store(home.log) as store:
        store.remember("serial", str(INFO.serial))
    assert "none of this is yours" in see(home, "/")


@pytest.mark.parametrize(
    "path", ["/x", "/day/2026-02-30", "/day/0001-01-01", "/day/9999-12-31", "/week/", "/day/../x"]
)
def test_what_is_no_page_is_not_found(home: Home, path: str) -> None:
    status, page = render(home, path, ENGLISH)
    assert status is HTTPStatus.NOT_FOUND
    assert "no such page" in page


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("ja", ["2026年3月14日（土）", "7時間30分", "目標 8,000", "1時間ごとの歩数"]),
        ("fr", ["Samedi 14 mars 2026", "7\u00a0h\u00a030", "objectif 8\u202f000", "Pas par heure"]),
    ],
)
def test_it_speaks_other_languages(home: Home, language: str, texts: list[str]) -> None:
    page = see(home, f"/day/{TODAY}", language)
    assert f'<html lang="{language}">' in page
    assert all(text in page for text in texts)


def test_every_language_has_every_text_with_the_same_places() -> None:
    def places(text: str) -> set[str]:
        return set(re.findall(r"{(\w+)}", text))

    for words in LANGUAGES.values():
        assert words.texts.keys() == ENGLISH.texts.keys()
        assert words.behaviours.keys() == set(Behaviour)
        for name, text in words.texts.items():
            assert places(text) == places(ENGLISH.texts[name]), (words.language, name)


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("", "en"),
        ("ja", "ja"),
        ("fr-CH, fr;q=0.9, en;q=0.8", "fr"),
        ("de-DE,de;q=0.9,ja;q=0.5,en;q=0.4", "ja"),
        ("en;q=0.3,ja;q=0.9", "ja"),
        ("ja;q=0,en;q=0.1", "en"),
        ("ja;q=x", "en"),
        ("\x00;;,,;q=", "en"),
    ],
)
def test_the_browser_chooses_the_language(wanted: str, language: str) -> None:
    assert words_for(wanted).language == language


@pytest.mark.parametrize(
    ("language", "first", "last", "text"),
    [
        ("en", date(2026, 3, 30), date(2026, 4, 5), "30 March – 5 April 2026"),
        ("en", date(2026, 12, 28), date(2027, 1, 3), "28 December 2026 – 3 January 2027"),
        ("ja", date(2026, 12, 28), date(2027, 1, 3), "2026年12月28日〜2027年1月3日"),
        ("ja", date(2026, 3, 9), date(2026, 3, 15), "2026年3月9日〜15日"),
        ("fr", date(2026, 3, 1), date(2026, 3, 7), "Du 1er au 7 mars 2026"),
        ("fr", date(2026, 3, 30), date(2026, 4, 5), "Du 30 mars au 5 avril 2026"),
    ],
)
def test_a_span_of_dates_says_nothing_twice(
    language: str, first: date, last: date, text: str
) -> None:
    assert LANGUAGES[language].span(first, last) == text


def test_hours_of_a_day_are_counted_where_clocks_change() -> None:
    """Given a day of 25 hours, when steps fall in its last one, then it has a bar of its own."""
    day = Day(TODAY, 0, 25 * 3600, ActivityLog(steps=[StepMinute(24 * 3600, 7)]), [])
    assert len(day.steps_by_hour()) == 25
    assert day.steps_by_hour()[24] == 7


def test_days_follow_each_other_without_gap() -> None:
    for back in range(400):
        day = TODAY - timedelta(days=back)
        assert bounds(day, START_HOUR)[0] == bounds(day - timedelta(days=1), START_HOUR)[1]
        assert date_of(bounds(day, START_HOUR)[0], START_HOUR) == day


def test_a_mean_of_five_minutes_leaves_a_gap_a_gap() -> None:
    assert averaged([(0, 60), (60, 70), (1200, 80)]) == [(150, 65.0), (1350, 80.0)]


@pytest.mark.parametrize(
    ("highest", "top"), [(1, 1), (1.1, 2), (61, 80), (2400, 2500), (8001, 10000), (10001, 20000)]
)
def test_an_axis_ends_at_a_round_number(highest: float, top: float) -> None:
    assert nice_top(highest) == top


@pytest.fixture
def server(home: Home) -> Iterator[ViewServer]:
    server = ViewServer(home, 0)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
    yield server
    server.shutdown()
    server.server_close()


def get(
    server: ViewServer, path: str, headers: dict[str, str], method: str = "GET"
) -> tuple[http.client.HTTPResponse, str]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer, answer.read().decode()
    finally:
        connection.close()


def test_the_server_gives_pages_that_may_load_nothing_else(server: ViewServer) -> None:
    answer, page = get(server, "/", {"Accept-Language": "ja"})
    assert answer.status == HTTPStatus.OK
    assert "あなたのwena" in page
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<script" not in page
    assert " style=" not in page, "the policy would not apply it"
    answer, style = get(server, "/style.css", {})
    assert answer.headers["Content-Type"].startswith("text/css")
    assert "prefers-color-scheme: dark" in style


def test_the_server_listens_on_this_machine_only(server: ViewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8460", ""])
def test_a_page_elsewhere_cannot_reach_it_by_another_name(server: ViewServer, host: str) -> None:
    """Given a web page whose name was made to lead here, when it asks, then it learns nothing."""
    answer, text = get(server, "/", {"Host": host})
    assert answer.status == HTTPStatus.FORBIDDEN
    assert "6,000" not in text


def test_it_can_only_be_read(server: ViewServer) -> None:
    answer, _ = get(server, "/", {}, method="POST")
    assert answer.status == HTTPStatus.NOT_IMPLEMENTED


def test_a_damaged_settings_file_is_named_instead_of_a_page(server: ViewServer, home: Home) -> None:
    home.settings.write_text("{")
    answer, text = get(server, "/", {})
    assert answer.status == HTTPStatus.INTERNAL_SERVER_ERROR
    assert "settings.json" in text


def test_a_taken_port_is_named(
    server: ViewServer, home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    port = str(server.server_address[1])
    data = ["--data", str(home.folder)]
    assert main(["companion", "web", "--no-browser", "--port", port, *data]) == 1
    assert f"Port {port} is taken" in capsys.readouterr().err
