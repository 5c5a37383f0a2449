# SPDX-License-Identifier: Apache-2.0
"""Byte vectors recorded from another implementation, and the command that checks them."""

import json
from pathlib import Path
from typing import Any, SupportsBytes

import pytest

from wena.cli import main
from wena.wena3.dispatch import read_log_command, read_message, read_setting
from wena.wena3.reading import Reading
from wena.wena3.vector_check import check_vectors, read_vectors
from wena.wena3.vector_packets import encode_fields

PUBLIC = Path(__file__).parents[4] / "shared" / "wena" / "vectors-public.json"
WORKED_EXAMPLES = [
    {"packet": "time", "input": {"unix_ms": 1577836801000}, "hex": "1001000000"},
    {"packet": "time_zone", "input": {"utc_offset_s": -12600}, "hex": "11fde2"},
    {
        "packet": "body",
        "input": {
            "gender": "female",
            "birth_year": 1970,
            "birth_month": 1,
            "birth_day": 1,
            "height_cm": 175,
            "weight_kg": 70,
        },
        "hex": "1d00b2070101d606bc02",
    },
    {
        "parser": "activity_steps",
        "hex": "ff8fae000080d1f008 00399801010203 010d7d02",
        "samples": [
            {"unix_s": 1727836800, "steps": 1},
            {"unix_s": 1727836860, "steps": 2},
            {"unix_s": 1727836920, "steps": 3},
        ],
    },
]
QUIRK = {
    "packet": "music",
    "input": {"text": "w" * 98 + "🎵"},
    "hex": "0563" + "77" * 98 + "3f",
    "quirk": True,
}


@pytest.fixture
def public() -> list[dict[str, Any]]:
    if not PUBLIC.exists():
        pytest.skip(f"the recorded vectors are not at {PUBLIC}")
    return read_vectors(PUBLIC)


def write(path: Path, content: object) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_every_recorded_vector_is_reproduced(public: list[dict[str, Any]]) -> None:
    tallies = check_vectors(public)
    assert sum(tally.total for tally in tallies) == 571
    assert [(tally.name, tally.differences) for tally in tallies if tally.differences] == []


def test_ours_differs_by_choice_only_at_marked_quirks_and_plain_thunderstorm(
    public: list[dict[str, Any]],
) -> None:
    unmarked = [entry for entry in public if not entry.get("quirk")]
    by_choice = {tally.name: tally.by_choice for tally in check_vectors(unmarked)}
    assert {name for name, count in by_choice.items() if count} == {"weather_code"}
    assert by_choice["weather_code"] == 1


def test_the_strap_reads_every_recorded_packet_as_it_was_meant(
    public: list[dict[str, Any]],
) -> None:
    """Given a recorded packet, when the strap reads it and writes it again, nothing is lost."""
    readers = {"activity_times_a", "activity_times_b", "activity_start"}
    for entry in public:
        name = entry.get("packet", "")
        if not name or entry.get("quirk") or name in ("activity_crc", "weather_code"):
            continue
        value = bytes.fromhex(entry["hex"])
        found: SupportsBytes
        if name in readers:
            found = read_log_command(value)
        elif name in ("notification", "notification_remove", "call_end", "music", "weather") or (
            name.startswith("calendar")
        ):
            found = read_message(value)
        else:
            found = read_setting(value)
        assert bytes(found) == value, entry


def test_examples_agree_and_the_status_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["vectors", str(write(tmp_path / "v.json", WORKED_EXAMPLES))]) == 0
    assert "4 entries: 4 agree" in capsys.readouterr().out


def test_a_quirk_is_reproduced_and_counted_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["vectors", str(write(tmp_path / "v.json", [QUIRK]))]) == 0
    told = capsys.readouterr().out
    assert "1 agree in the source reading only (1 are marked as quirks)" in told


def test_a_difference_is_shown_and_makes_the_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = [*WORKED_EXAMPLES, {"packet": "time", "input": {"unix_ms": 0}, "hex": "1000000000"}]
    assert main(["vectors", str(write(tmp_path / "v.json", wrong))]) == 1
    told = capsys.readouterr().out
    assert "entry 4" in told
    assert "expected 1000000000" in told
    assert "got      10001ff4a1" in told


@pytest.mark.parametrize(
    "entry",
    [
        {"packet": "teleport", "input": {}, "hex": "00"},
        {"packet": "time", "input": {}, "hex": "10"},
        {"packet": "time", "input": {"unix_ms": "noon"}, "hex": "10"},
        {"packet": "alarms", "input": {"first_slot": 0, "alarms": [3]}, "hex": "06"},
        {"packet": "body", "input": {"gender": 1}, "hex": "1d"},
        {"parser": "oracle", "hex": "00", "samples": []},
    ],
)
def test_an_entry_that_cannot_be_used_is_a_difference(
    tmp_path: Path, entry: dict[str, Any]
) -> None:
    assert main(["vectors", str(write(tmp_path / "v.json", [entry]))]) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "is not JSON"),
        ("{}", "should hold a JSON array"),
        ("[1]", "entry 0: an object was expected"),
        ('[{"hex": "00"}]', "names neither"),
        ('[{"packet": "time", "input": {}, "hex": "zz"}]', "not hexadecimal"),
        ('[{"packet": "time", "hex": "00"}]', "has no `input`"),
        ('[{"parser": "battery", "hex": "00"}]', "has no `samples`"),
    ],
)
def test_a_bad_file_is_refused_clearly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, said: str
) -> None:
    path = tmp_path / "v.json"
    path.write_text(content, encoding="utf-8")
    assert main(["vectors", str(path)]) == 2
    assert said in capsys.readouterr().err


def test_a_missing_file_is_refused_clearly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["vectors", str(tmp_path / "none.json")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_temperatures_may_be_given_in_kelvin_alone() -> None:
    day = {
        "day_main": "rain",
        "day_sub": "snow",
        "night_main": "sunny",
        "night_sub": "sunny",
        "min_k": 273,
        "max_k": 300,
    }
    packed = encode_fields("weather", {"days": [day] * 5}, Reading.CAREFUL)
    assert packed[1:5] == bytes([20, 0, 132, 180])
