# SPDX-License-Identifier: Apache-2.0
"""What a command needs around it: the folder for data, a database, Django, a secret key.

Nothing here imports Django's settings before the environment variables they read are in place.
"""

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from firstflight.cli.progress import Stop, say
from firstflight.config import embedded_postgres


def var() -> Path:
    """The folder for everything that is kept: the same that Django's settings use."""
    folder = Path(os.environ.get("FIRSTFLIGHT_VAR", "var")).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def database() -> Iterator[None]:
    """Have DATABASE_URL name a running PostgreSQL: the given one, else the project's own."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    with embedded_postgres.running(var() / "postgres", progress=say) as url:
        os.environ["DATABASE_URL"] = url
        try:
            yield
        finally:
            del os.environ["DATABASE_URL"]


@contextmanager
def django() -> Iterator[None]:
    """Have Django set up; its connections are closed at the end."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firstflight.config.settings")
    import django as framework
    from django.db import connection, connections

    framework.setup()
    try:
        yield
    finally:
        connections.close_all()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


def secret_key() -> str:
    """A secret key of this installation, made on first use and kept for its owner alone."""
    given = os.environ.get("FIRSTFLIGHT_SECRET_KEY")
    if given:
        return given
    kept = var() / "secret-key"
    if not kept.exists():
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    return kept.read_text()


def take_port(host: str, port: int) -> int:
    """Answer `port` if it is free.

    Raises:
        Stop: another program listens there.
    """
    if is_free(host, port):
        return port
    raise Stop(
        f"Port {port} is in use by another program: stop that one, or choose another port "
        f"(PORT={port + 1000})."
    )


def free_port_near(port: int) -> int:
    """`port` if it is free on this machine's own address, else one that is."""
    if is_free("127.0.0.1", port):
        return port
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
    return found


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
