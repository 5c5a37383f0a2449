# SPDX-License-Identifier: Apache-2.0
"""A missing prerequisite gets one sentence that says what to install."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tools import environment


@pytest.fixture
def old_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """The script runs under Python 3.9."""
    old = SimpleNamespace(version_info=(3, 9, 2), executable="/usr/bin/python3", exit=sys.exit)
    monkeypatch.setattr(environment, "sys", old)


def on_path(monkeypatch: pytest.MonkeyPatch, programs: dict[str, str]) -> None:
    monkeypatch.setattr(environment, "shutil", SimpleNamespace(which=programs.get))


@pytest.mark.usefixtures("old_python")
def test_a_python_that_is_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    on_path(monkeypatch, {})
    with pytest.raises(SystemExit, match=r"3\.11 or newer is needed, and this is 3\.9: install it"):
        environment.find_python()


@pytest.mark.usefixtures("old_python")
def test_an_old_python_hands_over_to_a_newer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    on_path(monkeypatch, {"python3.12": "/usr/bin/python3.12"})
    assert environment.find_python() == "/usr/bin/python3.12"


def test_a_python_without_its_venv_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = tmp_path / "python3"
    python.write_text("#!/bin/sh\necho 'ensurepip is not available' >&2\nexit 1\n")
    python.chmod(0o755)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    with pytest.raises(SystemExit, match="apt-get install python3-venv"):
        environment.create_venv(None, str(python))


def test_a_folder_that_was_moved_gets_a_new_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "create_venv", lambda uv, python: made.append(python))
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / ".made-for").write_text("/where/it/was/.venv")
    environment.make_venv(None)
    assert len(made) == 1
