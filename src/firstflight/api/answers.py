# SPDX-License-Identifier: Apache-2.0
"""Turning campaigns and pledges into the JSON of the public API."""

from collections.abc import Iterable
from typing import Any

from firstflight.api.schemas import ItemIn
from firstflight.campaigns.models import Campaign, Reward
from firstflight.kernel.money import Money
from firstflight.pledges.models import Pledge
from firstflight.pledges.queries import totals
from firstflight.pledges.quotes import Choice


def money(amount: Money) -> dict[str, Any]:
    """{"minor", "currency"}."""
    return {"minor": amount.minor, "currency": amount.currency}


def campaign_answer(campaign: Campaign) -> dict[str, Any]:
    """A campaign, its project and rewards prefetched (`with_all`)."""
    sums = totals(campaign)
    return {
        "slug": campaign.slug,
        "title": campaign.project.title,
        "tagline": campaign.project.tagline,
        "category": campaign.project.category,
        "state": campaign.funding_state,
        "delivery_state": campaign.delivery_state,
        "sale_state": campaign.sale_state,
        "goal": money(campaign.goal),
        "pledged": money(sums.pledged),
        "collected": money(sums.collected),
        "supporters": sums.supporters,
        "opens_at": campaign.opens_at,
        "closes_at": campaign.closes_at,
        "time_zone": campaign.time_zone,
        "rewards": [_reward(reward, campaign.currency) for reward in campaign.rewards.all()],
    }


def _reward(reward: Reward, currency: str) -> dict[str, Any]:
    stocks = list(reward.stocks.all())
    own = next(stock for stock in stocks if stock.variant_id is None)
    counted = {stock.variant_id: stock for stock in stocks if stock.variant_id is not None}
    return {
        "id": reward.pk,
        "name": reward.name,
        "price": {"minor": reward.price_minor, "currency": currency},
        "is_addon": reward.is_addon,
        "limit": own.limit,
        "taken": own.taken,
        "per_person_cap": reward.per_person_cap,
        "options": reward.axes,
        "variants": [
            {
                "options": variant.options,
                "limit": counted[variant.pk].limit if variant.pk in counted else None,
                "taken": counted[variant.pk].taken if variant.pk in counted else None,
            }
            for variant in reward.variants.all()
        ],
        "delivery_from": f"{reward.delivery_from:%Y-%m}",
        "delivery_to": f"{reward.delivery_to:%Y-%m}",
        "shipping": {fee.country: fee.fee_minor for fee in reward.shipping_fees.all()},
    }


def pledge_answer(pledge: Pledge) -> dict[str, Any]:
    """A pledge: its items are the ones agreed to."""
    return {
        "id": pledge.pk,
        "campaign": pledge.agreed["campaign"],
        "state": pledge.state,
        "items": pledge.agreed["items"],
        "shipping": {"minor": pledge.shipping_minor, "currency": pledge.currency},
        "bonus": {"minor": pledge.bonus_minor, "currency": pledge.currency},
        "total": money(pledge.total),
        "ship_to": pledge.ship_to,
        "placed_at": pledge.placed_at,
        "hold_expires_at": pledge.hold_expires_at,
    }


def choices_of(items: Iterable[ItemIn]) -> tuple[Choice, ...]:
    """The items of a request as `quotes.Choice`."""
    return tuple(Choice(item.reward, item.quantity, item.options) for item in items)


def choices_had(pledge: Pledge) -> tuple[Choice, ...]:
    """What the pledge asks for now."""
    return tuple(
        Choice(item["reward"], item["quantity"], item["options"]) for item in pledge.agreed["items"]
    )
