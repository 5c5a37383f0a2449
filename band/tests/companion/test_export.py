# SPDX-License-Identifier: Apache-2.0
"""`wena companion export`: whole days, in the wearer's zone, for programs that others wrote."""

import csv
import json
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import fitdecode
import pytest

from wena.activity.records import Vo2Max
from wena.cli import main
from wena.companion.home import Home
from wena.companion.local_days import MachineZone, bounds
from wena.companion.store import Store
from wena.wena3.activity_kinds import Kind, Run, Vo2MaxValues

MONDAY = date(2026, 3, 9)
START_HOUR = 6


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Three days from Monday on: in the first minute of each as many steps as its number."""
    home = Home(tmp_path / "strap")
    home.make()
    with Store(home.log) as store:
        store.remember("serial", "7")
        for number in range(3):
            start, _ = bounds(MONDAY + timedelta(days=number), START_HOUR)
            store.put(Run(Kind.STEPS, start, [number + 1]))
        store.put(Vo2MaxValues((Vo2Max(bounds(MONDAY, START_HOUR)[0], 43),)))
    return home


def export(home: Home, *words: str) -> int:
    try:
        return main(["companion", "export", *words, "--data", str(home.folder)])
    except SystemExit as stop:
        return int(stop.code or 0)


def steps_in(path: Path) -> list[int]:
    with path.open(encoding="utf-8", newline="") as file:
        return [int(row["steps"]) for row in csv.DictReader(file)]


def test_without_days_all_of_the_log_is_exported(
    home: Home, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(home, "csv") == 0
    assert steps_in(folder / "wena-2026-03-09-2026-03-11.csv") == [1, 2, 3]
    assert "2026-03-09 to 2026-03-11: wena-2026-03-09-2026-03-11-vo2max.csv" in (
        capsys.readouterr().out
    )


def test_days_are_whole_and_both_ends_belong(home: Home, folder: Path) -> None:
    assert export(home, "csv", "x.csv", "--from", "2026-03-10", "--to", "2026-03-11") == 0
    assert steps_in(folder / "x.csv") == [2, 3]


def test_a_fit_file_can_be_read_by_another_program(home: Home, folder: Path) -> None:
    assert export(home, "fit", "x.fit") == 0
    with fitdecode.FitReader(folder / "x.fit", error_handling=fitdecode.ErrorHandling.RAISE) as fit:
        names = [frame.name for frame in fit if isinstance(frame, fitdecode.FitDataMessage)]
    assert names.count("monitoring_info") == 3
    assert "max_met_data" in names


def test_json_is_a_list_of_data_points(home: Home, folder: Path) -> None:
    assert export(home, "json", "x.json") == 0
    points = json.loads((folder / "x.json").read_text(encoding="utf-8"))
    counts = [point["body"]["step_count"] for point in points if "step_count" in point["body"]]
    assert counts == [1, 2, 3]


def test_the_same_log_has_the_same_identifiers_again(home: Home, folder: Path) -> None:
    """So that an importer that has seen a record does not take it twice."""
    identifiers = []
    for name in ("x.json", "y.json"):
        assert export(home, "json", name) == 0
        points = json.loads((folder / name).read_text(encoding="utf-8"))
        identifiers.append([point["header"]["id"] for point in points])
    assert identifiers[0] == identifiers[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["csv", "--from", "2026-03-12"], "no activity"),
        (["csv", "--from", "2026-03-11", "--to", "2026-03-10"], "before the first"),
        (["csv", "--from", "yesterday"], "not a date"),
        (["csv", "--from", "0001-01-01"], "not a date"),
        (["csv", "none/x.csv"], "cannot be written"),
        (["gpx"], "invalid choice"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_exported_is_said_and_leaves_no_file(
    home: Home, folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert export(home, *words) != 0
    assert said in capsys.readouterr().err
    assert not list(folder.iterdir())


def test_an_empty_log_says_what_to_do(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(Home(tmp_path / "none"), "fit") == 1
    assert "Sync first" in capsys.readouterr().err
    assert not list(folder.iterdir())


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This machine stands in Berlin."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize(
    ("utc", "local"),
    [
        (datetime(2026, 1, 15, 12, tzinfo=UTC), "2026-01-15T13:00:00+01:00"),
        (datetime(2026, 7, 15, 12, tzinfo=UTC), "2026-07-15T14:00:00+02:00"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "2026-10-25T02:30:00+02:00"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "2026-10-25T02:30:00+01:00"),
    ],
)
def test_a_moment_has_the_offset_that_was_in_force_then(utc: datetime, local: str) -> None:
    """Given summer, winter and the hour that comes twice, then the wall clock is right."""
    assert utc.astimezone(MachineZone()).isoformat() == local


@pytest.mark.usefixtures("berlin")
def test_a_day_lasts_as_long_as_the_clocks_make_it() -> None:
    def hours(day: date) -> float:
        start, end = bounds(day, 0)
        return (end - start) / 3600

    assert hours(date(2026, 3, 29)) == 23
    assert hours(date(2026, 10, 25)) == 25
