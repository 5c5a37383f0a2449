# SPDX-License-Identifier: Apache-2.0
"""Change a pledge while its campaign is live.

The new places are taken before the old are given back, in one transaction: whoever cannot have the
new reward keeps the old one, with its price and its promised date.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from firstflight.campaigns import stock
from firstflight.campaigns.offers import Offer, offer
from firstflight.kernel import clock
from firstflight.kernel.money import Money
from firstflight.ledger.posting import post
from firstflight.people.models import Person
from firstflight.pledges import entries, errors, locks
from firstflight.pledges.goal_guard import protect_goal
from firstflight.pledges.mails import tell
from firstflight.pledges.models import Pledge, PledgeItem, PledgeMove
from firstflight.pledges.queries import places_of
from firstflight.pledges.quotes import Choice, Quote, digest, quote
from firstflight.pledges.states import HOLDING, State


def requote(pledge: Pledge, choices: Sequence[Choice], *, ship_to: str, bonus_minor: int) -> Quote:
    """Price a change: what the supporter already has keeps the price it was promised at.

    Raises:
        Refusal: as `pledges.quotes.quote`.
    """
    current = offer(pledge.campaign.slug, fresh=True)
    return quote(
        _at_agreed_prices(current, pledge), choices, ship_to=ship_to, bonus_minor=bonus_minor
    )


def _at_agreed_prices(current: Offer, pledge: Pledge) -> Offer:
    kept = {item["reward"]: item["unit_minor"] for item in pledge.agreed["items"]}
    rewards = {
        reward_id: replace(reward, price_minor=kept.get(reward_id, reward.price_minor))
        for reward_id, reward in current.rewards.items()
    }
    return replace(current, rewards=rewards)


@transaction.atomic
def change(
    *,
    pledge_id: UUID,
    actor: Person,
    choices: Sequence[Choice],
    ship_to: str,
    bonus_minor: int = 0,
    shown_total_minor: int | None = None,
) -> Pledge:
    """Replace what an active pledge asks for; raises leave it exactly as it was.

    Raises:
        CampaignNotLive, RewardNotOpen, RewardSoldOut, CapExceeded, OfferChanged,
        TotalWouldFallBelowGoal, MoveRefused, and all of `pledges.quotes.quote`.
    """
    campaign_id = locks.campaign_of(pledge_id)
    locks.lock_person(actor.pk)
    locks.share_campaign(campaign_id)
    pledge = locks.lock_pledge(pledge_id)
    now = clock.database_now()
    if pledge.state != State.ACTIVE or not pledge.campaign.is_open_at(now):
        raise errors.CampaignNotLive
    priced = requote(pledge, choices, ship_to=ship_to, bonus_minor=bonus_minor)
    if shown_total_minor not in (None, priced.total_minor):
        raise errors.OfferChanged
    _check_windows(pledge, priced, now)
    _check_caps(pledge, priced)
    protect_goal(pledge.campaign, less_minor=pledge.total_minor - priced.total_minor, at=now)
    _swap_places(places_of(pledge), priced.takes())
    _write(pledge, priced, actor, now)
    return pledge


def _check_windows(pledge: Pledge, priced: Quote, now: datetime) -> None:
    """What is asked for beyond what the supporter has must be on offer now."""
    had = {item["reward"]: item["quantity"] for item in pledge.agreed["items"]}
    for line in priced.lines:
        reward = line.reward
        closed = (reward.opens_at and now < reward.opens_at) or (
            reward.closes_at and now >= reward.closes_at
        )
        if closed and line.quantity > had.get(reward.id, 0):
            raise errors.RewardNotOpen(reward=reward.id)


def _check_caps(pledge: Pledge, priced: Quote) -> None:
    for line in priced.lines:
        cap = line.reward.cap
        if cap is None:
            continue
        others = PledgeItem.objects.filter(
            reward_id=line.reward.id, pledge__person=pledge.person, pledge__state__in=HOLDING
        ).exclude(pledge=pledge)
        wanted = sum(other.quantity for other in priced.lines if other.reward.id == line.reward.id)
        if wanted + sum(others.values_list("quantity", flat=True)) > cap:
            raise errors.CapExceeded(cap=cap, reward=line.reward.id)


def _swap_places(old: dict[int, int], new: dict[int, int]) -> None:
    more = {key: new[key] - old.get(key, 0) for key in new if new[key] > old.get(key, 0)}
    less = {key: old[key] - new.get(key, 0) for key in old if old[key] > new.get(key, 0)}
    stock.lock({**more, **less})
    if stock.take(more):
        raise errors.RewardSoldOut
    stock.give_back(less)


def _write(pledge: Pledge, priced: Quote, actor: Person, now: datetime) -> None:
    difference = Money(priced.total_minor - pledge.total_minor, pledge.currency)
    agreed = priced.agreed()
    pledge.items.all().delete()
    PledgeItem.objects.bulk_create(
        PledgeItem(
            pledge=pledge,
            reward_id=line.reward.id,
            variant_id=line.variant.id if line.variant else None,
            quantity=line.quantity,
            unit_minor=line.reward.price_minor,
        )
        for line in priced.lines
    )
    pledge.items_minor = priced.items_minor
    pledge.shipping_minor = priced.shipping_minor
    pledge.bonus_minor = priced.bonus_minor
    pledge.total_minor = priced.total_minor
    pledge.ship_to = priced.ship_to
    pledge.agreed, pledge.agreed_hash = agreed, digest(agreed)
    pledge.save()
    row = PledgeMove.objects.create(
        pledge=pledge, old=pledge.state, new=pledge.state, actor=actor, reason="changed", at=now
    )
    if difference:
        post([entries.pledge_changed(pledge.campaign.book, pledge.pk, row.pk, difference)], now)
    tell(pledge, "pledge_changed", once=str(row.pk))
