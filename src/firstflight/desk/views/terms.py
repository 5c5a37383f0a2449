# SPDX-License-Identifier: Apache-2.0
"""The editor's campaign terms and rewards: goal, instants, prices, options, places, shipping."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from firstflight.campaigns.access import access_own_campaign
from firstflight.campaigns.actions.edit import edit_terms
from firstflight.campaigns.actions.save_reward import (
    RewardDraft,
    raise_limit,
    remove_reward,
    save_reward,
)
from firstflight.campaigns.models import BelowGoal, Campaign, Reward
from firstflight.desk import parsing
from firstflight.desk.entry import person_of, signed_in
from firstflight.desk.saving import saved
from firstflight.kernel.errors import Invalid
from firstflight.kernel.localized import LANGUAGES
from firstflight.kernel.money import CURRENCIES, Money

ZONES = ("Asia/Tokyo", "Europe/Paris", "Europe/London", "America/New_York", "UTC")


@signed_in
def terms(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Goal, dates, zone and policy; a POST saves them."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    if request.method == "POST":
        return saved(
            request,
            lambda: edit_terms(campaign, _terms(request, campaign)),
            "desk:terms",
            campaign_id,
        )
    return render(
        request,
        "desk/terms.html",
        {
            "campaign": campaign,
            "section": "terms",
            "opens_at": _local(campaign.opens_at, campaign.time_zone),
            "closes_at": _local(campaign.closes_at, campaign.time_zone),
            "zones": ZONES,
            "currencies": CURRENCIES,
            "policies": BelowGoal.choices,
            "open_comments": campaign.comments.filter(resolved_at=None).select_related("author"),
        },
    )


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


def _local(instant: datetime | None, zone: str) -> str:
    return f"{instant.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}" if instant else ""


@signed_in
def rewards(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """All rewards with their places."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    found = campaign.rewards.select_related("picture").prefetch_related("stocks__variant")
    return render(
        request,
        "desk/rewards.html",
        {
            "campaign": campaign,
            "section": "rewards",
            "rewards": found,
            "open_comments": campaign.comments.filter(resolved_at=None).select_related("author"),
        },
    )


@signed_in
def edit_reward(
    request: HttpRequest, campaign_id: int, reward_id: int | None = None
) -> HttpResponse:
    """The form of one reward; wrong entries come back with what was typed."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    reward = get_object_or_404(Reward, pk=reward_id, campaign=campaign) if reward_id else None
    wrong: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            save_reward(campaign, _draft(request, campaign, reward), reward_id)
        except Invalid as refusal:
            wrong = refusal.fields
        else:
            return redirect("desk:rewards", campaign_id)
    typed = request.POST.dict() if wrong else _as_typed(reward, campaign)
    return render(
        request,
        "desk/reward.html",
        {
            "campaign": campaign,
            "section": "rewards",
            "reward": reward,
            "typed": typed,
            "wrong": wrong,
            "languages": LANGUAGES,
            "pictures": campaign.project.pictures.all(),
        },
        status=422 if wrong else 200,
    )


def _draft(request: HttpRequest, campaign: Campaign, reward: Reward | None) -> RewardDraft:
    data = request.POST
    price = parsing.amount(data, "price", campaign.currency)
    return RewardDraft(
        name=parsing.texts(data, "name") or {},
        description=parsing.texts(data, "description") or {},
        picture_id=parsing.whole(data, "picture"),
        price_minor=-1 if price is None else price,
        limit=parsing.whole(data, "limit"),
        is_addon="is_addon" in data,
        per_person_cap=parsing.whole(data, "per_person_cap"),
        opens_at=parsing.instant(data, "opens_at", campaign.time_zone),
        closes_at=parsing.instant(data, "closes_at", campaign.time_zone),
        delivery_from=parsing.month(data, "delivery_from"),
        delivery_to=parsing.month(data, "delivery_to"),
        axes=parsing.axes(data.get("axes", "")),
        variant_limits=parsing.limits(data.get("variant_limits", "")),
        shipping=parsing.fees(data.get("shipping", ""), campaign.currency),
        position=reward.position if reward else campaign.rewards.count(),
    )


def _as_typed(reward: Reward | None, campaign: Campaign) -> dict[str, Any]:
    """The form's entries for a reward as it is, or for a new one."""
    if reward is None:
        return {"shipping": "JP = 0"}
    stocks = list(reward.stocks.select_related("variant"))
    own = next(stock for stock in stocks if stock.variant is None)
    zone = campaign.time_zone
    return {
        **{f"name_{code}": text for code, text in reward.name.items()},
        **{f"description_{code}": text for code, text in reward.description.items()},
        "picture": str(reward.picture_id or ""),
        "price": str(Money(reward.price_minor, campaign.currency).major),
        "limit": own.limit,
        "is_addon": reward.is_addon,
        "per_person_cap": reward.per_person_cap,
        "opens_at": _local(reward.opens_at, zone),
        "closes_at": _local(reward.closes_at, zone),
        "delivery_from": f"{reward.delivery_from:%Y-%m}",
        "delivery_to": f"{reward.delivery_to:%Y-%m}",
        "axes": "\n".join(
            f"{axis['label'].get('en')}: "
            + ", ".join(value["label"].get("en") for value in axis["values"])
            for axis in reward.axes
        ),
        "variant_limits": "\n".join(
            f"{'/'.join(stock.variant.options.values())} = {stock.limit}"
            for stock in stocks
            if stock.variant is not None
        ),
        "shipping": "\n".join(
            f"{fee.country} = {Money(fee.fee_minor, campaign.currency).major}"
            for fee in reward.shipping_fees.all()
        ),
    }


@signed_in
@require_POST
def delete_reward(request: HttpRequest, campaign_id: int, reward_id: int) -> HttpResponse:
    """Take a reward out of a draft."""
    remove_reward(access_own_campaign(person_of(request), campaign_id), reward_id)
    return redirect("desk:rewards", campaign_id)


@signed_in
@require_POST
def more_places(request: HttpRequest, campaign_id: int, stock_id: int) -> HttpResponse:
    """Raise a limit after approval."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    limit = parsing.whole(request.POST, "limit")
    raise_limit(campaign, stock_id, limit or 0, actor=person_of(request))
    return redirect("desk:rewards", campaign_id)
