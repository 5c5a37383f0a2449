# SPDX-License-Identifier: Apache-2.0
"""Walking a pledge along its way in tests, with the fake provider's test cards."""

from uuid import UUID

import builders

from firstflight.campaigns.models import Campaign, Reward
from firstflight.demo.rehearsal.play import authenticate
from firstflight.kernel import clock
from firstflight.people.models import Person
from firstflight.pledges.actions.close import close_due
from firstflight.pledges.actions.confirm_card import confirm_card
from firstflight.pledges.actions.set_up_card import set_up_card
from firstflight.pledges.models import Pledge

GOOD = "pm_card_visa"
FAILS_LATER = "pm_card_chargeCustomerFail"
ASKS_EVERY_TIME = "pm_card_authenticationRequired"


def pledge_with_card(
    campaign: Campaign, *rewards: Reward, card: str = GOOD, who: Person | None = None
) -> Pledge:
    """A pledge whose card step was done, whatever came of it."""
    placed = builders.placed(campaign, who or builders.person(), *rewards)
    enter_card(placed.pledge_id, card)
    return confirm_card(placed.pledge_id)


def enter_card(pledge_id: UUID, card: str = GOOD) -> None:
    """The card step, up to the moment before anybody tells the platform."""
    pledge = Pledge.objects.select_related("person").get(pk=pledge_id)
    _setup, result = set_up_card(pledge, method_id=card, return_url="https://shop.example/back")
    if result.action_url:
        authenticate(result.action_url)


def state_of(pledge: Pledge) -> str:
    """The pledge's state in the database."""
    return Pledge.objects.get(pk=pledge.pk).state


def close(campaign: Campaign) -> None:
    """Let the deadline pass, in virtual time."""
    assert campaign.closes_at is not None
    clock.set_to(campaign.closes_at)
    close_due()
