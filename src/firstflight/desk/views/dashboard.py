# SPDX-License-Identifier: Apache-2.0
"""The project team's dashboard: amount over time, rewards sold by option, visitors' origins."""

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from firstflight.campaigns.access import access_own_campaign
from firstflight.campaigns.models import Campaign, Reward
from firstflight.desk import charts
from firstflight.desk.entry import person_of, signed_in
from firstflight.kernel.localized import localized
from firstflight.pledges.queries import amount_over_time, sold_by_option, sources, totals


@signed_in
def dashboard(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Numbers for those who made it; no supporter's name among them."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    points = amount_over_time(campaign)
    return render(
        request,
        "desk/dashboard.html",
        {
            "campaign": campaign,
            "section": "dashboard",
            "totals": totals(campaign),
            "chart": charts.line(points, goal=campaign.goal) if points else None,
            "sold": _sold(campaign),
            "origins": _origins(campaign),
        },
    )


def _sold(campaign: Campaign) -> list[tuple[Reward, list[tuple[str, int]]]]:
    """Each reward with (option in words, number sold)."""
    sold = sold_by_option(campaign)
    rows = []
    for reward in campaign.rewards.prefetch_related("variants"):
        labels = {variant.pk: _label(reward, variant.options) for variant in reward.variants.all()}
        mine = [
            (labels.get(row.variant_id or 0, ""), row.quantity)
            for row in sold
            if row.reward_id == reward.pk
        ]
        rows.append((reward, mine))
    return rows


def _label(reward: Reward, options: dict[str, str]) -> str:
    words = {
        (axis["key"], value["key"]): localized(value["label"])
        for axis in reward.axes
        for value in axis["values"]
    }
    return " · ".join(words.get(pair, pair[1]) for pair in options.items())


def _origins(campaign: Campaign) -> list[tuple[str, int, int]]:
    """(source, visits, pledges), most visits first; "" is unknown."""
    visits = dict(
        campaign.visits.values_list("source").annotate(total=Sum("visits")).order_by("-total")
    )
    pledged = sources(campaign)
    names = {**visits, **pledged}
    return sorted(
        ((name, visits.get(name, 0), pledged.get(name, 0)) for name in names),
        key=lambda row: (-row[1], -row[2], row[0]),
    )
