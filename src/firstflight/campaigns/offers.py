# SPDX-License-Identifier: Apache-2.0
"""What a campaign offers, as a frozen picture that is read often and checked by version.

A pledge priced from an old picture is refused by the database (`offer_version`) and priced again.
"""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from firstflight.campaigns.models import Campaign, Reward
from firstflight.kernel.errors import NotFound
from firstflight.kernel.localized import Localized

ELSEWHERE = "*"
_SECONDS = 30.0
_kept: dict[str, tuple[float, "Offer"]] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class VariantOffer:
    """One choice of options; `stock_id` None when only the reward itself is counted."""

    id: int
    options: Mapping[str, str]
    stock_id: int | None


@dataclass(frozen=True)
class RewardOffer:
    """A reward with what a pledge needs of it; amounts in the offer's currency."""

    id: int
    name: Localized
    price_minor: int
    is_addon: bool
    cap: int | None
    opens_at: datetime | None
    closes_at: datetime | None
    delivery_from: date
    delivery_to: date
    stock_id: int
    axes: tuple[Mapping[str, Any], ...]
    variants: tuple[VariantOffer, ...]
    shipping: Mapping[str, int]

    def fee_to(self, country: str) -> int | None:
        """The shipping fee to a country; None where the reward is not sent."""
        return self.shipping.get(country, self.shipping.get(ELSEWHERE))

    def variant_for(self, options: Mapping[str, str]) -> VariantOffer | None:
        """The variant with exactly these options."""
        return next((v for v in self.variants if dict(v.options) == dict(options)), None)


@dataclass(frozen=True)
class Offer:
    """A campaign's terms and rewards at one version."""

    campaign_id: int
    slug: str
    version: int
    currency: str
    title: Localized
    goal_minor: int
    opens_at: datetime
    closes_at: datetime
    time_zone: str
    below_goal: str
    seller: str
    rewards: Mapping[int, RewardOffer]


def offer(slug: str, *, fresh: bool = False) -> Offer:
    """The offer of a scheduled or running campaign, up to 30 seconds old unless `fresh`.

    Raises:
        NotFound: no approved campaign has this slug.
    """
    kept = _kept.get(slug)
    if kept and not fresh and time.monotonic() - kept[0] < _SECONDS:
        return kept[1]
    read = _read(slug)
    with _lock:
        _kept[slug] = (time.monotonic(), read)
    return read


def forget_all() -> None:
    """Drop every kept picture: for tests and rehearsals, whose databases come and go."""
    with _lock:
        _kept.clear()


def _read(slug: str) -> Offer:
    campaign = (
        Campaign.objects.select_related("project__affiliate")
        .filter(slug=slug, review_state="approved")
        .first()
    )
    if campaign is None or campaign.opens_at is None or campaign.closes_at is None:
        raise NotFound
    rewards = campaign.rewards.prefetch_related("variants__stock", "stocks", "shipping_fees")
    return Offer(
        campaign_id=campaign.pk,
        slug=slug,
        version=campaign.offer_version,
        currency=campaign.currency,
        title=campaign.project.title,
        goal_minor=campaign.goal.minor,
        opens_at=campaign.opens_at,
        closes_at=campaign.closes_at,
        time_zone=campaign.time_zone,
        below_goal=campaign.below_goal,
        seller=campaign.project.affiliate.legal_name,
        rewards={reward.pk: _reward(reward) for reward in rewards},
    )


def _reward(reward: Reward) -> RewardOffer:
    own_stock = next(stock for stock in reward.stocks.all() if stock.variant_id is None)
    variants = tuple(
        VariantOffer(
            variant.pk, variant.options, variant.stock.pk if hasattr(variant, "stock") else None
        )
        for variant in reward.variants.all()
    )
    return RewardOffer(
        id=reward.pk,
        name=reward.name,
        price_minor=reward.price_minor,
        is_addon=reward.is_addon,
        cap=reward.per_person_cap,
        opens_at=reward.opens_at,
        closes_at=reward.closes_at,
        delivery_from=reward.delivery_from,
        delivery_to=reward.delivery_to,
        stock_id=own_stock.pk,
        axes=tuple(reward.axes),
        variants=variants,
        shipping={fee.country: fee.fee_minor for fee in reward.shipping_fees.all()},
    )
