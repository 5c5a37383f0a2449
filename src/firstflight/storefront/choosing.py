# SPDX-License-Identifier: Apache-2.0
"""What a supporter chose, carried in the address from page to page until they confirm it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from firstflight.campaigns.offers import Offer
from firstflight.campaigns.queries import RewardView
from firstflight.kernel.countries import all_countries
from firstflight.kernel.money import Money
from firstflight.pledges.errors import NothingChosen, NotShippedThere, RewardSoldOut
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
        NotShippedThere: there is no such country.
    """
    main = whole(data.get("reward", ""))
    if main is None:
        raise NothingChosen
    choices = [_choice(data, offer, main, whole(data.get("quantity", "1")) or 0)]
    for reward in offer.rewards.values():
        count = whole(data.get(f"addon-{reward.id}", "0"))
        if reward.is_addon and count:
            choices.append(_choice(data, offer, reward.id, count))
    bonus = data.get("bonus", "").strip()
    minor = Money.parse(bonus, offer.currency).minor if bonus else 0
    ship_to = data.get("ship_to", "JP").upper()
    if ship_to not in dict(all_countries("en")):
        raise NotShippedThere
    return Chosen(tuple(choices), ship_to, minor)


def _choice(data: QueryDict, offer: Offer, reward_id: int, quantity: int) -> Choice:
    reward = offer.rewards.get(reward_id)
    axes = reward.axes if reward else ()
    options = {axis["key"]: data.get(f"o-{reward_id}-{axis['key']}", "") for axis in axes}
    return Choice(reward_id, quantity, options)


def whole(text: str) -> int | None:
    """A whole number of up to fifteen digits; None for anything else."""
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) <= 15 else None


def check_left(chosen: Chosen, views: Iterable[RewardView]) -> None:
    """Tell somebody on the way that a place is gone; only `place` decides it.

    Raises:
        RewardSoldOut: fewer places are left than were chosen.
    """
    shown = {view.reward.pk: view for view in views}
    for choice in chosen.choices:
        view = shown.get(choice.reward_id)
        if view is None:
            continue
        free = [o["left"] for o in view.options if o["options"] == dict(choice.options)]
        if any(left is not None and left < choice.quantity for left in (view.left, *free)):
            raise RewardSoldOut(reward=choice.reward_id)
