# SPDX-License-Identifier: Apache-2.0
"""When more people come than can be served, or than there are places."""

import builders
import pytest
from visiting import Arrive, Site

from firstflight.pledges.actions import place_together
from firstflight.pledges.errors import TooBusy
from firstflight.pledges.models import Pledge


@pytest.mark.parametrize("language", ["en", "ja", "fr"])
def test_a_rush_lets_people_wait_and_serves_them_without_another_press(
    arrive: Arrive, site: Site, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, limit=100)
    monkeypatch.setattr(place_together, "WAITING_MOST", 0)
    monkeypatch.setattr(TooBusy, "retry_after", 1)
    visitor = arrive(person=builders.person(), language=language, phone=True)
    page = visitor.page
    visitor.open(f"/campaigns/{campaign.slug}/pledge/?reward={reward.pk}")
    page.locator(".action-bar button").click()
    page.locator("form[method=post] .action-bar button").click()
    page.locator("form[data-again]").wait_for()
    visitor.look("busy")
    assert page.locator("[data-by-itself]").is_visible()
    assert not Pledge.objects.exists()

    monkeypatch.undo()

    page.locator("#card-fields").wait_for()
    visitor.look("served")
    assert Pledge.objects.get().state == "held"
