# SPDX-License-Identifier: Apache-2.0
"""The whole platform on this machine: `firstflight up` and `firstflight demo` are made of this.

Sets the environment variables that its parts read, has the database ready, and starts the parts in
the order in which they need each other. What each part does stands in `commands/`.
"""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from firstflight.cli import workplace
from firstflight.cli.commands.migrate import migrate
from firstflight.cli.progress import say
from firstflight.cli.supervisor import Supervisor


@dataclass
class Platform:
    """Where the platform listens, and the parts that run so far."""

    host: str
    port: int
    supervisor: Supervisor
    words: list[str] = field(default_factory=list)

    @property
    def site(self) -> str:
        return os.environ["FIRSTFLIGHT_SITE_URL"]

    def start_worker_and_web(self) -> None:
        """Start what serves people, and return when it does."""
        say("Starting the worker and the web server …")
        self.supervisor.start("worker")
        self.supervisor.start("serve", f"--host={self.host}", f"--port={self.port}", *self.words)
        reachable = "127.0.0.1" if self.host in {"0.0.0.0", "::", ""} else self.host  # noqa: S104
        self.supervisor.wait_until_ready(f"http://{reachable}:{self.port}/health/ready")


@contextmanager
def prepared(
    host: str, port: int, supervisor: Supervisor, words: Sequence[str] = ()
) -> Iterator[Platform]:
    """Everything but worker and web: database, migrations, the stand-ins; Django is set up."""
    workplace.take_port(host, port)
    os.environ.setdefault("FIRSTFLIGHT_SITE_URL", f"http://localhost:{port}")
    os.environ["FIRSTFLIGHT_SECRET_KEY"] = workplace.secret_key()
    with workplace.database():
        try:
            start_fake_stripe(port, supervisor)
            with workplace.django():
                migrate()
                yield Platform(host, port, supervisor, list(words))
        finally:
            supervisor.stop()


def start_fake_stripe(port: int, supervisor: Supervisor) -> None:
    """Start the fake Stripe, unless Stripe's key or another server is named."""
    if os.environ.get("STRIPE_SECRET_KEY") or os.environ.get("FIRSTFLIGHT_STRIPE_API_BASE"):
        return
    say("No Stripe keys are set: payments go to a stand-in, and no money moves.")
    own = workplace.free_port_near(port + 1)
    base = f"http://localhost:{own}"
    os.environ["FIRSTFLIGHT_STRIPE_API_BASE"] = base
    webhook = f"http://localhost:{port}/api/v1/webhooks/stripe"
    supervisor.start("fake-stripe", f"--port={own}", f"--webhook-url={webhook}")


def reserve_company_sign_in(port: int) -> int | None:
    """Name the stand-in for the company's sign-in to Django, which must not be set up yet.

    Answers the port to start it on; None if a real one is named already.
    """
    if os.environ.get("FIRSTFLIGHT_OIDC_SERVER_URL"):
        return None
    own = workplace.free_port_near(port + 2)
    os.environ["FIRSTFLIGHT_OIDC_SERVER_URL"] = f"http://localhost:{own}"
    # It takes any secret but none.
    os.environ.setdefault("FIRSTFLIGHT_OIDC_CLIENT_SECRET", "demo")
    return own


def start_company_sign_in(
    own: int, supervisor: Supervisor, people: Sequence[tuple[str, str]]
) -> None:
    """Start the stand-in for these people: pairs of e-mail address and name."""
    words = [f"--person={json.dumps({'sub': email, 'name': name})}" for email, name in people]
    supervisor.start("company-sign-in", f"--port={own}", *words)
