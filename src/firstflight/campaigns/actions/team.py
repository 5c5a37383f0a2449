# SPDX-License-Identifier: Apache-2.0
"""Who is behind a project: add somebody, take somebody off."""

from django.db import transaction
from django.utils.translation import gettext as _

from firstflight.campaigns import errors
from firstflight.campaigns.actions.add_picture import add_picture
from firstflight.campaigns.models import Campaign, TeamMember
from firstflight.campaigns.states import Review
from firstflight.kernel.errors import Invalid


@transaction.atomic
def add_member(
    *,
    campaign: Campaign,
    name: str,
    role: dict[str, str],
    bio: dict[str, str],
    picture: bytes | None,
) -> TeamMember:
    """Add a member with what they do, and a face if there is a picture.

    Raises:
        InReview, Invalid, PictureInvalid.
    """
    _refuse_in_review(campaign)
    if not name.strip():
        raise Invalid({"name": [_("Please enter a name.")]})
    if not any(text.strip() for text in role.values()):
        raise Invalid({"role": [_("Please say what this person does in the project.")]})
    project = campaign.project
    face = add_picture(project=project, data=picture, alt={"en": name}) if picture else None
    position = project.team.count()
    return TeamMember.objects.create(
        project=project, name=name.strip(), role=role, bio=bio, picture=face, position=position
    )


@transaction.atomic
def remove_member(*, campaign: Campaign, member_id: int) -> None:
    """Take a member off; somebody who is not on the team changes nothing.

    Raises:
        InReview.
    """
    _refuse_in_review(campaign)
    campaign.project.team.filter(pk=member_id).delete()


def _refuse_in_review(campaign: Campaign) -> None:
    if campaign.review_state == Review.SUBMITTED:
        raise errors.InReview
