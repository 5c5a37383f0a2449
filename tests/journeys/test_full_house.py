# SPDX-License-Identifier: Apache-2.0
"""When more people come than can be served, or than there are places, and when one hesitates."""

from datetime import timedelta

import builders
import pytest
from django.utils import translation
from django.utils.translation import gettext as _
from visiting import Arrive, Site

from firstflight.campaigns.models import Stock
from firstflight.kernel import clock
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


@pytest.mark.parametrize("language", ["en", "ja", "fr"])
def test_a_hold_counts_down_lapses_on_its_own_and_can_be_begun_again(
    arrive: Arrive, site: Site, language: str
) -> None:
    campaign = builders.live_campaign()
    reward = builders.reward(campaign, limit=1)
    person = builders.person()
    with clock.virtual(clock.now()), translation.override(language):
        placed = builders.placed(campaign, person, reward)
        visitor = arrive(person=person, language=language, phone=True)
        visitor.page.clock.install(time=clock.now())
        visitor.open(f"/pledges/{placed.pledge_id}/card/")
        countdown = visitor.page.locator("time[data-countdown]")
        visitor.look("counting")
        before = countdown.inner_text()
        visitor.page.clock.run_for(5_000)
        assert countdown.inner_text() != before
        clock.advance(timedelta(minutes=16))
        site.work()
        visitor.page.clock.fast_forward("16:00")
        visitor.page.clock.run_for(8_000)
        visitor.sees(
            _(
                "The card step was not finished in time, so the place went back. "
                "Nothing was charged."
            )
        )
        visitor.look("lapsed")
        visitor.follow(_("Choose again"))
        visitor.sees(_("Choose your reward"))
    assert Stock.objects.get(reward=reward).taken == 0


def test_two_want_the_last_place_and_the_second_is_led_on(arrive: Arrive, site: Site) -> None:
    """Given two on the confirmation screen, when one takes the place, then the other chooses."""
    campaign = builders.live_campaign()
    last = builders.reward(campaign, limit=1)
    other = builders.reward(campaign, name={"en": "Chronograph"}, price_minor=59_800)
    first, second = (arrive(person=builders.person(), phone=phone) for phone in (False, True))
    for visitor in (first, second):
        visitor.open(f"/campaigns/{campaign.slug}/pledge/?reward={last.pk}")
        visitor.press("Continue to the summary")
        visitor.sees("Please check and confirm")

    first.press("Pledge with an obligation to pay if the campaign succeeds")
    first.sees("Last step: your card")
    second.press("Pledge with an obligation to pay if the campaign succeeds")
    second.sees("This reward has just sold out. Please choose another one.")
    second.look("sold-out-meanwhile")
    second.open(f"/campaigns/{campaign.slug}/")
    second.sees("Sold out")
    second.look("sold-out-on-the-page")
    second.open(f"/campaigns/{campaign.slug}/pledge/?reward={other.pk}")
    assert second.page.locator(f"#reward-{last.pk}").is_disabled()
    second.press("Continue to the summary")
    second.press("Pledge with an obligation to pay if the campaign succeeds")
    second.sees("Last step: your card")

    assert Stock.objects.get(reward=last).taken == 1
    assert Pledge.objects.count() == 2
