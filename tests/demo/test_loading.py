# SPDX-License-Identifier: Apache-2.0
"""The demo's catalogue as it is loaded: the article's figures, every stage, and right books."""

from collections import Counter
from itertools import product

import pytest
from django.apps import apps
from django.test import Client

from firstflight.campaigns.models import Campaign
from firstflight.demo.actions.load_catalogue import load_catalogue
from firstflight.fulfilment.models import DeliveryAddress, Shipment
from firstflight.kernel.localized import LANGUAGES
from firstflight.people.models import Person
from firstflight.pledges.books import check_books
from firstflight.pledges.models import Pledge

PUBLIC = ("wena", "tenohira", "kage", "musubi")
_BACKEND = "django.contrib.auth.backends.ModelBackend"
pytestmark = [pytest.mark.usefixtures("committed", "provider"), pytest.mark.slow]


@pytest.fixture
def progress() -> list[str]:
    """The catalogue, loaded; what was said meanwhile."""
    said: list[str] = []
    load_catalogue(said.append)
    return said


def states(slug: str) -> tuple[str, str, str, str]:
    found = Campaign.objects.get(slug=slug)
    return found.review_state, found.funding_state, found.delivery_state, found.sale_state


def rows() -> Counter[str]:
    return Counter(
        {model._meta.label: model._default_manager.count() for model in apps.get_models()}
    )


def test_a_loaded_catalogue(progress: list[str]) -> None:
    wena_has_the_figures_of_the_article()
    each_project_is_at_its_stage()
    the_fulfilment_clerk_has_work()
    the_sample_supporters_have_pledges()
    assert check_books().right
    assert "  wena: 201 of 201 supporters" in progress
    loading_again_changes_nothing()
    every_page_answers()


def wena_has_the_figures_of_the_article() -> None:
    wena = Campaign.objects.get(slug="wena")
    plans = wena.rewards.filter(is_addon=False)
    prices = sorted(plans.values_list("price_minor", flat=True))
    assert (wena.goal_minor, wena.currency) == (10_000_000, "JPY")
    assert (len(prices), prices[0], prices[-1]) == (6, 34_800, 69_800)
    assert wena.opens_at is not None
    year = wena.opens_at.year + 1
    assert {(one.delivery_from.isoformat(), one.delivery_to.isoformat()) for one in plans} == {
        (f"{year}-03-01", f"{year}-04-01")
    }
    early = plans.get(price_minor=54_800)
    assert early.stocks.get().limit == 20


def each_project_is_at_its_stage() -> None:
    assert states("wena") == ("approved", "live", "none", "none")
    assert states("tenohira") == ("approved", "live", "none", "none")
    assert states("kage") == ("approved", "scheduled", "none", "none")
    assert states("musubi") == ("approved", "successful", "fulfilling", "in_stock")
    assert states("makura") == ("submitted", "planned", "none", "none")
    assert states("wena-small") == ("draft", "planned", "none", "none")


def the_fulfilment_clerk_has_work() -> None:
    parcels = Shipment.objects.filter(pledge__campaign__slug="musubi")
    assert set(parcels.values_list("state", flat=True)) == {
        "address_locked",
        "shipped",
        "delivered",
    }
    asked = DeliveryAddress.objects.filter(pledge__campaign__slug="musubi")
    assert 0 < asked.filter(given_at=None).count() < asked.count()
    ended = Pledge.objects.filter(campaign__slug="musubi").values_list("state", flat=True)
    assert Counter(ended) == {"collected": 53, "dropped": 3}


def the_sample_supporters_have_pledges() -> None:
    def of(email: str) -> dict[str, str]:
        found = Pledge.objects.filter(person__email=email)
        return dict(found.values_list("campaign__slug", "state"))

    assert of("mika@example.com") == {"wena": "active", "musubi": "collected"}
    assert of("claire@example.com") == {"tenohira": "active", "musubi": "collected"}


def loading_again_changes_nothing() -> None:
    before = rows()
    said: list[str] = []
    load_catalogue(said.append)
    assert rows() == before
    assert said == []


def every_page_answers() -> None:
    """Each sample person's pages, in each language."""
    ids = dict(Campaign.objects.values_list("slug", "pk"))
    mine = "/desk/projects/{wena}"
    pages = {
        "mika@example.com": ["/", "/pledges/", "/me/", *(f"/campaigns/{slug}/" for slug in PUBLIC)],
        "kento@devices.aozora.example": [
            "/desk/",
            "/desk/projects/",
            "/desk/projects/{wena-small}/",
            *(f"{mine}/{part}" for part in ("", "story/", "team/", "terms/", "rewards/")),
            f"{mine}/pictures/",
            f"{mine}/dashboard/",
        ],
        "riko@devices.aozora.example": ["/desk/review/", "/desk/review/{makura}/"],
        "finance@devices.aozora.example": [
            "/desk/finance/",
            *(f"/desk/finance/{{{slug}}}/{part}" for slug in PUBLIC for part in ("", "pledges/")),
        ],
        "warehouse@living.aozora.example": ["/desk/fulfilment/", "/desk/fulfilment/{musubi}/"],
    }
    for email, paths in pages.items():
        reader = Client()
        reader.force_login(Person.objects.get(email=email), _BACKEND)
        for path, language in product(paths, LANGUAGES):
            reader.cookies["django_language"] = language
            answer = reader.get(path.format(**ids))
            assert answer.status_code == 200, (email, path)
            assert f'<html lang="{language}"'.encode() in answer.content, (email, path)


def test_a_loading_that_was_broken_off_is_taken_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("firstflight.demo.actions.load_catalogue.projects", lambda: ["musubi"])

    def break_off(line: str) -> None:
        if "deadline" in line:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_catalogue(break_off)
    load_catalogue(lambda _line: None)
    assert states("musubi") == ("approved", "successful", "fulfilling", "in_stock")
    assert Pledge.objects.filter(campaign__slug="musubi").count() == 56
    assert check_books().right
