# SPDX-License-Identifier: Apache-2.0
"""The project team's dashboard: amount over time, rewards sold by option, visitors' origins."""

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from firstflight.campaigns.access import access_own_campaign
from firstflight.campaigns.models import Campaign, Reward
from firstflight.campaigns.queries import option_words
from firstflight.desk import charts, editor
from firstflight.desk.entry import person_of, signed_in
from firstflight.pledges.queries import amount_over_time, sold_by_option, sources, totals


@signed_in
def dashboard(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Numbers for those who made it; no supporter's name among them."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    points = amount_over_time(campaign)
    variables = {
        "totals": totals(campaign),
        "chart": charts.line(points, goal=campaign.goal) if points else None,
        "sold": _sold(campaign),
        "origins": _origins(campaign),
    }
    return render(request, "desk/dashboard.html", editor.page(campaign, "dashboard", **variables))


def _sold(campaign: Campaign) -> list[tuple[Reward, int, list[tuple[str, int]]]]:
    """Each reward with how many were sold, and (option in words, number) where it has options."""
    sold = {(row.reward_id, row.variant_id): row.quantity for row in sold_by_option(campaign)}
    rows = []
    for reward in campaign.rewards.prefetch_related("variants"):
        options = [
            (option_words(reward, variant), sold.get((reward.pk, variant.pk), 0))
            for variant in reward.variants.all()
        ]
        together = sum(number for (reward_id, _), number in sold.items() if reward_id == reward.pk)
        rows.append((reward, together, options))
    return rows


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
