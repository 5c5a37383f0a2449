# SPDX-License-Identifier: Apache-2.0
"""What pages tell the browser, and that the page kept for all never shows anybody's own."""

from typing import Any

import builders
import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from firstflight.storefront import page_cache

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_page_kept() -> None:
    page_cache.forget_all()


@pytest.mark.parametrize("path", ["/", "/legal/terms/", "/nowhere/", "/accounts/login/code/"])
def test_every_page_says_what_it_may_load(path: str) -> None:
    answer = Client().get(path)

    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", ["/", "/legal/terms/", "/accounts/login/code/"])
def test_no_page_carries_a_script_or_a_style_of_its_own(path: str) -> None:
    text = Client().get(path).content.decode()

    assert "<script>" not in text
    assert "<style" not in text
    assert " style=" not in text
    assert " onchange=" not in text


def test_stripe_itself_may_be_loaded_where_it_is_used(settings: Any) -> None:
    settings.STRIPE_JS_URL = "https://js.stripe.com/endive/stripe.js"
    assert "script-src 'self' https://js.stripe.com" in Client().get("/")["Content-Security-Policy"]


def test_pages_of_a_person_are_never_kept() -> None:
    client = Client()
    client.force_login(builders.person())
    assert client.get("/pledges/")["Cache-Control"] == "private, no-store"


def test_choices_survive_going_back() -> None:
    campaign = builders.live_campaign()
    builders.reward(campaign)
    client = Client()
    client.force_login(builders.person())
    assert "no-store" not in client.get(f"/campaigns/{campaign.slug}/pledge/")["Cache-Control"]


def test_the_page_for_all_shows_nothing_of_whoever_asked_first() -> None:
    campaign = builders.live_campaign()
    path = f"/campaigns/{campaign.slug}/"
    signed_in, told = Client(), Client()
    signed_in.force_login(builders.person(name="Mika"))
    told.force_login(builders.person())
    told.post("/accounts/logout/")
    assert "messages" in told.cookies or "sessionid" in told.cookies

    for client in (signed_in, told):
        client.get(path, headers={"Referer": "https://elsewhere.example/secret"})
    text = Client().get(f"{path}?utm_source=letter").content.decode()

    assert "My pledges" not in text
    assert "You have signed out" not in text
    assert "csrfmiddlewaretoken" not in text
    assert "letter" not in text
    assert "secret" not in text


def test_a_message_for_one_person_is_not_kept_for_the_next() -> None:
    campaign = builders.live_campaign()
    path = f"/campaigns/{campaign.slug}/"
    leaving = Client()
    leaving.force_login(builders.person())
    leaving.post("/accounts/logout/")

    own = leaving.get(path).content.decode()
    other = Client().get(path).content.decode()

    assert "You have signed out" in own
    assert "You have signed out" not in other


def test_the_page_for_all_is_never_older_than_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, limit=5)
    now = [100.0]
    monkeypatch.setattr("firstflight.storefront.page_cache.time.monotonic", lambda: now[0])
    path = f"/campaigns/{campaign.slug}/"
    assert "5 of 5 left" in Client().get(path).content.decode()

    builders.placed(campaign, builders.person(), reward)
    now[0] += 0.9
    assert "5 of 5 left" in Client().get(path).content.decode()
    now[0] += 0.2
    assert "4 of 5 left" in Client().get(path).content.decode()


def test_each_language_and_currency_has_a_page_of_its_own() -> None:
    campaign = builders.live_campaign(goal_minor=10_000_000)
    path = f"/campaigns/{campaign.slug}/"

    french = Client().get(path, headers={"Accept-Language": "fr"}).content.decode()
    japanese = Client().get(path, headers={"Accept-Language": "ja"}).content.decode()
    pounds = Client().get(f"{path}?currency=GBP").content.decode()

    assert "10\u202f000\u202f000\xa0¥" in french
    assert "€" in french
    assert "BCE" in french or "ECB" in french
    assert "10,000,000円" in japanese
    assert "€" not in japanese
    assert "£" in pounds


def test_whoever_asks_for_codes_too_often_gets_no_more_of_them() -> None:
    cache.clear()
    for _ in range(4):
        last = Client().post("/accounts/login/code/", {"email": "often@example.com"})

    assert "Try again later" in last.content.decode()
    assert len(mail.outbox) == 3


def test_too_many_attempts_are_answered_with_429_and_when_to_come_back(settings: Any) -> None:
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sent = {"login": "a@example.com", "password": "wrong"}
    answers = [Client().post("/accounts/login/", sent) for _ in range(2)]

    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0
    assert "Too many attempts" in answers[-1].content.decode()


def test_a_page_that_is_not_there_says_so_in_the_readers_language() -> None:
    answer = Client().get("/nowhere/", headers={"Accept-Language": "ja"})
    assert answer.status_code == 404
    assert 'lang="ja"' in answer.content.decode()
