# SPDX-License-Identifier: Apache-2.0
"""GET /campaigns and /campaigns/{slug}: public, no token needed."""

from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router

from firstflight.api.answers import campaign_answer
from firstflight.api.problems import PROBLEMS
from firstflight.api.schemas import CampaignOut, CampaignPage, CategoryName, Status
from firstflight.campaigns.models import Campaign
from firstflight.campaigns.queries import search
from firstflight.kernel.errors import NotFound

router = Router(tags=["campaigns"])
PAGE = 20


def _with_rewards(campaigns: QuerySet[Campaign]) -> QuerySet[Campaign]:
    return campaigns.prefetch_related(
        "rewards__stocks", "rewards__variants", "rewards__shipping_fees"
    )


@router.get("", response={200: CampaignPage, **PROBLEMS}, auth=None)
def list_campaigns(
    request: HttpRequest,
    status: Status | None = None,
    q: Annotated[str, Query(max_length=100, pattern=r"^[^\x00]*$")] = "",
    category: CategoryName | None = None,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> dict[str, Any]:
    """Approved campaigns, newest first: by state, words in title or tagline, and category."""
    found = search(words=q, category=category or "")
    if status:
        found = found.filter(funding_state=status)
    results = _with_rewards(found.order_by("-opens_at", "-pk"))[(page - 1) * PAGE : page * PAGE]
    return {
        "count": found.count(),
        "page": page,
        "results": [campaign_answer(campaign) for campaign in results],
    }


@router.get("/{slug:slug}", response={200: CampaignOut, **PROBLEMS}, auth=None)
def get_campaign(request: HttpRequest, slug: str) -> dict[str, Any]:
    """One approved campaign."""
    campaign = _with_rewards(search()).filter(slug=slug).first()
    if campaign is None:
        raise NotFound
    return campaign_answer(campaign)
