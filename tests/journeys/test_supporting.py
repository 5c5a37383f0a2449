# SPDX-License-Identifier: Apache-2.0
"""A supporter's way from the first page to a confirmed pledge, and what they do with it later."""

from datetime import timedelta
from typing import Any

import builders
import pytest
from django.utils import translation
from django.utils.translation import gettext as _
from visiting import ASKS_BANK, DECLINED, GOOD, Arrive, Site, Visitor
from walking import pledge_with_card, state_of

from firstflight.campaigns.models import Campaign, Project, Reward, Stock
from firstflight.kernel import clock
from firstflight.pledges.models import Pledge


@pytest.fixture
def campaign(site: Site) -> Campaign:
    """A campaign with a reward in two colours, a plain one, and an add-on."""
    made = builders.live_campaign(goal_minor=10_000_000)
    Project.objects.filter(pk=made.project_id).update(
        title={"en": "A quiet watch", "ja": "静かな腕時計", "fr": "Une montre discrète"},
        tagline={"en": "It taps you.", "ja": "そっと知らせます。", "fr": "Elle vous prévient."},
        story={"en": "A story.", "ja": "物語。", "fr": "Une histoire."},
        faq=[{"question": {"en": "Why?"}, "answer": {"en": "Because."}}],
    )
    return made


@pytest.fixture
def chronograph(campaign: Campaign) -> Reward:
    """A limited reward in two colours, silver being gone."""
    return builders.reward(
        campaign,
        name={"en": "Chronograph", "ja": "クロノグラフ", "fr": "Chronographe"},
        price_minor=59_800,
        limit=20,
        colours={"black": 10, "silver": 0},
        closes_at=clock.now() + timedelta(days=3),
    )


@pytest.fixture
def plain(campaign: Campaign) -> Reward:
    """A reward without options."""
    return builders.reward(campaign, limit=100)


@pytest.fixture
def strap(campaign: Campaign) -> Reward:
    """An add-on."""
    return builders.reward(
        campaign,
        name={"en": "Spare strap", "ja": "替えバンド", "fr": "Bracelet de rechange"},
        price_minor=6_000,
        is_addon=True,
    )


@pytest.mark.parametrize(
    ("language", "phone", "home_country", "total"),
    [("ja", True, "JP", 65_800), ("fr", False, "FR", 67_800), ("en", False, "JP", 65_800)],
)
def test_from_the_first_page_to_a_confirmed_pledge(
    arrive: Arrive,
    site: Site,
    campaign: Campaign,
    chronograph: Reward,
    strap: Reward,
    plain: Reward,
    language: str,
    phone: bool,
    home_country: str,
    total: int,
) -> None:
    visitor = arrive(language=language, phone=phone)
    page = visitor.page
    with translation.override(language):
        visitor.open("/")
        visitor.look("home")
        visitor.follow(_("See the campaign"))
        visitor.sees(_("The team"))
        visitor.look("campaign")
        visible = page.get_by_role("link", name=_("Pre-order now"), exact=True)
        visible.locator("visible=true").click()
        page.get_by_role("radio", name=chronograph.name[language]).check()
        page.get_by_label(strap.name[language]).fill("1")
        visitor.look("choose")
        visitor.press(_("Continue to the summary"))
        visitor.enters_code("mika@example.com")
        visitor.sees(_("Please check and confirm"))
        visitor.look("confirm")
        visitor.follow(_("Change my choice"))
        assert page.get_by_role("radio", name=chronograph.name[language]).is_checked()
        assert page.get_by_label(strap.name[language]).input_value() == "1"
        page.get_by_label(_("Ship to")).select_option(home_country)
        visitor.press(_("Continue to the summary"))
        visitor.press(_("Pledge with an obligation to pay if the campaign succeeds"))
        visitor.sees(_("Last step: your card"))
        visitor.enters_card(ASKS_BANK)
        visitor.look("card")
        visitor.press(_("Save this card"))
        page.locator("button[value=complete]").click()
        visitor.sees(_("Your pledge is confirmed. Thank you!"))
        visitor.look("pledge")
        visitor.open("/pledges/")
        visitor.look("pledges")
    pledge = Pledge.objects.get()
    assert (pledge.state, pledge.total_minor, pledge.ship_to) == ("active", total, home_country)
    assert pledge.language == language
    assert len(site.mails("mika@example.com")) == 2


def opens_own_pledge(arrive: Arrive, campaign: Campaign, *rewards: Reward, **more: Any) -> Visitor:
    """Somebody with a confirmed pledge, looking at it."""
    person = builders.person()
    pledge = pledge_with_card(campaign, *rewards, who=person)
    visitor = arrive(person=person, **more)
    visitor.open(f"/pledges/{pledge.pk}/")
    return visitor


def test_a_pledge_is_changed_after_its_new_total_was_shown(
    arrive: Arrive, campaign: Campaign, plain: Reward, chronograph: Reward
) -> None:
    visitor = opens_own_pledge(arrive, campaign, plain, phone=True)
    visitor.follow("Change")
    visitor.page.get_by_role("radio", name="Chronograph").check()
    visitor.page.get_by_label("Extra support (optional)").fill("1,000")
    visitor.press("Show the new total")
    visitor.sees("¥60,800")
    visitor.look("change")
    assert Pledge.objects.get().total_minor == 34_800
    visitor.press("Confirm the change, with an obligation to pay on success")
    visitor.sees("Your pledge was changed.")
    visitor.look("changed")
    assert Pledge.objects.get().total_minor == 60_800


