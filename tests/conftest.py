# SPDX-License-Identifier: Apache-2.0
"""Gives the tests a PostgreSQL: DATABASE_URL where it is set, else one of their own.

Nothing starts before the first test that asks for the database. Each run, and each process of a
run, has a database of its own, so that runs side by side do not meet.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Race tests start 32 clients at once, each on a connection of its own.
os.environ.setdefault("DATABASE_POOL", "48")

import pytest
from django.conf import settings
from django.db import connection, connections

from firstflight.config import embedded_postgres
from firstflight.payments.fake_stripe.server import FakeStripe

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a PostgreSQL for tests, which is also in the environment meanwhile."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    with embedded_postgres.running(ROOT / "var" / "test-postgres", throwaway=True) as url:
        os.environ["DATABASE_URL"] = url
        yield url
        connections.close_all()
        del os.environ["DATABASE_URL"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(postgres_url: str, request: pytest.FixtureRequest) -> None:
    """Point Django at that PostgreSQL, and at a database that only this process uses."""
    from firstflight.config.settings import database_from_url

    default: dict[str, Any] = settings.DATABASES["default"]
    default.update(database_from_url(postgres_url))
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    default["TEST"]["NAME"] = f"test_firstflight_{os.getpid()}_{worker}"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the machine's own Chromium where there is one, and let it call nobody."""
    # Playwright runs an event loop in the thread of the test, and Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    arguments = [*quiet, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next((path for name in names if (path := shutil.which(name))), None)
    chosen = {"executable_path": found} if found else {}
    return {**browser_type_launch_args, **chosen, "args": arguments}


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """A database whose changes other connections see; emptied afterwards.

    The books refuse to be emptied, so their guards are set aside for that moment alone.
    """
    _guard_books("ENABLE")
    yield
    _guard_books("DISABLE")
    # The queue's tables are not Django's, so Django does not empty them.
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


def _guard_books(verb: str) -> None:
    with connection.cursor() as cursor:
        for table in ("ledger_entry", "ledger_posting"):
            cursor.execute(f"ALTER TABLE {table} {verb} TRIGGER {table}_append_only")


@pytest.fixture
def provider(settings: Any) -> Iterator[FakeStripe]:
    """A fake Stripe of this test's own, to which the platform's gateway is set."""
    from firstflight.payments.gateways.registry import gateway

    with FakeStripe(synchronous="off") as fake:
        settings.STRIPE_API_BASE = fake.url
        settings.STRIPE_SECRET_KEY = fake.secret_key
        settings.STRIPE_WEBHOOK_SECRET = fake.webhook_secret
        gateway.cache_clear()
        yield fake
        gateway.cache_clear()


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """What processes keep in memory belongs to one database, and each test has its own."""
    from firstflight.api import authentication
    from firstflight.campaigns import offers
    from firstflight.campaigns.actions import count_visit
    from firstflight.pledges import sold_out
    from firstflight.storefront import early_answers, page_cache

    offers.forget_all()
    count_visit.forget_all()
    page_cache.forget_all()
    early_answers.forget_all()
    sold_out.forget_all()
    authentication.forget_all()
