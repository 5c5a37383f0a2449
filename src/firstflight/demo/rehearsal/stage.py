# SPDX-License-Identifier: Apache-2.0
"""Where a rehearsal is played: a database of its own, a provider of its own, a child process.

Both are thrown away afterwards, whatever happens.
"""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from firstflight.demo.rehearsal.copying import take_out
from firstflight.payments.fake_stripe.server import FakeStripe


class PlayFailed(RuntimeError):
    """The child process ended without a report; it has told why on standard error."""


def rehearse(slug: str, wishes: dict[str, Any]) -> dict[str, Any]:
    """Play the campaign; the report of `rehearsal.report`, and its `text`.

    Raises:
        NotFound: no such campaign. PlayFailed: the play broke off.
    """
    campaign = take_out(slug)
    with _database() as url, FakeStripe(synchronous="off") as provider:
        environment = {
            **os.environ,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "firstflight.config.settings",
            "FIRSTFLIGHT_STRIPE_API_BASE": provider.url,
            "STRIPE_SECRET_KEY": provider.secret_key,
            "FIRSTFLIGHT_EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
            "FIRSTFLIGHT_LOG_LEVEL": "WARNING",
        }
        child = subprocess.run(
            [sys.executable, "-m", "firstflight.demo.rehearsal"],
            input=json.dumps({"campaign": campaign, "slug": slug, **wishes}),
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
            check=False,
        )
    if child.returncode != 0:
        raise PlayFailed
    report: dict[str, Any] = json.loads(child.stdout)
    return report


@contextmanager
def _database() -> Iterator[str]:
    """The URL of a new, empty database beside the one in use; dropped at the end."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    name = f"rehearsal_{secrets.token_hex(6)}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            connection.execute(drop.format(sql.Identifier(name)))
