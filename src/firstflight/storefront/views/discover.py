# SPDX-License-Identifier: Apache-2.0
"""The first page: campaigns by stage, and finding them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from firstflight.campaigns.models import Campaign, Category
from firstflight.campaigns.queries import STAGES, public_campaigns, search
from firstflight.pledges.queries import Totals, totals

PAGE = 24


def home(request: HttpRequest) -> HttpResponse:
    """Featured and by stage; with words or a filter, what matches."""
    words = request.GET.get("q", "").strip()[:100]
    category, stage = request.GET.get("category", ""), request.GET.get("stage", "")
    if category not in Category.values:
        category = ""
    if stage not in STAGES:
        stage = ""
    variables = {
        "q": words,
        "category": category,
        "stage": stage,
        "categories": Category.choices,
        "searching": bool(words or category or stage),
    }
    if variables["searching"]:
        found = search(words=words, category=category, stage=stage).order_by("-opens_at", "-pk")
        page = Paginator(found, PAGE).get_page(request.GET.get("page"))
        return render(
            request,
            "storefront/search.html",
            {**variables, "page": page, "cards": [_card(campaign) for campaign in page]},
        )
    featured = public_campaigns().filter(STAGES["live"]).order_by("-featured", "closes_at").first()
    sections = []
    for name, stage_filter in STAGES.items():
        campaigns = public_campaigns().filter(stage_filter).order_by("closes_at")[:12]
        others = [_card(c) for c in campaigns if featured is None or c.pk != featured.pk]
        sections.append((name, others))
    return render(
        request,
        "storefront/home.html",
        {**variables, "featured": _card(featured) if featured else None, "sections": sections},
    )


def _card(campaign: Campaign) -> tuple[Campaign, Totals]:
    return campaign, totals(campaign)
