# SPDX-License-Identifier: Apache-2.0
"""What a supporter does once the campaign has ended: repair a payment, say where, receive."""

from datetime import timedelta
from typing import Any

import builders
import pytest
from visiting import GOOD, Arrive, Site
from walking import ASKS_EVERY_TIME, FAILS_LATER, close, pledge_with_card, state_of

from firstflight.campaigns.models import Campaign
from firstflight.fulfilment.actions.ask_addresses import ask_addresses
from firstflight.fulfilment.models import DeliveryAddress, Shipment
from firstflight.kernel import clock
from firstflight.pledges.actions.finish import finish_due
from firstflight.pledges.links import repair_path
from firstflight.pledges.models import Pledge


@pytest.fixture
def campaign(site: Site) -> Campaign:
    """A campaign that one pledge carries over its goal."""
    return builders.live_campaign(goal_minor=1_000, closes_in=timedelta(hours=1))


def ended(campaign: Campaign, site: Site, **more: Any) -> Pledge:
    """The pledge of somebody after the deadline, charged or not."""
    pledge = pledge_with_card(campaign, builders.reward(campaign), **more)
    close(campaign)
    site.work()
    return Pledge.objects.get(pk=pledge.pk)


def test_a_failed_payment_is_repaired_with_another_card_without_signing_in(
    arrive: Arrive, site: Site, campaign: Campaign
) -> None:
    with clock.virtual(clock.now()):
        pledge = ended(campaign, site, card=FAILS_LATER)
        assert pledge.state == "errored"
        visitor = arrive(phone=True)
        visitor.open(repair_path(pledge))
        visitor.look("repair")
        visitor.enters_card(GOOD)
        visitor.press("Pay with this card")
        visitor.sees("Paid. Thank you!")
        visitor.look("repaired")
    assert state_of(pledge) == "collected"
    assert len(site.provider.controls.charges()) >= 1


def test_a_payment_is_confirmed_with_the_bank_without_signing_in(
    arrive: Arrive, site: Site, campaign: Campaign
) -> None:
    with clock.virtual(clock.now()):
        pledge = ended(campaign, site, card=ASKS_EVERY_TIME)
        visitor = arrive()
        visitor.open(repair_path(pledge))
        visitor.look("bank")
        visitor.press("Confirm the payment")
        visitor.page.locator("button[value=complete]").click()
        visitor.sees("Paid. Thank you!")
    assert state_of(pledge) == "collected"


def test_a_repair_link_that_was_altered_opens_nothing(
    arrive: Arrive, site: Site, campaign: Campaign
) -> None:
    with clock.virtual(clock.now()):
        pledge = ended(campaign, site, card=FAILS_LATER)
        visitor = arrive()
        visitor.open(repair_path(pledge)[:-3] + "x/")
        visitor.sees("Page not found")


@pytest.mark.parametrize(
    ("language", "country", "first"), [("en", "JP", "postal_code"), ("fr", "FR", "name")]
)
def test_an_address_is_given_and_a_parcel_received(
    arrive: Arrive, site: Site, campaign: Campaign, language: str, country: str, first: str
) -> None:
    person = builders.person(name="")
    with clock.virtual(clock.now()):
        pledge = ended(campaign, site, who=person)
        Pledge.objects.filter(pk=pledge.pk)
        finish_due()
        ask_addresses(campaign=campaign, lock_at=clock.now() + timedelta(days=10), actor=None)
        DeliveryAddress.objects.update(country=country)
        visitor = arrive(person=person, language=language, phone=True)
        visitor.open(f"/pledges/{pledge.pk}/")
        form = visitor.page.locator("#address form")
        assert form.locator("input:not([type=hidden])").first.get_attribute("name") == first
        visitor.page.locator("#name").fill("Mika Sato")
        form.locator("button").click()
        visitor.page.locator("#postal_code[aria-invalid]").wait_for()
        visitor.look("address-missing")
        assert visitor.page.locator("#name").input_value() == "Mika Sato"
        for name, text in [("postal_code", "104-0061"), ("city", "Chuo"), ("line1", "Ginza 1")]:
            visitor.page.locator(f"#{name}").fill(text)
        form.locator("button").click()
        visitor.page.locator(".messages .good").wait_for()
        Shipment.objects.create(
            pledge=pledge,
            state="shipped",
            carrier="Yamato",
            tracking_number="1234-5678-9012",
            created_at=clock.now(),
        )
        visitor.page.reload()
        visitor.sees("1234-5678-9012")
        visitor.look("parcel")
        visitor.page.locator(".parcel form button").click()
        visitor.page.locator(".parcel .badge.good").wait_for()
    assert DeliveryAddress.objects.get().postal_code == "104-0061"
    assert Shipment.objects.get().state == "delivered"
