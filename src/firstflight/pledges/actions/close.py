# SPDX-License-Identifier: Apache-2.0
"""Close a campaign at its deadline: once, by the database's time, its totals frozen.

Holds whose card is not ready at the deadline lapse (docs/decisions/0003). Below the goal every
pledge is released and nobody pays; otherwise each pledge is locked and its payment becomes due.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from firstflight.campaigns import stock
from firstflight.campaigns.models import Campaign
from firstflight.campaigns.moving import move as move_campaign
from firstflight.campaigns.states import Funding
from firstflight.kernel import clock, jobs
from firstflight.kernel.money import Money
from firstflight.ledger.posting import NewEntry, post
from firstflight.pledges import entries, locks
from firstflight.pledges.models import Pledge, PledgeMove
from firstflight.pledges.queries import job_rows, places_of_many, totals
from firstflight.pledges.states import PLEDGE, State

EntryMaker = Callable[[str, object, Money], NewEntry]


def close_due() -> int:
    """Close every live campaign whose deadline has passed; answers how many."""
    due = Campaign.objects.filter(
        funding_state=Funding.LIVE, closes_at__lte=clock.database_now()
    ).values_list("pk", flat=True)
    return sum(close(campaign_id) for campaign_id in due)


@transaction.atomic
def close(campaign_id: int) -> bool:
    """Close one campaign; False if it is not live or its deadline is yet to come."""
    locks.lock_campaign(campaign_id)
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    now = clock.database_now()
    if campaign.funding_state != Funding.LIVE or campaign.closes_at is None:
        return False
    if campaign.closes_at > now:
        return False
    _move_all(campaign, State.HELD, State.LAPSED, entries.pledge_lapsed, now)
    frozen = totals(campaign)
    campaign.pledged_at_close_minor = frozen.pledged.minor
    campaign.supporters_at_close = frozen.supporters
    campaign.closed_at = now
    campaign.save(update_fields=["pledged_at_close_minor", "supporters_at_close", "closed_at"])
    if frozen.pledged < frozen.goal:
        move_campaign(campaign, "funding", Funding.FAILED)
        released = _move_all(campaign, State.ACTIVE, State.RELEASED, entries.pledge_released, now)
        jobs.defer("pledges.tell_released", queue="mail", rows=job_rows(released))
    else:
        move_campaign(campaign, "funding", Funding.COLLECTING)
        locked = _move_all(campaign, State.ACTIVE, State.LOCKED, entries.pledge_locked, now)
        drop_at = now + timedelta(days=settings.DUNNING_DAYS)
        Pledge.objects.filter(pk__in=locked).update(retry_at=now, drop_at=drop_at)
        jobs.defer("pledges.collect", queue="money", rows=job_rows(locked))
    return True


def _move_all(
    campaign: Campaign, old: State, new: State, entry: EntryMaker, at: datetime
) -> Sequence[UUID]:
    """Move all pledges of one state together: history, entries and places as if one by one."""
    PLEDGE.check(old, new)
    pledges = list(
        Pledge.objects.select_for_update(no_key=True)
        .filter(campaign=campaign, state=old)
        .order_by("pk")
    )
    ids = [pledge.pk for pledge in pledges]
    if new in (State.LAPSED, State.RELEASED):
        stock.give_back(places_of_many(ids))
    Pledge.objects.filter(pk__in=ids).update(state=new)
    PledgeMove.objects.bulk_create(
        (PledgeMove(pledge=pledge, old=old, new=new, at=at) for pledge in pledges), batch_size=2000
    )
    post((entry(campaign.book, pledge.pk, pledge.total) for pledge in pledges), at)
    return ids
