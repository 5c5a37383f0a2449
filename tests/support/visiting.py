# SPDX-License-Identifier: Apache-2.0
"""Somebody at the site with a browser: opens pages, signs in, enters cards, looks at each page.

`look()` is what a careful reader would refuse to live without: no axe violation, nothing wider than
the screen, no script error, nothing that the content security policy stopped, no other host asked.
With JOURNEY_PICTURES=FOLDER each look also leaves a picture there.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.core.mail import EmailMessage
from playwright.sync_api import ConsoleMessage, Page, Request

from firstflight.kernel import jobs
from firstflight.payments.fake_stripe.server import FakeStripe
from firstflight.people.models import Person
from firstflight.pledges.tasks import sweep

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
LOCALES = {
    "en": ("en-GB", "Europe/London"),
    "ja": ("ja-JP", "Asia/Tokyo"),
    "fr": ("fr-FR", "Europe/Paris"),
}
GOOD, ASKS_BANK, DECLINED = "4242424242424242", "4000002760003184", "4000000000000002"
FAILS_LATER = "4000000000000341"


@dataclass
class Site:
    """The running site: its address, the fake Stripe behind it, the company's sign-in."""

    url: str
    provider: FakeStripe
    company: str

    def work(self) -> None:
        """Do what the worker would have done by now: sweeps, then jobs, until none is left."""
        sweep()
        jobs.run_due()

    def mails(self, to: str) -> list[EmailMessage]:
        """What was sent to this address, oldest first; mail is a job, so it is sent first."""
        jobs.run_due()
        return [message for message in mail.outbox if to in message.to]

    def code_for(self, address: str) -> str:
        """The newest sign-in code sent to this address."""
        body = str(self.mails(address)[-1].body)
        found = re.findall(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", body, re.MULTILINE)
        assert found, f"no code in this mail:\n{body}"
        return str(found[-1])


@dataclass
class Visitor:
    """A person with a browser window."""

    site: Site
    page: Page
    faults: list[str] = field(default_factory=list)
    looks: int = 0

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        self.page.on("console", self._heard)
        self.page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.faults.append(message.text)

    def _asked(self, request: Request) -> None:
        """Our pages ask ourselves and the payment provider; other people's pages are theirs."""
        if request.is_navigation_request() or not request.frame.url.startswith(self.site.url):
            return
        known = {urlsplit(url).netloc for url in (self.site.url, self.site.provider.url)}
        asked = urlsplit(request.url)
        if asked.scheme.startswith("http") and asked.netloc not in known:
            self.faults.append(f"asked another host: {request.url}")

    def open(self, path: str) -> None:
        """Go to a path of the site."""
        self.page.goto(self.site.url + path)

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press the button of this name."""
        self.page.get_by_role("button", name=name).click()

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Follow the first link of this name."""
        self.page.get_by_role("link", name=name).first.click()

    def sees(self, text: str | re.Pattern[str]) -> None:
        """Wait until this text is on the page."""
        self.page.get_by_text(text).first.wait_for()

    def look(self, name: str) -> None:
        """Look at the page as it is now; see the module."""
        self.page.wait_for_load_state()
        self.looks += 1
        self._picture(name)
        for violation in Axe().run(self.page).response["violations"]:
            places = [node["html"][:160] for node in violation["nodes"][:3]]
            self.faults.append(f"{name}: {violation['id']}: {violation['help']}: {places}")
        width = self.page.evaluate("document.documentElement.scrollWidth")
        if width > self.page.evaluate("window.innerWidth"):
            self.faults.append(f"{name}: the page is {width} pixels wide")
        assert not self.faults, "\n".join(self.faults)

    def _picture(self, name: str) -> None:
        folder = os.environ.get("JOURNEY_PICTURES")
        if folder:
            test = re.sub(r"\W+", "-", os.environ["PYTEST_CURRENT_TEST"].split("::")[-1])[:70]
            path = Path(folder) / f"{test}{self.looks:02}-{name}.png"
            self.page.screenshot(path=path, full_page=True)

    def is_signed_in_as(self, person: Person) -> None:
        """Begin signed in, for ways that are not about signing in."""
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        name = settings.SESSION_COOKIE_NAME
        cookie: Any = {"name": name, "value": session.session_key, "url": self.site.url}
        self.page.context.add_cookies([cookie])

    def enters_code(self, address: str) -> None:
        """Sign in with a code, on the page where one is asked for."""
        self.page.get_by_role("textbox").first.fill(address)
        self.page.locator("form[action*='login/code'] button").click()
        self.page.locator("#id_code").fill(self.site.code_for(address))
        self.page.locator("main form button").first.click()

    def enters_card(self, number: str) -> None:
        """Type a card, with a good date and code, into the provider's fields."""
        fields = self.page.locator("#card-fields input")
        for index, text in enumerate((number, "1240", "123")):
            fields.nth(index).fill("")
            fields.nth(index).press_sequentially(text)


Arrive = Callable[..., Visitor]
