# SPDX-License-Identifier: Apache-2.0
"""`firstflight up`, as a person runs it: it serves, it stops cleanly, it finds its data again."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from firstflight.cli import platform, workplace
from firstflight.cli.supervisor import Supervisor

OWN = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PORT")


@pytest.fixture
def var() -> Iterator[Path]:
    """A folder for data that the account of PostgreSQL can reach too."""
    path = Path(tempfile.mkdtemp(prefix="ff-up-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@contextmanager
def up(var: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in OWN and not name.startswith(("FIRSTFLIGHT_", "STRIPE_"))
    }
    with subprocess.Popen(
        [sys.executable, "-m", "firstflight.cli.main", "up", f"--port={port}"],
        env={**environment, "FIRSTFLIGHT_VAR": str(var)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def lines_until(process: "subprocess.Popen[str]", words: str) -> str:
    """What it says, up to and with the line that has these words in it."""
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if words in line:
            return said
    raise AssertionError(f"it ended without saying “{words}”:\n{said}")


def test_it_serves_stops_cleanly_and_finds_its_data_again(var: Path) -> None:
    port = workplace.free_port_near(20_000 + os.getpid() % 10_000)  # runs side by side do not meet
    with up(var, port) as first:
        said = lines_until(first, "First Flight is at")
        assert "Preparing the database" in said
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready") as answer:
            assert answer.status == 200

        first.send_signal(signal.SIGINT)
        assert first.wait(30) == 0
        assert "Everything is kept" in lines_until(first, "Everything is kept")
    assert workplace.is_free("127.0.0.1", port)
    assert not (var / "postgres" / "cluster" / "postmaster.pid").exists()

    with up(var, port) as second:
        assert "The database is up to date." in lines_until(second, "First Flight is at")
        second.send_signal(signal.SIGTERM)
        assert second.wait(30) == 0


def test_a_kill_leaves_nothing_that_blocks_the_next_start(var: Path) -> None:
    port = workplace.free_port_near(8750)
    with up(var, port) as first:
        lines_until(first, "First Flight is at")
        first.kill()
    deadline = time.monotonic() + 20
    while not workplace.is_free("127.0.0.1", port) and time.monotonic() < deadline:
        time.sleep(0.1)

    with up(var, port) as second:
        lines_until(second, "First Flight is at")
        second.send_signal(signal.SIGTERM)
        assert second.wait(30) == 0


def test_a_port_in_use_stops_it_before_anything_is_made(var: Path) -> None:

    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with up(var, port) as process:
            assert f"Port {port} is in use" in lines_until(process, "Port")
            assert process.wait(30) == 1
    assert list(var.iterdir()) == []


def test_with_stripe_keys_no_stand_in_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRIPE_SECRET_KEY", "sk_test_of_ours")
    monkeypatch.delenv("FIRSTFLIGHT_STRIPE_API_BASE", raising=False)
    supervisor = Supervisor()
    platform.start_fake_stripe(8000, supervisor)
    assert supervisor.parts == []
    assert "FIRSTFLIGHT_STRIPE_API_BASE" not in os.environ
