# SPDX-License-Identifier: Apache-2.0
"""A rush as somebody with a browser meets it: booked with the others, or asked to wait a moment."""

import re
from typing import Any

import builders
import pytest
from django.test import Client

from firstflight.pledges.actions import place_together
from firstflight.pledges.models import Pledge

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def supporter() -> Client:
    """Somebody signed in who reads French."""
    client = Client(headers={"Accept-Language": "fr"})
    client.force_login(builders.person())
    return client


def hidden_fields(text: str) -> dict[str, str]:
    """What the page's form would send."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text)
    return {name: value for name, value in found if name != "next"}


def test_whoever_comes_when_too_many_wait_keeps_all_and_is_served_the_next_time(
    supporter: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, limit=5, colours={"black": 5})
    chosen: dict[str, Any] = {
        "reward": reward.pk,
        "quantity": 2,
        f"o-{reward.pk}-colour": "black",
        "bonus": "500",
        "ship_to": "FR",
        "key": "k",
        "shown_total": 2 * 34_800 + 2_000 + 500,
    }
    path = f"/campaigns/{campaign.slug}/confirm/"
    monkeypatch.setattr(place_together, "WAITING_MOST", 0)

    busy = supporter.post(path, chosen)
    text = busy.content.decode()

    assert busy.status_code == 503
    assert int(busy["Retry-After"]) > 0
    assert "Les contributions affluent en ce moment" in text
    assert "data-again" in text
    assert (
        hidden_fields(text).items() >= {name: str(value) for name, value in chosen.items()}.items()
    )
    assert not Pledge.objects.exists()

    monkeypatch.undo()
    served = supporter.post(path, hidden_fields(text))

    pledge = Pledge.objects.get()
    assert served["Location"] == f"/pledges/{pledge.pk}/card/"
    assert (pledge.total_minor, pledge.ship_to) == (72_100, "FR")
