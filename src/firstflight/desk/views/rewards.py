# SPDX-License-Identifier: Apache-2.0
"""The editor's rewards: prices, options, places, delivery and shipping."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from firstflight.campaigns.access import access_own_campaign
from firstflight.campaigns.actions.save_reward import raise_limit, remove_reward, save_reward
from firstflight.campaigns.errors import EditedMeanwhile
from firstflight.campaigns.models import Campaign, Reward
from firstflight.campaigns.queries import places_in_words
from firstflight.campaigns.stamps import reward_stamp
from firstflight.desk import editor, parsing, reward_form
from firstflight.desk.entry import person_of, signed_in
from firstflight.desk.saving import shown_stamp
from firstflight.kernel.errors import Invalid


@signed_in
def rewards(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """All rewards with their places."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    found = campaign.rewards.select_related("picture").prefetch_related(
        "stocks__variant", "shipping_fees"
    )
    rows = [(reward, places_in_words(reward)) for reward in found]
    return render(request, "desk/rewards.html", editor.page(campaign, "rewards", rows=rows))


@signed_in
def edit_reward(
    request: HttpRequest, campaign_id: int, reward_id: int | None = None
) -> HttpResponse:
    """The form of one reward; rows come and go, and wrong entries come back as typed."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    reward = campaign.rewards.filter(pk=reward_id).first() if reward_id else None
    if reward_id and reward is None:
        raise Http404
    if request.method != "POST":
        return _form(request, campaign, reward, reward_form.filled(reward, campaign), {})
    form = reward_form.posted(request.POST)
    if "act" in request.POST:
        form.act(request.POST["act"])
        return _form(request, campaign, reward, form, {})
    try:
        position = reward.position if reward else campaign.rewards.count()
        draft = form.draft(campaign, position)
        save_reward(campaign, draft, reward_id, stamp=shown_stamp(request))
    except Invalid as refusal:
        return _form(request, campaign, reward, form, refusal.fields)
    except EditedMeanwhile as refusal:
        return _form(request, campaign, reward, form, {"": [str(refusal)]}, conflict=True)
    messages.success(request, _("The reward is saved."))
    return redirect("desk:rewards", campaign_id)


def _form(
    request: HttpRequest,
    campaign: Campaign,
    reward: Reward | None,
    form: reward_form.RewardForm,
    wrong: dict[str, list[str]],
    **more: Any,
) -> HttpResponse:
    variables = {
        "reward": reward,
        "form": form,
        "typed": form.typed,
        "wrong": wrong,
        "pictures": campaign.project.pictures.filter(teammember=None),
        "countries": reward_form.country_choices(),
        "stamp": request.POST.get("stamp", reward_stamp(reward) if reward else ""),
        **more,
    }
    page = editor.page(campaign, "rewards", **variables)
    return render(request, "desk/reward.html", page, status=422 if wrong else 200)


@signed_in
@require_POST
def delete_reward(request: HttpRequest, campaign_id: int, reward_id: int) -> HttpResponse:
    """Take a reward out of a draft."""
    remove_reward(access_own_campaign(person_of(request), campaign_id), reward_id)
    messages.success(request, _("The reward is removed."))
    return redirect("desk:rewards", campaign_id)


@signed_in
@require_POST
def more_places(request: HttpRequest, campaign_id: int, stock_id: int) -> HttpResponse:
    """Raise a limit after approval."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    limit = parsing.whole(request.POST, "limit")
    raise_limit(campaign, stock_id, limit or 0, actor=person_of(request))
    messages.success(request, _("The limit is raised."))
    return redirect("desk:rewards", campaign_id)