def test_a_change_that_cannot_be_had_keeps_the_pledge(
    arrive: Arrive, campaign: Campaign, plain: Reward, chronograph: Reward
) -> None:
    visitor = opens_own_pledge(arrive, campaign, plain)
    visitor.follow("Change")
    visitor.page.get_by_role("radio", name="Chronograph").check()
    visitor.press("Show the new total")
    Stock.objects.filter(reward=chronograph, variant=None).update(taken=20)
    visitor.press("Confirm the change, with an obligation to pay on success")
    visitor.sees("Your pledge stays exactly as it was.")
    visitor.look("refused")
    assert Pledge.objects.get().total_minor == 34_800


def test_a_pledge_is_cancelled_and_its_place_is_free_again(
    arrive: Arrive, site: Site, campaign: Campaign, plain: Reward
) -> None:
    visitor = opens_own_pledge(arrive, campaign, plain, phone=True)
    visitor.page.get_by_text("Cancel this pledge").click()
    visitor.press("Yes, cancel my pledge")
    visitor.sees("Your pledge was cancelled. You will not be charged.")
    visitor.look("cancelled")
    assert Stock.objects.get(reward=plain).taken == 0


def test_another_card_takes_the_place_of_the_first(
    arrive: Arrive, campaign: Campaign, plain: Reward
) -> None:
    visitor = opens_own_pledge(arrive, campaign, plain)
    visitor.follow("Use another card")
    visitor.enters_card("5555555555554444")
    visitor.press("Save this card")
    visitor.sees("Your new card is saved.")
    visitor.sees("Mastercard •••• 4444")


def test_whoever_comes_too_late_is_led_on(
    arrive: Arrive, campaign: Campaign, chronograph: Reward, plain: Reward
) -> None:
    visitor = arrive(person=builders.person(), phone=True)
    visitor.open(f"/campaigns/{campaign.slug}/pledge/?reward={chronograph.pk}")
    visitor.page.get_by_label("Extra support (optional)").fill("500")
    visitor.press("Continue to the summary")
    visitor.sees("Please check and confirm")
    Stock.objects.filter(reward=chronograph, variant=None).update(taken=20)
    visitor.press("Pledge with an obligation to pay if the campaign succeeds")
    visitor.sees("This reward has just sold out. Please choose another one.")
    visitor.look("too-late")
    assert visitor.page.get_by_label("Extra support (optional)").input_value() == "500"
    visitor.page.get_by_role("radio", name="Three hands").check()
    visitor.press("Continue to the summary")
    visitor.sees("Please check and confirm")
    assert Pledge.objects.count() == 0


@pytest.mark.parametrize("language", ["en", "ja", "fr"])
def test_a_declined_card_can_be_followed_by_another(
    arrive: Arrive, campaign: Campaign, plain: Reward, language: str
) -> None:
    person = builders.person()
    placed = builders.placed(campaign, person, plain)
    visitor = arrive(person=person, language=language, phone=True)
    visitor.open(f"/pledges/{placed.pledge_id}/card/")
    visitor.enters_card(DECLINED)
    visitor.page.locator("#card-button").click()
    visitor.page.locator("#card-fields [aria-invalid]").wait_for()
    visitor.look("declined")
    visitor.enters_card(GOOD)
    visitor.page.locator("#card-button").click()
    with translation.override(language):
        visitor.sees(_("Your pledge is confirmed. Thank you!"))


@pytest.mark.parametrize("way", ["fail", "turn back"])
def test_a_bank_that_does_not_confirm_leaves_the_place_kept(
    arrive: Arrive, campaign: Campaign, plain: Reward, way: str
) -> None:
    person = builders.person()
    placed = builders.placed(campaign, person, plain)
    visitor = arrive(person=person)
    visitor.open(f"/pledges/{placed.pledge_id}/card/")
    visitor.enters_card(ASKS_BANK)
    visitor.press("Save this card")
    visitor.page.locator("button[value=fail]").wait_for()
    if way == "fail":
        visitor.page.locator("button[value=fail]").click()
        visitor.page.locator(".notice.error").wait_for()
        visitor.look("bank-said-no")
    else:
        visitor.open(f"/pledges/{placed.pledge_id}/card/")
    visitor.enters_card(GOOD)
    visitor.press("Save this card")
    visitor.sees("Your pledge is confirmed. Thank you!")


def test_pledges_of_others_are_not_found(arrive: Arrive, campaign: Campaign, plain: Reward) -> None:
    pledge = pledge_with_card(campaign, plain)
    visitor = arrive(person=builders.person())
    visitor.open(f"/pledges/{pledge.pk}/")
    visitor.sees("Page not found")
    visitor.look("not-found")
    assert state_of(pledge) == "active"


def test_the_campaign_moves_without_a_reload(
    arrive: Arrive, campaign: Campaign, plain: Reward
) -> None:
    visitor = arrive(language="fr")
    visitor.open(f"/campaigns/{campaign.slug}/")
    visitor.page.evaluate("window.stayed = true")
    builders.live_campaign()
    pledge_with_card(campaign, plain)
    visitor.page.locator("#live").get_by_text("34 800").wait_for(timeout=9_000)
    visitor.page.locator(f"#places-{plain.pk}").get_by_text("99").wait_for(timeout=9_000)
    assert visitor.page.evaluate("window.stayed") is True
