# SPDX-License-Identifier: Apache-2.0
"""The reviewer's desk: the queue, a project as supporters will see it, remarks, the decision."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from firstflight.campaigns.access import access_as
from firstflight.campaigns.actions import review
from firstflight.campaigns.checklist import checklist
from firstflight.campaigns.models import Campaign
from firstflight.desk.entry import person_of, signed_in
from firstflight.kernel.errors import Invalid
from firstflight.people.models import Role
from firstflight.people.queries import affiliates_for_role

DECISIONS: dict[str, Callable[..., Campaign]] = {
    "approve": review.approve,
    "request_changes": review.request_changes,
    "reject": review.reject,
}
PLACES = ("title", "story", "pictures", "team", "risks", "evidence", "goal", "rewards")


@signed_in
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, longest first, and what was decided lately."""
    person = person_of(request)
    campaigns = Campaign.objects.select_related("project__affiliate", "project__owner")
    companies = affiliates_for_role(person, Role.REVIEWER)
    if companies is not None:
        campaigns = campaigns.filter(project__affiliate__in=companies)
    waiting = campaigns.filter(review_state="submitted").order_by("submitted_at")
    decided = campaigns.exclude(review_state__in=("draft", "submitted")).order_by("-submitted_at")
    return render(request, "desk/review_queue.html", {"waiting": waiting, "decided": decided[:20]})


@signed_in
def read(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """One project with its remarks at their places."""
    campaign = access_as(person_of(request), Role.REVIEWER, campaign_id)
    comments = list(campaign.comments.select_related("author").order_by("created_at"))
    rewards = campaign.rewards.prefetch_related("stocks__variant", "shipping_fees")
    return render(
        request,
        "desk/review_read.html",
        {
            "campaign": campaign,
            "project": campaign.project,
            "rewards": rewards,
            "members": campaign.project.team.select_related("picture"),
            "pictures": campaign.project.pictures.order_by("position", "pk"),
            "checklist": checklist(campaign),
            "comments": {place: [c for c in comments if c.place == place] for place in PLACES},
            "moves": campaign.moves.filter(machine="review").order_by("-at"),
        },
    )


@signed_in
@require_POST
def comment(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Remark on one place."""
    person = person_of(request)
    campaign = access_as(person, Role.REVIEWER, campaign_id)
    place, text = request.POST.get("place", ""), request.POST.get("text", "").strip()
    if place not in PLACES or not text:
        raise Invalid({"text": [_("Please write your comment first.")]})
    review.comment(campaign=campaign, actor=person, place=place, text=text)
    return redirect(f"{request.path.removesuffix('comment/')}#{place}")


@signed_in
@require_POST
def decide(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Approve, send back or reject."""
    person = person_of(request)
    campaign = access_as(person, Role.REVIEWER, campaign_id)
    decision, reason = request.POST.get("decision", ""), request.POST.get("reason", "").strip()
    if decision not in DECISIONS:
        raise Invalid({"decision": [_("Please choose a decision.")]})
    if decision == "approve":
        review.approve(campaign=campaign, actor=person)
    elif not reason:
        raise Invalid({"reason": [_("Please give the makers a reason.")]})
    else:
        DECISIONS[decision](campaign=campaign, actor=person, reason=reason)
    return redirect("desk:review")
