# SPDX-License-Identifier: Apache-2.0
"""GET /campaigns and /campaigns/{slug}: public, no token needed."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from ninja import Router

from firstflight.api.answers import campaign_answer
from firstflight.api.schemas import CampaignOut, CampaignPage
from firstflight.campaigns.models import Campaign
from firstflight.kernel.errors import NotFound

router = Router(tags=["campaigns"])
PAGE = 20


def _public() -> QuerySet[Campaign]:
    return (
        Campaign.objects.filter(review_state="approved")
        .select_related("project")
        .prefetch_related("rewards__stocks", "rewards__variants", "rewards__shipping_fees")
        .order_by("-opens_at", "-pk")
    )


@router.get("", response=CampaignPage, auth=None)
def list_campaigns(
    request: HttpRequest, status: str = "", q: str = "", category: str = "", page: int = 1
) -> dict[str, Any]:
    """Approved campaigns, newest first: filtered by state, words in the title, and category."""
    found = _public()
    if status:
        found = found.filter(funding_state=status)
    if category:
        found = found.filter(project__category=category)
    if q:
        words = Q()
        for language in ("en", "ja", "fr"):
            words |= Q(**{f"project__title__{language}__icontains": q})
        found = found.filter(words)
    page = max(page, 1)
    results = found[(page - 1) * PAGE : page * PAGE]
    return {
        "count": found.count(),
        "page": page,
        "results": [campaign_answer(campaign) for campaign in results],
    }


@router.get("/{slug}", response=CampaignOut, auth=None)
def get_campaign(request: HttpRequest, slug: str) -> dict[str, Any]:
    """One approved campaign."""
    campaign = _public().filter(slug=slug).first()
    if campaign is None:
        raise NotFound
    return campaign_answer(campaign)
