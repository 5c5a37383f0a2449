# SPDX-License-Identifier: Apache-2.0
"""What pages ask about campaigns: listings and the public page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from firstflight.campaigns.models import Campaign, Reward, Stock, Variant
from firstflight.campaigns.snapshots import Change, changes
from firstflight.kernel.errors import NotFound
from firstflight.kernel.localized import LANGUAGES, localized
from firstflight.kernel.money import Money

STAGES: dict[str, Q] = {
    "live": Q(funding_state="live"),
    "coming": Q(funding_state="scheduled"),
    "made": Q(funding_state__in=("collecting", "successful"), sale_state="none"),
    "sale": Q(sale_state__in=("late_pledge", "pre_order", "in_stock")),
}


def public_campaigns() -> QuerySet[Campaign]:
    """Approved campaigns that were not cancelled, with what a card in a list shows."""
    return (
        Campaign.objects.filter(review_state="approved")
        .exclude(funding_state="cancelled")
        .select_related("project__cover", "project__affiliate")
    )


def search(*, words: str = "", category: str = "", stage: str = "") -> QuerySet[Campaign]:
    """Public campaigns by words in title or tagline (any language), category and stage."""
    found = public_campaigns()
    if words:
        matches = Q()
        for language in LANGUAGES:
            for name in ("title", "tagline"):
                matches |= Q(**{f"project__{name}__{language}__icontains": words})
        found = found.filter(matches)
    if category:
        found = found.filter(project__category=category)
    if stage in STAGES:
        found = found.filter(STAGES[stage])
    return found


def public_campaign(slug: str) -> Campaign:
    """One public campaign.

    Raises:
        NotFound: none such, or not approved.
    """
    campaign = public_campaigns().filter(slug=slug).first()
    if campaign is None:
        raise NotFound
    return campaign


@dataclass(frozen=True)
class RewardView:
    """A reward as the public sees it; `left` None means no limit."""

    reward: Reward
    price: Money
    left: int | None
    limit: int | None
    taken: int
    options: list[dict[str, Any]]
    state: str  # "open", "sold_out", "early" (window not begun) or "over"

    @property
    def is_open(self) -> bool:
        """Whether it can be chosen now."""
        return self.state == "open"


def reward_views(campaign: Campaign, now: datetime) -> list[RewardView]:
    """The campaign's rewards with what is left of each, in their order."""
    rewards = campaign.rewards.select_related("picture").prefetch_related("stocks", "variants")
    return [_view(reward, campaign.currency, now) for reward in rewards]


def open_first(views: Iterable[RewardView]) -> list[RewardView]:
    """What can be chosen now before what cannot, each in its order, add-ons last."""
    return sorted(views, key=lambda view: (view.reward.is_addon, not view.is_open))


def _view(reward: Reward, currency: str, now: datetime) -> RewardView:
    stocks = {stock.variant_id: stock for stock in reward.stocks.all()}
    own = stocks[None]
    left = _left(own)
    options = []
    for variant in reward.variants.all():
        counted = stocks.get(variant.pk)
        free = _left(counted) if counted else None
        options.append({"options": variant.options, "left": free, "sold_out": free == 0})
    sold_out = left == 0 or (bool(options) and all(option["sold_out"] for option in options))
    if reward.opens_at and now < reward.opens_at:
        state = "early"
    elif reward.closes_at and now >= reward.closes_at:
        state = "over"
    else:
        state = "sold_out" if sold_out else "open"
    price = Money(reward.price_minor, currency)
    return RewardView(reward, price, left, own.limit, own.taken, options, state)


def _left(stock: Stock) -> int | None:
    return None if stock.limit is None else stock.limit - stock.taken


def option_words(reward: Reward, variant: Variant | None) -> str:
    """A variant's options in the reader's language: "Chronograph · Black"; nothing for None."""
    if variant is None:
        return ""
    words = {
        (axis["key"], value["key"]): localized(value["label"])
        for axis in reward.axes
        for value in axis["values"]
    }
    chosen = ((axis["key"], variant.options.get(axis["key"], "")) for axis in reward.axes)
    return " · ".join(words.get(pair, pair[1]) for pair in chosen)


def places_in_words(reward: Reward) -> list[tuple[Stock, str]]:
    """Each stock of a reward with the options it counts; nothing for the reward's own."""
    return [(stock, option_words(reward, stock.variant)) for stock in reward.stocks.all()]


def changes_since_last_round(campaign: Campaign) -> list[Change]:
    """What the newest submission changed of the one before; empty in the first round."""
    rounds = list(campaign.submissions.order_by("-at", "-pk")[:2])
    return changes(rounds[1].content, rounds[0].content) if len(rounds) == 2 else []
