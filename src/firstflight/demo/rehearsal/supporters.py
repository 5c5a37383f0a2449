# SPDX-License-Identifier: Apache-2.0
"""Simulated supporters: what each will choose, with which card, and who changes their mind."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from firstflight.campaigns.offers import Offer, RewardOffer
from firstflight.people.models import Person
from firstflight.pledges.quotes import Choice

#: The provider's test cards, by what happens when the campaign is collected.
GOOD = "pm_card_visa"
DECLINED_LATER = "pm_card_chargeCustomerFail"
ASKS_EVERY_TIME = "pm_card_authenticationRequired"


@dataclass(frozen=True)
class Rates:
    """How many supporters out of one meet with what."""

    decline: float
    authentication: float
    cancel: float
    change: float = 0.05
    abandon: float = 0.02
    repair: float = 0.5


@dataclass(frozen=True)
class Supporter:
    """One simulated person and their plan; `arrival` runs from 0 (opening) to 1 (deadline)."""

    number: int
    person_id: int
    arrival: float
    choice: Choice
    card: str
    cancels: bool
    changes: bool
    abandons: bool
    repairs: bool


def make_people(count: int) -> list[Person]:
    """People to play with; their addresses lead nowhere (RFC 2606)."""
    people = [
        Person(email=f"supporter{n}@rehearsal.invalid", name=f"Supporter {n}") for n in range(count)
    ]
    for person in people:
        person.set_unusable_password()
    return Person.objects.bulk_create(people, batch_size=1000)


def plan(people: Sequence[Person], offer: Offer, rates: Rates, seed: int) -> list[Supporter]:
    """Every supporter's plan, in order of arrival: the same seed gives the same plans.

    A third comes in the first hours and a fifth at the end, as campaigns go.
    """
    # Not for secrets: a rehearsal must be repeatable.
    dice = random.Random(seed)  # noqa: S311
    rewards = [reward for reward in offer.rewards.values() if not reward.is_addon]
    supporters = []
    for number, person in enumerate(people):
        supporters.append(
            Supporter(
                number=number,
                person_id=person.pk,
                arrival=_arrival(dice),
                choice=_choice(dice, dice.choice(rewards)),
                card=_card(dice, rates),
                cancels=dice.random() < rates.cancel,
                changes=dice.random() < rates.change,
                abandons=dice.random() < rates.abandon,
                repairs=dice.random() < rates.repair,
            )
        )
    return sorted(supporters, key=lambda supporter: supporter.arrival)


def _arrival(dice: random.Random) -> float:
    part = dice.random()
    if part < 0.35:
        return dice.betavariate(1, 40)
    if part > 0.8:
        return dice.betavariate(30, 1)
    return dice.random()


def _choice(dice: random.Random, reward: RewardOffer) -> Choice:
    options = dice.choice(reward.variants).options if reward.variants else {}
    return Choice(reward.id, 1, options)


def _card(dice: random.Random, rates: Rates) -> str:
    roll = dice.random()
    if roll < rates.decline:
        return DECLINED_LATER
    if roll < rates.decline + rates.authentication:
        return ASKS_EVERY_TIME
    return GOOD
