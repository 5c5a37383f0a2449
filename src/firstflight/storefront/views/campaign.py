# SPDX-License-Identifier: Apache-2.0
"""A campaign's public page, and the part of it that moves by itself."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from firstflight.campaigns.access import access_preview
from firstflight.campaigns.models import Campaign, Picture, Project, TeamMember
from firstflight.campaigns.queries import RewardView, open_first, public_campaign, reward_views
from firstflight.kernel import clock
from firstflight.kernel.localized import localized
from firstflight.kernel.money import CURRENCIES
from firstflight.pledges.queries import totals
from firstflight.storefront import page_cache
from firstflight.storefront.context import reader_currency
from firstflight.storefront.early_answers import AnswerForAll
from firstflight.storefront.entry import person_of, signed_in
from firstflight.storefront.visits import count

# A session, or a message for one person: what is rendered with them is nobody else's to see.
_PERSONAL = {settings.SESSION_COOKIE_NAME, "messages"}


def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole page; for visitors who are not signed in it is rendered once a second."""
    currency = _currency(request)
    if request.COOKIES.keys() & _PERSONAL:
        answer = HttpResponse(_render(request, slug, currency))
        answer["Cache-Control"] = "private, no-cache"
    else:
        key = ("campaign", slug, get_language() or "en", currency, request.path)
        kept = page_cache.kept(key, lambda: _render(request, slug, currency).encode())
        answer = AnswerForAll(kept, visit_of=slug)
        answer["Cache-Control"] = "no-cache"
    count(request, slug)
    answer["Vary"] = "Accept-Language, Cookie"
    return answer


@signed_in
def preview(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The page as supporters will see it, for its makers and its reviewers before that."""
    campaign = access_preview(person_of(request), campaign_id)
    return HttpResponse(_shown(request, campaign, _currency(request), is_preview=True))


def _render(request: HttpRequest, slug: str, currency: str) -> str:
    return _shown(request, public_campaign(slug), currency)


def _shown(
    request: HttpRequest, campaign: Campaign, currency: str, *, is_preview: bool = False
) -> str:
    project, moving = campaign.project, _moving(campaign)
    team = list(project.team.select_related("picture"))
    return render_to_string(
        "storefront/campaign.html",
        {
            **moving,
            # The same page serves everybody, so it must not carry one visitor's address.
            "next_path": request.path,
            "project": project,
            "gallery": _gallery(project, moving["rewards"], team),
            "team": team,
            "currency": currency,
            "currencies": CURRENCIES,
            "is_preview": is_preview,
        },
        request=request,
    )


def _gallery(
    project: Project, rewards: Sequence[RewardView], team: Sequence[TeamMember]
) -> list[Picture]:
    """The pictures that the page does not show elsewhere."""
    shown = {project.cover_id, *(member.picture_id for member in team)}
    shown |= {view.reward.picture_id for view in rewards}
    story = localized(project.story)
    return [
        picture
        for picture in project.pictures.order_by("position", "pk")
        if picture.pk not in shown and (picture.file.name or picture.static_path) not in story
    ]


def _moving(campaign: Campaign) -> dict[str, Any]:
    now = clock.now()
    return {
        "campaign": campaign,
        "totals": totals(campaign),
        "rewards": open_first(reward_views(campaign, now)),
        "is_open": campaign.is_open_at(now),
        "now": now,
    }


def live(request: HttpRequest, slug: str) -> HttpResponse:
    """Amount, supporters and places, fetched every few seconds by the page."""
    currency = _currency(request)
    key = ("live", slug, get_language() or "en", currency)

    def rendered() -> bytes:
        variables = {**_moving(public_campaign(slug)), "currency": currency, "moving": True}
        return render_to_string("storefront/live.html", variables, request=request).encode()

    return AnswerForAll(page_cache.kept(key, rendered))


def _currency(request: HttpRequest) -> str:
    wanted = request.GET.get("currency", "").upper()
    return wanted if wanted in CURRENCIES else reader_currency(request)
