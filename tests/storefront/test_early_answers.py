# SPDX-License-Identifier: Apache-2.0
"""The kept page that is answered before all else: the same for strangers, and for nobody else."""

from typing import Any

import builders
import pytest
from django.http.response import HttpResponseBase
from django.test import Client

from firstflight.campaigns.actions import count_visit
from firstflight.campaigns.models import Campaign, VisitCount
from firstflight.storefront.views import campaign as views

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign() -> Campaign:
    """A campaign with a reward."""
    made = builders.live_campaign()
    builders.reward(made, limit=5)
    return made


@pytest.fixture
def path(campaign: Campaign) -> str:
    """The address of its page."""
    return f"/campaigns/{campaign.slug}/"


@pytest.fixture
def whole_ways(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of those who were answered by the whole stack, down to the view."""
    went: list[str] = []

    def currency(request: Any) -> str:
        went.append(request.get_full_path())
        return "JPY"

    monkeypatch.setattr(views, "_currency", currency)
    return went


def said(answer: HttpResponseBase) -> dict[str, str]:
    return dict(answer.items())


def test_a_strangers_answer_serves_the_next_stranger_with_every_header(
    path: str, whole_ways: list[str]
) -> None:
    first, second = Client().get(path), Client().get(path)

    assert len(whole_ways) == 1
    assert second.content == first.content
    assert said(second) == said(first)
    assert "default-src 'none'" in second["Content-Security-Policy"]
    assert not second.cookies


def test_after_a_second_the_whole_way_is_gone_again(
    path: str, whole_ways: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr("firstflight.storefront.page_cache.time.monotonic", lambda: now[0])
    Client().get(path)
    now[0] += 1.01
    Client().get(path)

    assert len(whole_ways) == 2


@pytest.mark.parametrize("first", ["person", "stranger"])
def test_a_persons_page_neither_goes_into_it_nor_comes_out_of_it(path: str, first: str) -> None:
    person, stranger = Client(), Client()
    person.force_login(builders.person())
    order = [person, stranger] if first == "person" else [stranger, person]

    texts = {client: client.get(path) for client in order}

    assert "My pledges" in texts[person].content.decode()
    assert "My pledges" not in texts[stranger].content.decode()
    assert texts[person]["Cache-Control"] == "private, no-cache"
    assert texts[stranger]["Cache-Control"] == "no-cache"


def test_a_message_for_one_is_read_by_that_one_alone(path: str) -> None:
    leaving = Client()
    leaving.force_login(builders.person())
    Client().get(path)
    leaving.post("/accounts/logout/")

    own = leaving.get(path).content.decode()

    assert "You have signed out" in own
    assert "You have signed out" not in Client().get(path).content.decode()


def test_the_cookie_of_a_language_has_answers_of_its_own(path: str, whole_ways: list[str]) -> None:
    japanese, none = Client(), Client()
    japanese.cookies["django_language"] = "ja"

    for client, language in [(none, "en"), (japanese, "ja")] * 2:
        assert f'lang="{language}"' in client.get(path).content.decode()

    assert len(whole_ways) == 2


@pytest.mark.parametrize("name", ["csrftoken", "sessionid", "messages", "anything"])
def test_any_other_cookie_goes_the_whole_way(path: str, whole_ways: list[str], name: str) -> None:
    Client().get(path)
    known = Client()
    known.cookies["django_language"] = "en"
    known.cookies[name] = "x" * 32
    known.get(path)
    known.get(path)

    assert len(whole_ways) == 3


@pytest.mark.parametrize(
    "asked",
    [
        {"headers": {"Accept-Language": "fr"}},
        {"query_params": {"currency": "GBP"}},
        {"secure": True},
        {"headers": {"Host": "localhost"}},
    ],
)
def test_whoever_asks_otherwise_has_an_answer_of_their_own(
    path: str, whole_ways: list[str], asked: dict[str, Any]
) -> None:
    Client().get(path)
    Client().get(path, **asked)

    assert len(whole_ways) == 2


def test_a_foreign_host_is_refused_as_ever(path: str) -> None:
    Client().get(path)
    assert Client().get(path, headers={"Host": "evil.example"}).status_code == 400


def test_a_page_that_is_not_there_is_not_kept() -> None:
    for _ in range(2):
        assert Client().get("/campaigns/nowhere/").status_code == 404


def test_what_is_sent_is_never_answered_early(path: str, whole_ways: list[str]) -> None:
    Client().get(path)
    Client().post(path)
    Client().head(path)

    assert len(whole_ways) == 3


def test_early_answers_count_as_visits(
    path: str, whole_ways: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(count_visit, "_written_at", float("inf"))  # not yet
    for _ in range(3):
        Client().get(path, headers={"Referer": "https://news.example/a"})
        Client().get(f"{path}?utm_source=letter")
        Client().get(path, headers={"Referer": "http://testserver/"})
    assert len(whole_ways) == 2
    monkeypatch.setattr(count_visit, "_written_at", 0.0)

    Client().get(path)

    counted = dict(VisitCount.objects.values_list("source", "visits"))
    assert counted == {"news.example": 3, "letter": 3, "": 1}
