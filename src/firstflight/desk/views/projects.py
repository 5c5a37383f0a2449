# SPDX-License-Identifier: Apache-2.0
"""An employee's projects: the list, a new one, the editor's overview, handing it in."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from firstflight.campaigns.access import access_own_campaign
from firstflight.campaigns.actions import review
from firstflight.campaigns.actions.create import create
from firstflight.campaigns.checklist import checklist
from firstflight.campaigns.models import Campaign
from firstflight.desk import editor
from firstflight.desk.entry import person_of, signed_in
from firstflight.people.queries import require_employer


@signed_in
def projects(request: HttpRequest) -> HttpResponse:
    """The projects in which this employee has a part."""
    person = person_of(request)
    require_employer(person)
    own = (
        Campaign.objects.filter(Q(project__owner=person) | Q(project__editors=person))
        .select_related("project__cover")
        .distinct()
        .order_by("-created_at")
    )
    return render(request, "desk/projects.html", {"campaigns": own})


@signed_in
@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Begin a project."""
    campaign = create(owner=person_of(request))
    return redirect("desk:story", campaign.pk)


@signed_in
def overview(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The checklist, the review's remarks, and the button that hands it in."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    items = checklist(campaign)
    variables = {
        "checklist": [(item, editor.SECTION_OF[item.place]) for item in items],
        "open_points": sum(not item.done for item in items),
        "done_points": sum(item.done for item in items),
        "comments": campaign.comments.select_related("author").order_by("created_at"),
        "moves": campaign.moves.filter(machine="review").order_by("-at"),
    }
    return render(request, "desk/overview.html", editor.page(campaign, "overview", **variables))


@signed_in
@require_POST
def submit(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Hand it in for review."""
    person = person_of(request)
    campaign = access_own_campaign(person, campaign_id)
    review.submit(campaign=campaign, actor=person)
    messages.success(request, _("Handed in. The reviewers have been given your project."))
    return redirect("desk:overview", campaign_id)


@signed_in
@require_POST
def resolve(request: HttpRequest, campaign_id: int, comment_id: int) -> HttpResponse:
    """Mark a reviewer's remark as dealt with."""
    campaign = access_own_campaign(person_of(request), campaign_id)
    review.resolve(campaign=campaign, comment_id=comment_id)
    back = request.POST.get("back", "")
    return redirect(f"desk:{back if back in editor.SECTIONS else 'overview'}", campaign_id)
