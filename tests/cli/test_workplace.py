# SPDX-License-Identifier: Apache-2.0
"""What commands need around them: a free port, a secret key, a database."""

import os
import socket
import stat
from pathlib import Path

import pytest

from firstflight.cli import workplace
from firstflight.cli.progress import Stop


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FIRSTFLIGHT_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("FIRSTFLIGHT_SECRET_KEY", raising=False)
    return tmp_path / "var"


def test_a_port_in_use_is_named_with_a_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(Stop, match=f"Port {port} is in use.*PORT={port + 1000}"):
            workplace.take_port("127.0.0.1", port)
        assert workplace.free_port_near(port) != port


def test_the_secret_key_is_kept_for_its_owner_alone(var: Path) -> None:
    first = workplace.secret_key()
    assert len(first) > 50
    assert workplace.secret_key() == first
    assert stat.S_IMODE((var / "secret-key").stat().st_mode) == 0o600


def test_a_given_secret_key_is_used(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRSTFLIGHT_SECRET_KEY", "mine")
    assert workplace.secret_key() == "mine"
    assert not (var / "secret-key").exists()


def test_a_given_database_is_used_and_none_started(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me@db.example/mine")
    with workplace.database():
        assert os.environ["DATABASE_URL"] == "postgresql://me@db.example/mine"
    assert not var.exists()
