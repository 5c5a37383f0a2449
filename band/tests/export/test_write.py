# SPDX-License-Identifier: Apache-2.0
"""Exports as files: whole or not at all."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from band.tests.export.logs import LOG, SOURCE
from wena.activity.records import (
    ActivityLog,
    Behaviour,
    BehaviourSpan,
    CaloriesMinute,
    HeartRateMinute,
    StepMinute,
    StressMinute,
    Vo2Max,
)
from wena.export.errors import CannotWrite, NothingToExport, UnknownFormat
from wena.export.fit import fit_file
from wena.export.open_mhealth import data_points
from wena.export.source import within
from wena.export.tables import tables
from wena.export.write import FORMATS, write_export


@pytest.mark.parametrize("format", FORMATS)
def test_each_format_is_a_file_for_its_owner_alone(tmp_path: Path, format: str) -> None:
    written = write_export(LOG, SOURCE, format, tmp_path / f"log.{format}")
    assert written.left_out == 0
    assert written.files[0].name == f"log.{format}"
    assert all(file.stat().st_mode & 0o077 == 0 for file in written.files)
    assert sorted(tmp_path.iterdir()) == sorted(written.files)


def test_json_is_an_array_of_points(tmp_path: Path) -> None:
    path = tmp_path / "log.json"
    write_export(LOG, SOURCE, "json", path)
    assert json.loads(path.read_text()) == list(data_points(LOG, SOURCE))


def test_csv_tables_lie_side_by_side(tmp_path: Path) -> None:
    written = write_export(LOG, SOURCE, "csv", tmp_path / "log.csv")
    assert [file.name for file in written.files] == [
        "log.csv",
        "log-behaviour.csv",
        "log-vo2max.csv",
    ]
    assert (tmp_path / "log.csv").read_bytes().count(b"\r\n") == 7


def test_nothing_to_export_leaves_an_older_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("older")
    with pytest.raises(NothingToExport):
        write_export(ActivityLog(), SOURCE, "csv", path)
    assert path.read_text() == "older"


def test_an_unknown_format_and_an_unknown_folder_say_so(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat):
        write_export(LOG, SOURCE, "xml", tmp_path / "log.xml")
    with pytest.raises(CannotWrite):
        write_export(LOG, SOURCE, "csv", tmp_path / "absent" / "log.csv")
    assert not list(tmp_path.iterdir())


TIMES = some.integers(-(1 << 40), 1 << 45)
NUMBERS = some.integers(0, 0xFFFF)


@given(
    some.builds(
        ActivityLog,
        steps=some.lists(some.builds(StepMinute, TIMES, NUMBERS), max_size=3),
        heart_rates=some.lists(some.builds(HeartRateMinute, TIMES, NUMBERS), max_size=3),
        behaviours=some.lists(
            some.builds(BehaviourSpan, TIMES, TIMES, some.sampled_from(Behaviour)), max_size=3
        ),
        stresses=some.lists(some.builds(StressMinute, TIMES, some.integers(-128, 127)), max_size=3),
        calories=some.lists(some.builds(CaloriesMinute, TIMES, some.floats(0, 1e6)), max_size=3),
        vo2max=some.lists(some.builds(Vo2Max, TIMES, some.integers(0, 255)), max_size=3),
    )
)
def test_whatever_a_strap_tells_can_be_written(log: ActivityLog) -> None:
    kept, _ = within(log, 0, 253_402_214_399)
    for lines in tables(kept, SOURCE).values():
        assert all(line.endswith("\r\n") for line in lines)
    assert all(json.dumps(point) for point in data_points(kept, SOURCE))
    content, left_out = fit_file(log, SOURCE)
    assert content[8:12] == b".FIT"
    assert left_out <= 18
