# SPDX-License-Identifier: Apache-2.0
"""Open campaigns at their hour: they are live by themselves."""

from django.db import transaction

from firstflight.campaigns.models import Campaign
from firstflight.campaigns.moving import move
from firstflight.campaigns.states import Funding
from firstflight.kernel import clock


def open_due() -> int:
    """Make every scheduled campaign live whose opening has come; answers how many."""
    due = Campaign.objects.filter(
        funding_state=Funding.SCHEDULED, opens_at__lte=clock.database_now()
    ).values_list("pk", flat=True)
    return sum(open_campaign(campaign_id) for campaign_id in due)


@transaction.atomic
def open_campaign(campaign_id: int) -> bool:
    """Make one campaign live; False if it is not scheduled or its opening is yet to come."""
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    if campaign.funding_state != Funding.SCHEDULED or campaign.opens_at is None:
        return False
    if campaign.opens_at > clock.database_now():
        return False
    move(campaign, "funding", Funding.LIVE)
    return True
