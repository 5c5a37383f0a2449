# SPDX-License-Identifier: Apache-2.0
"""Write a reward of a draft, with its options, places and shipping fees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import product
from math import prod
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from firstflight.campaigns import errors, stamps
from firstflight.campaigns.actions.edit import require_draft
from firstflight.campaigns.models import Campaign, Reward, ShippingFee, Stock, Variant
from firstflight.kernel.errors import Invalid, NotFound
from firstflight.kernel.money import MINOR_MAX
from firstflight.people import audit
from firstflight.people.models import Person

_MOST_PLACES = 1_000_000
_MOST_A_PERSON = 1_000
_MOST_VARIANTS = 60


@dataclass(frozen=True)
class RewardDraft:
    """What a maker says of a reward. `variant_limits` maps option values joined by "/" (in the
    order of the axes: "chronograph/black") to their own limit; one left out has none of its own."""

    name: Mapping[str, str]
    price_minor: int
    delivery_from: date
    delivery_to: date
    description: Mapping[str, str] = field(default_factory=dict)
    picture_id: int | None = None
    limit: int | None = None
    is_addon: bool = False
    per_person_cap: int | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    axes: Sequence[Mapping[str, Any]] = ()
    variant_limits: Mapping[str, int] = field(default_factory=dict)
    shipping: Mapping[str, int] = field(default_factory=dict)
    position: int = 0


@transaction.atomic
def save_reward(
    campaign: Campaign,
    draft: RewardDraft,
    reward_id: int | None = None,
    *,
    stamp: str | None = None,
) -> Reward:
    """Create a reward, or replace one of a draft.

    Raises:
        Frozen, InReview: it is past changing. NotFound: not a reward of this campaign.
        Invalid: with the fields. EditedMeanwhile: it was changed after the form was opened.
    """
    locked = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    require_draft(locked)
    wrong = faults(locked, draft)
    if wrong:
        raise Invalid(wrong)
    if reward_id is None:
        reward = Reward(campaign=locked)
    else:
        found = Reward.objects.filter(pk=reward_id, campaign=locked).first()
        if found is None:
            raise NotFound
        reward = found
        stamps.check(stamp, stamps.reward_stamp(reward))
    for name in (
        *("name", "description", "picture_id", "price_minor", "is_addon", "per_person_cap"),
        *("opens_at", "closes_at", "delivery_from", "delivery_to", "position"),
    ):
        setattr(reward, name, getattr(draft, name))
    reward.axes = list(draft.axes)
    reward.save()
    _write_stock(reward, draft)
    reward.shipping_fees.all().delete()
    ShippingFee.objects.bulk_create(
        ShippingFee(reward=reward, country=country, fee_minor=fee)
        for country, fee in draft.shipping.items()
    )
    Campaign.objects.filter(pk=locked.pk).update(offer_version=F("offer_version") + 1)
    return reward


def _write_stock(reward: Reward, draft: RewardDraft) -> None:
    reward.stocks.all().delete()
    reward.variants.all().delete()
    Stock.objects.create(reward=reward, limit=draft.limit)
    if not draft.axes:
        return
    values = [[value["key"] for value in axis["values"]] for axis in draft.axes]
    for position, chosen in enumerate(product(*values)):
        options = {axis["key"]: key for axis, key in zip(draft.axes, chosen, strict=True)}
        variant = Variant.objects.create(reward=reward, options=options, position=position)
        own = draft.variant_limits.get("/".join(chosen))
        if own is not None:
            Stock.objects.create(reward=reward, variant=variant, limit=own)


def faults(campaign: Campaign, draft: RewardDraft) -> dict[str, list[str]]:
    """What is wrong with a reward, by field; empty when it can be saved."""
    wrong: dict[str, list[str]] = {}
    if not any(text.strip() for text in draft.name.values()):
        wrong["name"] = [_("Please give the reward a name.")]
    if not 0 <= draft.price_minor <= MINOR_MAX:
        wrong["price"] = [_("Please enter a price of zero or more.")]
    if draft.limit is not None and not 1 <= draft.limit <= _MOST_PLACES:
        wrong["limit"] = [_("Please enter a limit of at least 1, or leave it empty.")]
    if draft.per_person_cap is not None and not 1 <= draft.per_person_cap <= _MOST_A_PERSON:
        wrong["per_person_cap"] = [_("Please enter a number from 1 to 1,000, or leave it empty.")]
    if draft.delivery_to < draft.delivery_from:
        wrong["delivery_to"] = [_("The last delivery month must not precede the first.")]
    if draft.opens_at and draft.closes_at and draft.closes_at <= draft.opens_at:
        wrong["closes_at"] = [_("The window must end after it begins.")]
    picture = draft.picture_id
    if picture is not None and not campaign.project.pictures.filter(pk=picture).exists():
        wrong["picture"] = [_("Please choose one of the project’s pictures.")]
    return {**wrong, **_option_faults(draft), **_shipping_faults(draft)}


def _option_faults(draft: RewardDraft) -> dict[str, list[str]]:
    keys = [axis["key"] for axis in draft.axes]
    values = [[value["key"] for value in axis["values"]] for axis in draft.axes]
    if len(set(keys)) < len(keys) or any(len(set(own)) < len(own) for own in values):
        return {"axes": [_("The same option appears twice.")]}
    if any(len(own) < 2 for own in values):
        return {"axes": [_("Please name at least two values for each option.")]}
    if prod(len(own) for own in values) > _MOST_VARIANTS:
        message = _("Please keep to %(most)s combinations.") % {"most": _MOST_VARIANTS}
        return {"axes": [message]}
    if any(not 1 <= limit <= _MOST_PLACES for limit in draft.variant_limits.values()):
        return {"variant_limits": [_("Please enter a limit of at least 1, or leave it empty.")]}
    return {}


def _shipping_faults(draft: RewardDraft) -> dict[str, list[str]]:
    if not draft.shipping:
        return {"shipping": [_("Please name at least one country to ship to.")]}
    if any(not 0 <= fee <= MINOR_MAX for fee in draft.shipping.values()):
        return {"shipping": [_("A shipping fee cannot be negative.")]}
    return {}


@transaction.atomic
def remove_reward(campaign: Campaign, reward_id: int) -> None:
    """Take a reward out of a draft.

    Raises:
        Frozen, InReview, NotFound.
    """
    locked = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    require_draft(locked)
    deleted, _by_model = Reward.objects.filter(pk=reward_id, campaign=locked).delete()
    if not deleted:
        raise NotFound


@transaction.atomic
def raise_limit(campaign: Campaign, stock_id: int, limit: int, *, actor: Person) -> Stock:
    """Raise the limit of a reward or a variant after approval; an act of staff, so audited.

    Raises:
        NotFound: no such stock in this campaign. LimitOnlyRises: a lower limit was asked for.
    """
    stock = Stock.objects.select_for_update().filter(pk=stock_id, reward__campaign=campaign).first()
    if stock is None:
        raise NotFound
    if stock.limit is None or not stock.limit <= limit <= _MOST_PLACES:
        raise errors.LimitOnlyRises(least=stock.limit or stock.taken)
    audit.record(
        actor=actor,
        act="limit_raised",
        subject=f"campaign:{campaign.pk}",
        detail={"stock": stock.pk, "old": stock.limit, "new": limit},
    )
    stock.limit = limit
    stock.save(update_fields=["limit"])
    return stock
