# SPDX-License-Identifier: Apache-2.0
"""Choosing a reward, and the one screen on which a supporter confirms."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control

from firstflight.campaigns.models import Campaign
from firstflight.campaigns.offers import Offer, offer
from firstflight.campaigns.queries import open_first, public_campaign, reward_views
from firstflight.kernel import clock
from firstflight.kernel.countries import all_countries
from firstflight.kernel.errors import Refusal
from firstflight.pledges.actions.place import Request
from firstflight.pledges.actions.place_together import place_together
from firstflight.pledges.errors import CampaignNotLive, TooBusy
from firstflight.pledges.quotes import Quote, quote
from firstflight.storefront import choosing
from firstflight.storefront.countries import shipped_to
from firstflight.storefront.entry import person_of, signed_in

# Browsers forget what was typed in a page that may not be stored: going back would lose choices.
_kept_for_going_back = cache_control(private=True, no_cache=True)


@_kept_for_going_back
def choose(request: HttpRequest, slug: str, refusal: Refusal | None = None) -> HttpResponse:
    """All rewards with their options; what was chosen before stays chosen."""
    campaign = public_campaign(slug)
    now = clock.now()
    if not campaign.is_open_at(now):
        raise CampaignNotLive
    rewards = open_first(reward_views(campaign, now))
    language = get_language() or "en"
    return render(
        request,
        "storefront/choose.html",
        {
            "campaign": campaign,
            "rewards": [view for view in rewards if not view.reward.is_addon],
            "addons": [view for view in rewards if view.reward.is_addon and view.is_open],
            "countries": shipped_to(offer(slug), language),
            "chosen": request.GET,
            "ship_to": request.GET.get("ship_to") or _home_country(language),
            "refusal": refusal,
        },
        status=refusal.status if refusal else 200,
    )


def _home_country(language: str) -> str:
    return {"fr": "FR", "ja": "JP"}.get(language.split("-")[0], "JP")


@signed_in
@_kept_for_going_back
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything a supporter agrees to on one screen; the button places the pledge."""
    posted = request.method == "POST"
    data = request.POST if posted else request.GET
    try:
        if posted:
            return _place(request, slug)
        campaign, current = public_campaign(slug), offer(slug, fresh=True)
        chosen = choosing.read(data, current)
        priced = _quote(current, chosen)
        choosing.check_left(chosen, reward_views(campaign, clock.now()))
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        request.GET = data.copy()  # type: ignore[assignment]
        return choose(request, slug, refusal)
    return render(
        request,
        "storefront/confirm.html",
        {
            **_shown(campaign, priced),
            "chosen": request.GET,
            "key": secrets.token_urlsafe(18),
        },
    )


def _quote(current: Offer, chosen: choosing.Chosen) -> Quote:
    return quote(current, chosen.choices, ship_to=chosen.ship_to, bonus_minor=chosen.bonus_minor)


def _shown(campaign: Campaign, priced: Quote) -> dict[str, Any]:
    country = dict(all_countries(get_language() or "en")).get(priced.ship_to)
    return {"campaign": campaign, "quote": priced, "country": country}


def _place(request: HttpRequest, slug: str) -> HttpResponse:
    # In a rush the offer read some seconds ago serves: `place` prices again if it has changed.
    current = offer(slug)
    if choosing.whole(request.POST.get("reward", "")) not in current.rewards:
        current = offer(slug, fresh=True)
    chosen = choosing.read(request.POST, current)
    try:
        placed = place_together(
            Request(
                slug=slug,
                person_id=person_of(request).pk,
                key=f"web:{request.POST.get('key', '')[:60]}",
                choices=chosen.choices,
                ship_to=chosen.ship_to,
                bonus_minor=chosen.bonus_minor,
                language=(get_language() or "en").split("-")[0],
                source=request.POST.get("from", "")[:80],
                shown_total_minor=choosing.whole(request.POST.get("shown_total", "")),
            )
        )
    except TooBusy as refusal:
        return _busy(request, slug, _quote(current, chosen), refusal)
    return redirect("card", placed.pledge_id)


def _busy(request: HttpRequest, slug: str, priced: Quote, refusal: TooBusy) -> HttpResponse:
    """What was chosen is kept, and sent again by itself; its key makes of all attempts one."""
    answer = render(
        request,
        "storefront/busy.html",
        {**_shown(public_campaign(slug), priced), "sent": request.POST, "refusal": refusal},
        status=refusal.status,
    )
    answer["Retry-After"] = str(refusal.retry_after)
    return answer
