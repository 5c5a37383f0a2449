# SPDX-License-Identifier: Apache-2.0
"""Cancel a pledge while its campaign is live: the place is free at once, nobody pays."""

from uuid import UUID

from django.db import transaction

from firstflight.campaigns import stock
from firstflight.kernel import clock
from firstflight.ledger.posting import post
from firstflight.people.models import Person
from firstflight.pledges import entries, errors, locks
from firstflight.pledges.goal_guard import protect_goal
from firstflight.pledges.mails import tell
from firstflight.pledges.models import Pledge
from firstflight.pledges.moving import move
from firstflight.pledges.queries import places_of
from firstflight.pledges.states import State


@transaction.atomic
def cancel(*, pledge_id: UUID, actor: Person, reason: str = "") -> Pledge:
    """Cancel a held or confirmed pledge; cancelling it again changes nothing.

    Raises:
        NotFound: no such pledge.
        CampaignNotLive: the deadline has passed.
        TotalWouldFallBelowGoal: the last 24 hours of a campaign that needs this pledge.
        MoveRefused: the pledge is past cancelling.
    """
    campaign_id = locks.campaign_of(pledge_id)
    locks.share_campaign(campaign_id)
    pledge = locks.lock_pledge(pledge_id)
    if pledge.state == State.CANCELLED:
        return pledge
    now = clock.database_now()
    if not pledge.campaign.is_open_at(now):
        raise errors.CampaignNotLive
    was_held = pledge.state == State.HELD
    if not was_held:
        protect_goal(pledge.campaign, less_minor=pledge.total_minor, at=now)
    move(pledge, State.CANCELLED, actor=actor, reason=reason)
    stock.give_back(places_of(pledge))
    entry = entries.pledge_cancelled(
        pledge.campaign.book, pledge.pk, pledge.total, was_held=was_held
    )
    post([entry], now)
    if not was_held:
        tell(pledge, "pledge_cancelled")
    return pledge
