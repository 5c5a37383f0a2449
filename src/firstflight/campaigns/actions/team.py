# SPDX-License-Identifier: Apache-2.0
"""Who is behind a project: add somebody, say more of them, take somebody off."""

from django.db import transaction
from django.utils.translation import gettext as _

from firstflight.campaigns.actions.add_picture import add_picture
from firstflight.campaigns.actions.edit import refuse_in_review
from firstflight.campaigns.models import Campaign, TeamMember
from firstflight.kernel.errors import Invalid, NotFound


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
    member = TeamMember(project=campaign.project, position=campaign.project.team.count())
    return _write(campaign, member, name, role, bio, picture)


@transaction.atomic
def change_member(
    *,
    campaign: Campaign,
    member_id: int,
    name: str,
    role: dict[str, str],
    bio: dict[str, str],
    picture: bytes | None,
) -> TeamMember:
    """Change what is said of a member; without a new picture the face stays.

    Raises:
        NotFound: not on this team. InReview, Invalid, PictureInvalid.
    """
    member = campaign.project.team.filter(pk=member_id).first()
    if member is None:
        raise NotFound
    return _write(campaign, member, name, role, bio, picture)


@transaction.atomic
def remove_member(*, campaign: Campaign, member_id: int) -> None:
    """Take a member off; somebody who is not on the team changes nothing.

    Raises:
        InReview.
    """
    refuse_in_review(campaign)
    campaign.project.team.filter(pk=member_id).delete()


def _write(
    campaign: Campaign,
    member: TeamMember,
    name: str,
    role: dict[str, str],
    bio: dict[str, str],
    picture: bytes | None,
) -> TeamMember:
    refuse_in_review(campaign)
    if not name.strip() or len(name) > 120:
        raise Invalid({"name": [_("Please enter a name.")]})
    if not any(text.strip() for text in role.values()):
        raise Invalid({"role": [_("Please say what this person does in the project.")]})
    if picture:
        member.picture = add_picture(project=campaign.project, data=picture, alt={"en": name})
    member.name, member.role, member.bio = name.strip(), role, bio
    member.save()
    return member
