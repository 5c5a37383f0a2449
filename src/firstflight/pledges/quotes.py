# SPDX-License-Identifier: Apache-2.0
"""What a choice of rewards costs, and the promise that is frozen with it. It changes nothing."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from firstflight.campaigns.offers import Offer, RewardOffer, VariantOffer
from firstflight.kernel.money import Money
from firstflight.pledges import errors

TERMS_VERSION = "2026-11"
TOTAL_MAX = 99_999_999  # Stripe: a charge has at most eight digits of minor units


@dataclass(frozen=True)
class Choice:
    """What a supporter chose: so many of a reward, with options ("colour": "black")."""

    reward_id: int
    quantity: int = 1
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class QuoteLine:
    """One priced choice."""

    reward: RewardOffer
    variant: VariantOffer | None
    quantity: int

    @property
    def minor(self) -> int:
        """The price of all of them."""
        return self.reward.price_minor * self.quantity


@dataclass(frozen=True)
class Quote:
    """Priced choices, shipping and bonus, in the offer's currency."""

    offer: Offer
    lines: tuple[QuoteLine, ...]
    ship_to: str
    shipping_minor: int
    bonus_minor: int

    @property
    def items_minor(self) -> int:
        """All rewards together."""
        return sum(line.minor for line in self.lines)

    @property
    def total_minor(self) -> int:
        """Rewards, shipping and bonus."""
        return self.items_minor + self.shipping_minor + self.bonus_minor

    @property
    def total(self) -> Money:
        """What the card will be charged on success."""
        return Money(self.total_minor, self.offer.currency)

    def takes(self) -> dict[int, int]:
        """Places to take, by stock: of the reward, and of the variant where it is counted."""
        places: dict[int, int] = {}
        for line in self.lines:
            for stock_id in (line.reward.stock_id, line.variant.stock_id if line.variant else None):
                if stock_id is not None:
                    places[stock_id] = places.get(stock_id, 0) + line.quantity
        return places

    def agreed(self) -> dict[str, Any]:
        """The promise as the supporter saw it: prices, dates, terms; frozen with the pledge."""
        return {
            "terms_version": TERMS_VERSION,
            "campaign": self.offer.slug,
            "title": dict(self.offer.title),
            "seller": self.offer.seller,
            "goal_minor": self.offer.goal_minor,
            "closes_at": self.offer.closes_at.isoformat(),
            "time_zone": self.offer.time_zone,
            "below_goal": self.offer.below_goal,
            "currency": self.offer.currency,
            "items": [
                {
                    "reward": line.reward.id,
                    "name": dict(line.reward.name),
                    "options": dict(line.variant.options) if line.variant else {},
                    "quantity": line.quantity,
                    "unit_minor": line.reward.price_minor,
                    "delivery_from": line.reward.delivery_from.isoformat(),
                    "delivery_to": line.reward.delivery_to.isoformat(),
                }
                for line in self.lines
            ],
            "ship_to": self.ship_to,
            "shipping_minor": self.shipping_minor,
            "bonus_minor": self.bonus_minor,
            "total_minor": self.total_minor,
        }


def digest(agreed: Mapping[str, Any]) -> str:
    """SHA-256 of a promise in canonical JSON (sorted keys, no spaces, UTF-8)."""
    text = json.dumps(agreed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def quote(offer: Offer, choices: Sequence[Choice], *, ship_to: str, bonus_minor: int = 0) -> Quote:
    """Price a supporter's choices; places and opening windows are checked when they are taken.

    Raises:
        NothingChosen, RewardUnknown, OptionsInvalid, QuantityInvalid, CapExceeded,
        NotShippedThere, BonusInvalid: as their names say.
    """
    lines = tuple(_line(offer, choice) for choice in choices)
    if all(line.reward.is_addon for line in lines):
        raise errors.NothingChosen
    _check_caps(lines)
    priced = Quote(offer, lines, ship_to, _shipping(lines, ship_to), bonus_minor)
    if type(bonus_minor) is not int or bonus_minor < 0 or not 0 < priced.total_minor <= TOTAL_MAX:
        raise errors.BonusInvalid(most=Money(TOTAL_MAX, offer.currency).format("en"))
    return priced


def _line(offer: Offer, choice: Choice) -> QuoteLine:
    reward = offer.rewards.get(choice.reward_id)
    if reward is None:
        raise errors.RewardUnknown(reward=choice.reward_id)
    if type(choice.quantity) is not int or not 1 <= choice.quantity <= 99:
        raise errors.QuantityInvalid(reward=choice.reward_id)
    variant = reward.variant_for(choice.options)
    if (variant is None) != (not reward.variants and not choice.options):
        raise errors.OptionsInvalid(reward=choice.reward_id)
    return QuoteLine(reward, variant, choice.quantity)


def _check_caps(lines: Sequence[QuoteLine]) -> None:
    wanted: dict[int, int] = {}
    for line in lines:
        wanted[line.reward.id] = wanted.get(line.reward.id, 0) + line.quantity
        if line.reward.cap is not None and wanted[line.reward.id] > line.reward.cap:
            raise errors.CapExceeded(cap=line.reward.cap, reward=line.reward.id)


def _shipping(lines: Sequence[QuoteLine], ship_to: str) -> int:
    """One parcel: the highest fee among its rewards."""
    fees = []
    for line in lines:
        fee = line.reward.fee_to(ship_to)
        if fee is None:
            raise errors.NotShippedThere(reward=line.reward.id, country=ship_to)
        fees.append(fee)
    return max(fees)
