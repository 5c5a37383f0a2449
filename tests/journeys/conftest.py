# SPDX-License-Identifier: Apache-2.0
"""The site as a whole for journeys: a live server, the fake Stripe, the company's sign-in.

The worker's part is done by the test itself (`site.work()`), in this process, so that time can be
played with `kernel.clock.virtual`.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from pytest_django.live_server_helper import LiveServer
from visiting import DESKTOP, LOCALES, PHONE, Arrive, Site, Visitor

from firstflight.payments.fake_stripe.server import FakeStripe
from firstflight.people.models import Person

EMPLOYEE, REVIEWER = "kento@devices.example", "riko@devices.example"
FINANCE, FULFILMENT = "jun@devices.example", "aoi@devices.example"


@pytest.fixture(scope="session")
def company_sign_in() -> Iterator[str]:
    """The address of an OpenID Connect provider that knows the company's people."""
    # The provider refuses plain http otherwise; it listens to this machine alone.
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    import oidc_provider_mock

    people = [
        oidc_provider_mock.User(
            sub=email,
            claims={"email": email, "email_verified": True, "name": email.split("@")[0].title()},
        )
        for email in (EMPLOYEE, REVIEWER, FINANCE, FULFILMENT)
    ]
    with oidc_provider_mock.run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def site(
    committed: None,
    provider: FakeStripe,
    company_sign_in: str,
    live_server: LiveServer,
    settings: Any,
) -> Site:
    """The site, with an empty database."""
    cache.clear()
    with connection.cursor() as cursor:
        # The jobs are not among the models, so the test before has left its own.
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")
    settings.SITE_URL = live_server.url
    settings.STRIPE_JS_URL = f"{provider.url}/v3/"
    settings.STRIPE_PUBLISHABLE_KEY = provider.publishable_key
    provider.controls.set_endpoint(url=f"{live_server.url}/api/v1/webhooks/stripe")
    company = {
        "provider_id": "company",
        "name": "Aozora",
        "client_id": "firstflight",
        "secret": "anything",
        "settings": {"server_url": company_sign_in},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [company]}
    }
    return Site(live_server.url, provider, company_sign_in)


@pytest.fixture
def arrive(site: Site, new_context: Any) -> Iterator[Arrive]:
    """Let somebody arrive with a browser: their language, their screen, signed in or not.

    At the end nobody may have met a fault (see `visiting`).
    """
    visitors: list[Visitor] = []

    def come(
        *, language: str = "en", phone: bool = False, person: Person | None = None, **more: Any
    ) -> Visitor:
        locale, zone = LOCALES[language]
        context = new_context(
            locale=locale,
            timezone_id=zone,
            viewport=PHONE if phone else DESKTOP,
            has_touch=phone,
            reduced_motion="reduce",
            **more,
        )
        visitor = Visitor(site, context.new_page())
        if person is not None:
            visitor.is_signed_in_as(person)
        visitors.append(visitor)
        return visitor

    yield come
    for visitor in visitors:
        visitor.page.goto("about:blank")  # nothing may ask on while the database is emptied
        assert not visitor.faults, "\n".join(visitor.faults)
