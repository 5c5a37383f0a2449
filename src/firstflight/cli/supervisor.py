# SPDX-License-Identifier: Apache-2.0
"""Runs the parts of the platform side by side, and ends them together.

A part that ends by itself ends all: what should come back by itself is for the machine's service
manager to say. Parts run in sessions of their own, so that Ctrl-C reaches this process alone, and
each watches over its parent (`die_with_parent`), so that none is left behind if that is killed.
"""

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Self

from firstflight.cli.progress import Stop, say

GRACE_SECONDS = 20.0
READY_SECONDS = 60.0
PARENT = "FIRSTFLIGHT_PARENT"


@dataclass
class Part:
    """One running part; `log` is its output if that is not the terminal's."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path | None


@dataclass
class Supervisor:
    """The parts that run; `logs` is the folder for their output, None for the terminal."""

    logs: Path | None = None
    parts: list[Part] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def start(self, *words: str) -> None:
        """Start the command `firstflight WORDS…` as a part named by its first word."""
        log = None
        output = None
        if self.logs is not None:
            self.logs.mkdir(parents=True, exist_ok=True)
            log = self.logs / f"{words[0]}.log"
            output = log.open("wb")
        try:
            process = subprocess.Popen(
                [sys.executable, "-m", "firstflight.cli.main", *words],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if output else None,
                start_new_session=True,
                env={**os.environ, PARENT: str(os.getpid())},
            )
        finally:
            if output is not None:
                output.close()
        self.parts.append(Part(words[0], process, log))

    def wait_until_ready(self, url: str) -> None:
        """Return when `url` answers 200.

        Raises:
            Stop: a part ended instead, or nothing answered within a minute.
        """
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            self._look()
            try:
                with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own http
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise Stop(f"Nothing answered at {url} within {READY_SECONDS:.0f} seconds.")

    def wait(self) -> None:
        """Wait until the person stops everything (KeyboardInterrupt).

        Raises:
            Stop: a part ended by itself.
        """
        while True:
            self._look()
            time.sleep(0.3)

    def stop(self) -> None:
        """End the parts, the last started first; kill what does not go within the time it has."""
        for part in reversed(self.parts):
            if part.process.poll() is None:
                part.process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for part in reversed(self.parts):
            try:
                part.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(part.process.pid, signal.SIGKILL)
                part.process.wait()
        self.parts.clear()

    def _look(self) -> None:
        for part in self.parts:
            status = part.process.poll()
            if status is None:
                continue
            told = ""
            if part.log is not None:
                last = part.log.read_text(errors="replace").splitlines()[-15:]
                told = "\n".join([f" Its last lines ({part.log}):", *last])
            raise Stop(f"“{part.name}” ended by itself (status {status}).{told}")


@contextmanager
def stopping_cleanly() -> Iterator[None]:
    """Turn the signals that end a program into one KeyboardInterrupt; later ones change nothing."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        for later in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(later, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        yield
    except KeyboardInterrupt:
        say("\nStopped. Everything is kept for the next time.")


def told_to_stop() -> threading.Event:
    """An event that is set once this process is told to end."""
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: told.set())
    return told


def die_with_parent() -> None:
    """End this process, as if it was told to, when the supervisor that started it is gone."""
    parent = int(os.environ.get(PARENT, "0"))
    if parent:
        threading.Thread(target=_watch, args=[parent], daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
