# SPDX-License-Identifier: Apache-2.0
"""What a supporter chose, carried in the address from page to page until they confirm it."""

from dataclasses import dataclass

from django.http import QueryDict

from firstflight.campaigns.offers import Offer
from firstflight.kernel.money import Money
from firstflight.pledges.errors import NothingChosen
from firstflight.pledges.quotes import Choice


@dataclass(frozen=True)
class Chosen:
    """Choices, country and bonus as the form named them."""

    choices: tuple[Choice, ...]
    ship_to: str
    bonus_minor: int


def read(data: QueryDict, offer: Offer) -> Chosen:
    """Read reward=5&quantity=1&o-5-colour=black&addon-7=1&bonus=0&ship_to=JP.

    Raises:
        NothingChosen: no reward was named. AmountInvalid: the bonus is no amount.
    """
    main = data.get("reward", "")
    if not main.isdigit():
        raise NothingChosen
    choices = [_choice(data, offer, int(main), _count(data.get("quantity", "1")))]
    for reward in offer.rewards.values():
        count = _count(data.get(f"addon-{reward.id}", "0"))
        if reward.is_addon and count:
            choices.append(_choice(data, offer, reward.id, count))
    bonus = data.get("bonus", "").strip()
    minor = Money.parse(bonus, offer.currency).minor if bonus else 0
    return Chosen(tuple(choices), data.get("ship_to", "JP").upper(), minor)


def _choice(data: QueryDict, offer: Offer, reward_id: int, quantity: int) -> Choice:
    reward = offer.rewards.get(reward_id)
    axes = reward.axes if reward else ()
    options = {axis["key"]: data.get(f"o-{reward_id}-{axis['key']}", "") for axis in axes}
    return Choice(reward_id, quantity, options)


def _count(text: str) -> int:
    return int(text) if text.strip().isdigit() else 0
