# SPDX-License-Identifier: Apache-2.0
"""The group's review: submit, comment, ask for changes, approve, reject."""

from django.conf import settings
from django.db import transaction

from firstflight.campaigns import errors
from firstflight.campaigns.access import is_part_of
from firstflight.campaigns.checklist import checklist
from firstflight.campaigns.models import Campaign, CampaignMove, ReviewComment, Submission
from firstflight.campaigns.moving import move
from firstflight.campaigns.snapshots import snapshot
from firstflight.campaigns.states import Funding, Review
from firstflight.kernel import clock
from firstflight.kernel.errors import MoveRefused
from firstflight.kernel.localized import localized
from firstflight.notices.actions.send import send
from firstflight.people.models import Person


def _lock(campaign: Campaign) -> Campaign:
    return Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)


@transaction.atomic
def submit(*, campaign: Campaign, actor: Person) -> Campaign:
    """Hand a complete draft to the reviewers.

    Raises:
        NotComplete: the checklist has open items. MoveRefused: it is not a draft.
    """
    locked = _lock(campaign)
    if not all(item.done for item in checklist(locked)):
        raise errors.NotComplete
    move(locked, "review", Review.SUBMITTED, actor=actor)
    locked.submitted_at = clock.now()
    locked.save(update_fields=["submitted_at"])
    Submission.objects.create(campaign=locked, content=snapshot(locked), at=locked.submitted_at)
    return locked


@transaction.atomic
def comment(*, campaign: Campaign, actor: Person, place: str, text: str) -> ReviewComment:
    """Remark on a place of the project ("story", "rewards") while it is in review.

    Raises:
        OwnProject. MoveRefused: it is not in review.
    """
    _refuse_own(campaign, actor)
    if campaign.review_state != Review.SUBMITTED:
        raise MoveRefused(machine="review", old=campaign.review_state, new="commented")
    return ReviewComment.objects.create(
        campaign=campaign, author=actor, place=place, text=text, created_at=clock.now()
    )


@transaction.atomic
def resolve(*, campaign: Campaign, comment_id: int) -> None:
    """Mark a remark as dealt with."""
    ReviewComment.objects.filter(pk=comment_id, campaign=campaign, resolved_at=None).update(
        resolved_at=clock.now()
    )


@transaction.atomic
def request_changes(*, campaign: Campaign, actor: Person, reason: str) -> Campaign:
    """Send it back to its makers with remarks.

    Raises:
        OwnProject, MoveRefused.
    """
    _refuse_own(campaign, actor)
    locked = _lock(campaign)
    _tell_makers(
        locked, move(locked, "review", Review.CHANGES_REQUESTED, actor=actor, reason=reason)
    )
    return locked


@transaction.atomic
def approve(*, campaign: Campaign, actor: Person) -> Campaign:
    """Approve: from now on what supporters rely on is frozen, and it opens at its hour.

    Raises:
        OwnProject, MoveRefused. NotComplete: its opening passed while it waited.
    """
    _refuse_own(campaign, actor)
    locked = _lock(campaign)
    unmet = [item.place for item in checklist(locked) if not item.done]
    if set(unmet) - {"comments"}:
        raise errors.NotComplete
    _tell_makers(locked, move(locked, "review", Review.APPROVED, actor=actor))
    move(locked, "funding", Funding.SCHEDULED)
    locked.approved_at = clock.now()
    locked.save(update_fields=["approved_at"])
    return locked


@transaction.atomic
def reject(*, campaign: Campaign, actor: Person, reason: str) -> Campaign:
    """Turn it down, with a reason for its makers.

    Raises:
        OwnProject, MoveRefused.
    """
    _refuse_own(campaign, actor)
    locked = _lock(campaign)
    _tell_makers(locked, move(locked, "review", Review.REJECTED, actor=actor, reason=reason))
    return locked


def _tell_makers(campaign: Campaign, decided: CampaignMove) -> None:
    project = campaign.project
    for maker in {project.owner, *project.editors.all()}:
        send(
            person=maker,
            kind=f"review_{decided.new}",
            key=f"review:{decided.pk}:{maker.pk}",
            context={
                "title": localized(project.title, maker.language),
                "reason": decided.reason,
                "campaign": campaign,
                "desk_url": f"{settings.SITE_URL}/desk/projects/{campaign.pk}/",
            },
        )


def _refuse_own(campaign: Campaign, actor: Person) -> None:
    if is_part_of(actor, campaign):
        raise errors.OwnProject
