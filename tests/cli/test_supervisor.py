# SPDX-License-Identifier: Apache-2.0
"""The parts of the platform run side by side and end together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from firstflight.cli.progress import Stop
from firstflight.cli.supervisor import Supervisor


def eventually(holds: Callable[[], bool], seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return False


def runs(pid: int) -> bool:
    """Whether the process is there and not merely waiting to be collected."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_part_that_ends_by_itself_ends_all_and_its_last_words_are_shown(tmp_path: Path) -> None:
    with Supervisor(logs=tmp_path) as supervisor:
        supervisor.start("no-such-command")
        with pytest.raises(Stop, match="“no-such-command” ended by itself") as stopped:
            supervisor.wait()
    assert "invalid choice" in str(stopped.value)


def test_leaving_ends_every_part(tmp_path: Path) -> None:
    with Supervisor(logs=tmp_path) as supervisor:
        supervisor.start("company-sign-in", "--port=0")
        pid = supervisor.parts[0].process.pid
        log = tmp_path / "company-sign-in.log"
        assert eventually(lambda: "listens" in log.read_text())
    assert not runs(pid)


def test_parts_do_not_outlive_a_supervisor_that_was_killed(tmp_path: Path) -> None:
    script = f"""
from pathlib import Path
from firstflight.cli.supervisor import Supervisor
supervisor = Supervisor(logs=Path({str(tmp_path)!r}))
supervisor.start("company-sign-in", "--port=0")
print(supervisor.parts[0].process.pid, flush=True)
supervisor.wait()
"""
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        part = int(parent.stdout.readline())
        log = tmp_path / "company-sign-in.log"
        assert eventually(lambda: "listens" in log.read_text())
        os.kill(parent.pid, signal.SIGKILL)
    assert eventually(lambda: not runs(part))
