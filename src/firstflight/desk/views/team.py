# SPDX-License-Identifier: Apache-2.0
"""The editor's team: the people shown to supporters, and the colleagues who may edit."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from firstflight.campaigns.access import access_own_campaign
from firstflight.campaigns.actions import editors
from firstflight.campaigns.actions import team as actions
from firstflight.campaigns.models import TeamMember
from firstflight.desk import editor, parsing
from firstflight.desk.entry import person_of, signed_in


@signed_in
def team(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Who is behind the project; a POST adds somebody."""
    person = person_of(request)
    campaign = access_own_campaign(person, campaign_id)
    if request.method == "POST":
        actions.add_member(campaign=campaign, **_member(request))
        return redirect("desk:team", campaign_id)
    variables = {
        "members": campaign.project.team.select_related("picture"),
        "nobody": TeamMember(),
        "editors": campaign.project.editors.order_by("pk"),
        "is_owner": campaign.project.owner_id == person.pk,
    }
    return render(request, "desk/team.html", editor.page(campaign, "team", **variables))


def _member(request: HttpRequest) -> dict[str, Any]:
    file = request.FILES.get("picture")
    return {
        "name": request.POST.get("name", ""),
        "role": parsing.texts(request.POST, "role") or {},
        "bio": parsing.texts(request.POST, "bio") or {},
        "picture": file.read() if file else None,
    }


@signed_in
@require_POST
def change_member(request: HttpRequest, campaign_id: int, member_id: int) -> HttpResponse:
    """Say something else of somebody on the team."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    actions.change_member(campaign=campaign, member_id=member_id, **_member(request))
    return redirect("desk:team", campaign_id)


@signed_in
@require_POST
def remove_from_team(request: HttpRequest, campaign_id: int, member_id: int) -> HttpResponse:
    """Take somebody off the team."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    actions.remove_member(campaign=campaign, member_id=member_id)
    return redirect("desk:team", campaign_id)


@signed_in
@require_POST
def invite_editor(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Let a colleague edit."""
    person = person_of(request)
    campaign = access_own_campaign(person, campaign_id)
    email = request.POST.get("email", "")
    colleague = editors.invite_editor(campaign=campaign, email=email, actor=person)
    messages.success(request, _("%(name)s can now edit this project.") % {"name": colleague})
    return redirect("desk:team", campaign_id)


@signed_in
@require_POST
def remove_editor(request: HttpRequest, campaign_id: int, person_id: int) -> HttpResponse:
    """Let a colleague no longer edit."""
    person = person_of(request)
    campaign = access_own_campaign(person, campaign_id)
    editors.remove_editor(campaign=campaign, person_id=person_id, actor=person)
    return redirect("desk:team", campaign_id)
