# SPDX-License-Identifier: Apache-2.0
"""The last 24 hours: what a reached goal stands on is not taken away."""

from datetime import datetime, timedelta

from firstflight.campaigns.models import Campaign
from firstflight.pledges import errors, locks
from firstflight.pledges.queries import totals

PROTECTED = timedelta(hours=24)


def protect_goal(campaign: Campaign, *, less_minor: int, at: datetime) -> None:
    """Refuse a reduction that drops a reached campaign below its goal near its end.

    Reductions of one campaign wait for each other here, or two small ones could pass together.

    Raises:
        TotalWouldFallBelowGoal: it would.
    """
    if less_minor <= 0 or campaign.closes_at is None or campaign.closes_at - at > PROTECTED:
        return
    locks.lock_reductions(campaign.pk)
    pledged = totals(campaign).pledged.minor
    if pledged >= campaign.goal.minor > pledged - less_minor:
        raise errors.TotalWouldFallBelowGoal
