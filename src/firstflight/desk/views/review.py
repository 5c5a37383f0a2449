# SPDX-License-Identifier: Apache-2.0
"""The reviewer's desk: the queue, a project as supporters will see it, remarks, the decision."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from firstflight.campaigns.access import access_for_review, is_part_of
from firstflight.campaigns.actions import review
from firstflight.campaigns.models import Campaign
from firstflight.campaigns.queries import changes_since_last_round, places_in_words
from firstflight.desk.entry import person_of, signed_in
from firstflight.kernel.errors import Invalid
from firstflight.kernel.localized import LANGUAGES
from firstflight.people.models import Role
from firstflight.people.queries import affiliates_for_role

PLACES = ("title", "story", "pictures", "team", "risks", "evidence", "faq", "goal", "rewards")


@signed_in
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, longest first, and what was decided lately."""
    person = person_of(request)
    campaigns = Campaign.objects.select_related("project__affiliate", "project__owner")
    companies = affiliates_for_role(person, Role.REVIEWER)
    if companies is not None:
        campaigns = campaigns.filter(project__affiliate__in=companies)
    waiting = (
        campaigns.filter(review_state="submitted")
        .annotate(rounds=Count("submissions"))
        .order_by("submitted_at")
    )
    decided = campaigns.exclude(review_state__in=("draft", "submitted")).order_by("-submitted_at")
    return render(request, "desk/review_queue.html", {"waiting": waiting, "decided": decided[:20]})


@signed_in
def read(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """One project with what changed since the last round and the remarks at their places."""
    person = person_of(request)
    campaign = access_for_review(person, campaign_id)
    comments = list(campaign.comments.select_related("author").order_by("created_at"))
    rewards = campaign.rewards.prefetch_related("stocks__variant", "shipping_fees")
    own = is_part_of(person, campaign)
    variables = {
        "campaign": campaign,
        "project": campaign.project,
        "languages": LANGUAGES,
        "rewards": [(reward, places_in_words(reward)) for reward in rewards],
        "members": campaign.project.team.select_related("picture"),
        "pictures": campaign.project.pictures.filter(teammember=None).order_by("position", "pk"),
        "changes": changes_since_last_round(campaign),
        "comments": {place: [c for c in comments if c.place == place] for place in PLACES},
        "moves": campaign.moves.filter(machine="review").select_related("actor").order_by("-at"),
        "is_own": own,
        "may_decide": campaign.review_state == "submitted" and not own,
    }
    return render(request, "desk/review_read.html", variables)


@signed_in
@require_POST
def comment(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Remark on one place."""
    person = person_of(request)
    campaign = access_for_review(person, campaign_id)
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
    campaign = access_for_review(person, campaign_id)
    decision, reason = request.POST.get("decision", ""), request.POST.get("reason", "").strip()
    if decision == "approve":
        review.approve(campaign=campaign, actor=person)
        messages.success(request, _("Approved. It opens by itself at its hour."))
    elif decision not in ("request_changes", "reject"):
        raise Invalid({"decision": [_("Please choose a decision.")]})
    elif not reason:
        raise Invalid({"reason": [_("Please give the makers a reason.")]})
    elif decision == "reject":
        review.reject(campaign=campaign, actor=person, reason=reason)
        messages.success(request, _("Rejected. The makers get your reason."))
    else:
        review.request_changes(campaign=campaign, actor=person, reason=reason)
        messages.success(request, _("Sent back. The makers get your comments."))
    return redirect("desk:review")
