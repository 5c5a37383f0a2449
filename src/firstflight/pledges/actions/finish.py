# SPDX-License-Identifier: Apache-2.0
"""End a campaign's collection: successful, or failed by the policy the supporters were told."""

from django.db import transaction

from firstflight.campaigns.models import BelowGoal, Campaign
from firstflight.campaigns.moving import move as move_campaign
from firstflight.campaigns.states import Delivery, Funding
from firstflight.kernel import clock, jobs
from firstflight.pledges import locks
from firstflight.pledges.models import Pledge
from firstflight.pledges.queries import job_rows, totals
from firstflight.pledges.states import State


def finish_due() -> int:
    """Finish every campaign of which no payment is open any more; answers how many."""
    collecting = Campaign.objects.filter(funding_state=Funding.COLLECTING)
    return sum(finish(campaign_id) for campaign_id in collecting.values_list("pk", flat=True))


@transaction.atomic
def finish(campaign_id: int) -> bool:
    """Finish one campaign; False while payments are open."""
    locks.lock_campaign(campaign_id)
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    pledges = Pledge.objects.filter(campaign=campaign)
    if campaign.funding_state != Funding.COLLECTING:
        return False
    if pledges.filter(state__in=(State.LOCKED, State.ERRORED)).exists():
        return False
    collected = totals(campaign).collected
    campaign.finished_at = clock.now()
    campaign.save(update_fields=["finished_at"])
    if collected < campaign.goal and campaign.below_goal == BelowGoal.FAIL:
        move_campaign(campaign, "funding", Funding.FAILED, reason="collected below goal")
        paid = pledges.filter(state=State.COLLECTED).values_list("pk", flat=True)
        jobs.defer("pledges.refund_failed_campaign", queue="money", rows=job_rows(list(paid)))
    else:
        move_campaign(campaign, "funding", Funding.SUCCESSFUL)
        move_campaign(campaign, "delivery", Delivery.IN_PRODUCTION)
    return True
