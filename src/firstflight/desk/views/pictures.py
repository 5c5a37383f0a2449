# SPDX-License-Identifier: Apache-2.0
"""The editor's pictures, of which one is the cover."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from firstflight.campaigns.access import access_own_campaign
from firstflight.campaigns.actions.add_picture import add_picture
from firstflight.campaigns.actions.edit import edit_story
from firstflight.campaigns.actions.remove_picture import remove_picture
from firstflight.campaigns.errors import PictureInvalid
from firstflight.desk import editor, parsing
from firstflight.desk.entry import person_of, signed_in


@signed_in
def pictures(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """All of them, faces of the team left out."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    found = campaign.project.pictures.filter(teammember=None).order_by("position", "pk")
    page = editor.page(campaign, "pictures", pictures=found)
    return render(request, "desk/pictures.html", page)


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
    edit_story(campaign, {"cover_id": picture_id})
    return redirect("desk:pictures", campaign_id)


@signed_in
@require_POST
def remove(request: HttpRequest, campaign_id: int, picture_id: int) -> HttpResponse:
    """Take a picture out."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    remove_picture(campaign=campaign, picture_id=picture_id)
    return redirect("desk:pictures", campaign_id)
