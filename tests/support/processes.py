# SPDX-License-Identifier: Apache-2.0
"""The platform's web server and worker as processes of their own, which a test may kill."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection

from firstflight.payments.fake_stripe.server import FakeStripe


def database_url() -> str:
    """The address of the test's own database, for a process outside."""
    known = connection.settings_dict
    host = quote(str(known["HOST"]), safe="")
    return f"postgresql://{known['USER']}:{known['PASSWORD']}@/{known['NAME']}?host={host}"


@dataclass
class Process:
    """One `firstflight` command; `log` keeps what it says."""

    words: tuple[str, ...]
    provider: FakeStripe
    folder: Path
    running: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    def start(self) -> None:
        """Start it, or start it again."""
        environment = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "DATABASE_POOL": "8",
            "FIRSTFLIGHT_VAR": str(self.folder),
            "FIRSTFLIGHT_LOG_LEVEL": "WARNING",
            "FIRSTFLIGHT_STRIPE_API_BASE": self.provider.url,
            "STRIPE_SECRET_KEY": self.provider.secret_key,
            "STRIPE_WEBHOOK_SECRET": self.provider.webhook_secret,
            "DJANGO_SETTINGS_MODULE": "firstflight.config.settings",
        }
        with (self.folder / f"{self.words[0]}.log").open("ab") as log:
            command = [sys.executable, "-m", "firstflight.cli.main", *self.words]
            self.running.append(
                subprocess.Popen(
                    command, env=environment, stdout=log, stderr=log, start_new_session=True
                )
            )

    def kill(self) -> None:
        """`kill -9`, children included."""
        for process in self.running:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.running.clear()


def post(url: str, body: dict[str, Any], headers: dict[str, str]) -> int | None:
    """The status of a POST of JSON; None where nobody answered."""
    data = json.dumps(body).encode()
    request = urllib.request.Request(  # noqa: S310 - our own server
        url, data=data, headers={"Content-Type": "application/json", **headers}
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as answer:
        return int(answer.code)
    except OSError:
        return None


def wait_for(what: str, is_so: Any, seconds: float = 90) -> None:
    """Return once `is_so()`; fails with `what` was waited for."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return
        time.sleep(0.2)
    raise AssertionError(f"waited {seconds:.0f} s in vain for: {what}")
