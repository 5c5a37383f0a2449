# SPDX-License-Identifier: Apache-2.0
"""The companion's files and pages with any content: a typed error or a result, nothing else."""

import contextlib
import json
from http import HTTPStatus
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wena.companion.errors import BadInput, BadSettingsFile, CompanionError
from wena.companion.home import Home
from wena.companion.settings_file import Kept, load_kept, save_kept
from wena.companion.store import Store
from wena.companion.verbs.notify_verb import read_entries
from wena.companion.web.languages import LANGUAGES, words_for
from wena.companion.web.server import render

SHARED_FOLDER = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)
HEX = st.binary(max_size=30).map(bytes.hex)


def names_of_settings(folder: Path) -> dict[str, object]:
    """The file of a new strap."""
    save_kept(folder / "new.json", Kept())
    content: dict[str, object] = json.loads((folder / "new.json").read_text())
    return content


@SHARED_FOLDER
@given(content=st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_settings_file_is_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    with contextlib.suppress(BadSettingsFile):
        load_kept(path)


@SHARED_FOLDER
@given(data=st.data())
def test_a_settings_file_with_one_damaged_entry_is_read_or_refused(
    tmp_path: Path, data: st.DataObject
) -> None:
    """Given one entry replaced, when it is taken nevertheless, then it can be kept again."""
    content = names_of_settings(tmp_path)
    name = data.draw(st.sampled_from(sorted(content)))
    content[name] = data.draw(JSON | HEX | st.lists(HEX))
    path = tmp_path / "settings.json"
    path.write_text(json.dumps(content))
    with contextlib.suppress(BadSettingsFile):
        kept = load_kept(path)
        save_kept(path, kept)
        assert load_kept(path) == kept


@SHARED_FOLDER
@given(
    content=st.binary(max_size=200)
    | JSON.map(lambda value: json.dumps(value).encode())
    | st.lists(
        st.fixed_dictionaries(
            {"title": JSON, "begin": JSON | st.datetimes().map(str), "end": st.just("2026-03-02")},
            optional={"location": JSON, "all_day": JSON},
        ),
        min_size=1,
        max_size=3,
    ).map(lambda value: json.dumps(value).encode())
)
def test_any_calendar_is_read_or_refused(tmp_path: Path, content: bytes) -> None:
    """Given any file, when its entries are taken, then each makes a packet."""
    path = tmp_path / "calendar.json"
    path.write_bytes(content)
    with contextlib.suppress(BadInput):
        for entry in read_entries(path):
            assert bytes(entry)


@SHARED_FOLDER
@given(content=st.binary(max_size=300))
def test_a_file_that_is_no_log_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "log.sqlite3"
    path.write_bytes(content)
    with contextlib.suppress(CompanionError), Store(path) as store:
        assert store.count() == 0


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("strap"))


@given(path=st.text() | st.from_regex(r"/(day|week)/[0-9]{4}-[0-9]{2}-[0-9]{2}", fullmatch=True))
def test_any_address_is_a_page_or_not_found(home: Home, path: str) -> None:
    status, page = render(home, path, LANGUAGES["en"])
    assert status in (HTTPStatus.OK, HTTPStatus.NOT_FOUND)
    assert page.startswith("<!doctype html>")


@given(st.text())
def test_any_wish_of_a_browser_gives_a_language(wanted: str) -> None:
    assert words_for(wanted).language in LANGUAGES
