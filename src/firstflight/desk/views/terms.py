# SPDX-License-Identifier: Apache-2.0
"""The editor's campaign terms: goal, instants, zone, policy, address."""

from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from firstflight.campaigns import stamps
from firstflight.campaigns.access import access_own_campaign
from firstflight.campaigns.actions.edit import edit_terms
from firstflight.campaigns.models import BelowGoal, Campaign
from firstflight.desk import editor, parsing
from firstflight.desk.entry import person_of, signed_in
from firstflight.desk.saving import saved, shown_stamp
from firstflight.kernel.money import CURRENCIES

COMMON_ZONES = ("Asia/Tokyo", "Europe/Paris", "Europe/London", "America/New_York", "UTC")


@signed_in
def terms(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Goal, dates, zone and policy; a POST saves them."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    if request.method == "POST":
        return saved(
            request,
            campaign,
            "desk:terms",
            lambda: stamps.stamp_of(
                edit_terms(campaign, _terms(request, campaign), stamp=shown_stamp(request)),
                stamps.TERMS,
            ),
        )
    variables = {
        "opens_at": parsing.local(campaign.opens_at, campaign.time_zone),
        "closes_at": parsing.local(campaign.closes_at, campaign.time_zone),
        "common_zones": COMMON_ZONES,
        "zones": sorted(zone for zone in available_timezones() if "/" in zone),
        "currencies": CURRENCIES,
        "policies": BelowGoal.choices,
        "site_url": settings.SITE_URL,
        "stamp": stamps.stamp_of(campaign, stamps.TERMS),
    }
    return render(request, "desk/terms.html", editor.page(campaign, "terms", **variables))


def _terms(request: HttpRequest, campaign: Campaign) -> dict[str, Any]:
    data = request.POST
    zone = data.get("time_zone") or campaign.time_zone
    currency = data.get("currency") or campaign.currency
    return {
        "currency": currency,
        "goal_minor": parsing.amount(data, "goal", currency),
        "opens_at": parsing.instant(data, "opens_at", zone),
        "closes_at": parsing.instant(data, "closes_at", zone),
        "time_zone": zone,
        "below_goal": data.get("below_goal", campaign.below_goal),
        "slug": data.get("slug", campaign.slug),
    }
