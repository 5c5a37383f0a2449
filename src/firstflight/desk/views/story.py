# SPDX-License-Identifier: Apache-2.0
"""The editor's story: texts in three languages that save themselves, pictures, the team."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from firstflight.campaigns.access import access_own_campaign
from firstflight.campaigns.actions.add_picture import add_picture
from firstflight.campaigns.actions.edit import edit_story
from firstflight.campaigns.actions.team import add_member, remove_member
from firstflight.campaigns.errors import PictureInvalid
from firstflight.campaigns.models import Campaign, Category
from firstflight.campaigns.stamps import TEXTS
from firstflight.desk import parsing
from firstflight.desk.entry import person_of, signed_in
from firstflight.desk.saving import saved
from firstflight.kernel.localized import LANGUAGES


@signed_in
def story(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Show the texts; a POST saves what the form holds and answers for the saved-indicator."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    if request.method == "POST":
        return saved(
            request, lambda: edit_story(campaign, _fields(request)), "desk:story", campaign_id
        )
    project = campaign.project
    fields = [
        {
            "name": name,
            "texts": [(code, getattr(project, name).get(code, "")) for code in LANGUAGES],
        }
        for name in TEXTS
    ]
    return render(
        request,
        "desk/story.html",
        {
            **_page(campaign, "story"),
            "fields": fields,
            "categories": Category.choices,
        },
    )


def _page(campaign: Campaign, section: str) -> dict[str, Any]:
    open_comments = campaign.comments.filter(resolved_at=None).select_related("author")
    return {
        "campaign": campaign,
        "project": campaign.project,
        "section": section,
        "languages": LANGUAGES,
        "open_comments": open_comments,
    }


def _fields(request: HttpRequest) -> dict[str, Any]:
    data = request.POST
    fields: dict[str, Any] = {}
    for name in TEXTS:
        texts = parsing.texts(data, name)
        if texts is not None:
            fields[name] = texts
    for name in ("video_url", "category"):
        if name in data:
            fields[name] = data[name].strip()
    return fields


@signed_in
def pictures(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The pictures, of which one is the cover."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    found = campaign.project.pictures.order_by("position", "pk")
    return render(request, "desk/pictures.html", {**_page(campaign, "pictures"), "pictures": found})


@signed_in
@require_POST
def upload(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Take in a picture; the first becomes the cover."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    file = request.FILES.get("picture")
    if file is None:
        raise PictureInvalid
    alt = parsing.texts(request.POST, "alt") or {}
    picture = add_picture(project=campaign.project, data=file.read(), alt=alt)
    if campaign.project.cover_id is None:
        edit_story(campaign, {"cover_id": picture.pk})
    return redirect("desk:pictures", campaign_id)


@signed_in
@require_POST
def choose_cover(request: HttpRequest, campaign_id: int, picture_id: int) -> HttpResponse:
    """Make a picture the cover."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    if campaign.project.pictures.filter(pk=picture_id).exists():
        edit_story(campaign, {"cover_id": picture_id})
    return redirect("desk:pictures", campaign_id)


@signed_in
def team(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Who is behind the project; a POST adds somebody."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    if request.method == "POST":
        file = request.FILES.get("picture")
        add_member(
            campaign=campaign,
            name=request.POST.get("name", ""),
            role=parsing.texts(request.POST, "role") or {},
            bio=parsing.texts(request.POST, "bio") or {},
            picture=file.read() if file else None,
        )
        return redirect("desk:team", campaign_id)
    members = campaign.project.team.select_related("picture")
    return render(request, "desk/team.html", {**_page(campaign, "team"), "members": members})


@signed_in
@require_POST
def remove_from_team(request: HttpRequest, campaign_id: int, member_id: int) -> HttpResponse:
    """Take somebody off the team."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    remove_member(campaign=campaign, member_id=member_id)
    return redirect("desk:team", campaign_id)
