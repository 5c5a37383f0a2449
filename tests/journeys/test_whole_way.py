# SPDX-License-Identifier: Apache-2.0
"""A whole campaign as a supporter sees it: from the pledge to the parcel, or to nothing at all."""

import re
from datetime import timedelta

import builders
import pytest
from django.utils import translation
from django.utils.translation import gettext as _
from visiting import GOOD, Arrive, Site, Visitor
from walking import close

from firstflight.campaigns.models import Campaign
from firstflight.fulfilment.actions.ask_addresses import ask_addresses
from firstflight.fulfilment.actions.import_tracking import import_tracking
from firstflight.fulfilment.actions.lock_addresses import lock_addresses
from firstflight.fulfilment.models import Shipment
from firstflight.kernel import clock
from firstflight.pledges.actions.finish import finish_due
from firstflight.pledges.books import check_books
from firstflight.pledges.models import Pledge

ADDRESS = "mika@example.com"


def pledges(visitor: Visitor, campaign: Campaign) -> None:
    """From the campaign's page to a confirmed pledge, signing in on the way."""
    visitor.open(f"/campaigns/{campaign.slug}/?utm_source=letter")
    visitor.page.locator("a[data-choose]:visible").first.click()
    visitor.page.locator(".choice > input").first.check()
    visitor.press(_("Continue to the summary"))
    visitor.enters_code(ADDRESS)
    visitor.press(_("Pledge with an obligation to pay if the campaign succeeds"))
    visitor.enters_card(GOOD)
    visitor.press(_("Save this card"))
    visitor.sees(_("Your pledge is confirmed. Thank you!"))


def follows_newest_mail(visitor: Visitor) -> None:
    """Open the first address in the newest mail, as a mail program does."""
    found = re.search(r"https?://[^/\s]+(/\S*)", str(visitor.site.mails(ADDRESS)[-1].body))
    assert found
    visitor.page.goto("about:blank")
    visitor.open(found.group(1))


@pytest.mark.parametrize(("language", "phone"), [("ja", True), ("fr", False)])
def test_a_supporter_goes_with_a_campaign_from_the_pledge_to_the_parcel(
    arrive: Arrive, site: Site, language: str, phone: bool
) -> None:
    campaign = builders.live_campaign(goal_minor=30_000)
    builders.reward(campaign, limit=5)
    visitor = arrive(language=language, phone=phone)
    with translation.override(language), clock.virtual(clock.now()):
        pledges(visitor, campaign)
        close(campaign)
        site.work()
        follows_newest_mail(visitor)
        visitor.sees(_("Thank you. The team is making your reward."))
        visitor.look("paid")
        finish_due()
        ask_addresses(campaign=campaign, lock_at=clock.now() + timedelta(days=9), actor=None)
        follows_newest_mail(visitor)
        visitor.look("asked-for-the-address")
        for name, text in [
            ("name", "佐藤 美佳"),
            ("postal_code", "104-0061"),
            ("region", "東京都"),
            ("city", "中央区"),
            ("line1", "銀座1-2-3"),
        ]:
            visitor.page.locator(f"#{name}").fill(text)
        visitor.press(_("Save address"))
        visitor.sees(_("Thank you. Your address is saved."))
        clock.advance(timedelta(days=10))
        lock_addresses(campaign=campaign, actor=None)
        parcel = Shipment.objects.get()
        table = f"parcel,carrier,tracking_number\n{parcel.pk},Yamato,1234-5678\n"
        import_tracking(campaign=campaign, data=table.encode(), actor=None)
        follows_newest_mail(visitor)
        visitor.sees("1234-5678")
        visitor.look("on-its-way")
        visitor.press(_("It has arrived"))
        visitor.sees(_("Enjoy it!"))
        visitor.look("arrived")
    pledge = Pledge.objects.get()
    assert (pledge.state, pledge.source) == ("collected", "letter")
    assert Shipment.objects.get().state == "delivered"
    charged = [charge["amount"] for charge in site.provider.controls.charges()]
    assert charged == [pledge.total_minor]
    assert check_books().right


@pytest.mark.parametrize(("language", "phone"), [("en", True), ("ja", False)])
def test_a_goal_that_was_not_reached_costs_nobody_anything(
    arrive: Arrive, site: Site, language: str, phone: bool
) -> None:
    campaign = builders.live_campaign(goal_minor=30_000_000)
    builders.reward(campaign, limit=5)
    visitor = arrive(language=language, phone=phone)
    with translation.override(language), clock.virtual(clock.now()):
        pledges(visitor, campaign)
        close(campaign)
        site.work()
        follows_newest_mail(visitor)
        visitor.sees(_("The goal was not reached, so nobody was charged."))
        assert not visitor.page.locator("a[data-choose]").count()
        visitor.look("not-reached")
        visitor.open("/pledges/")
        visitor.page.locator(".campaign-card a").click()
        visitor.sees(_("The goal was not reached. Nothing was charged."))
        visitor.look("released")
    assert Pledge.objects.get().state == "released"
    assert not site.provider.controls.charges()
    assert check_books().right
