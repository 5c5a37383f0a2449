# SPDX-License-Identifier: Apache-2.0
"""Take a picture out of a project, and its file with it."""

from django.db import transaction

from firstflight.campaigns.actions.edit import refuse_in_review
from firstflight.campaigns.models import Campaign
from firstflight.kernel.errors import NotFound


def remove_picture(*, campaign: Campaign, picture_id: int) -> None:
    """Remove a picture; where it was the cover, the next one takes its place.

    Raises:
        InReview. NotFound: not a picture of this project.
    """
    with transaction.atomic():
        refuse_in_review(Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk))
        project = campaign.project
        picture = project.pictures.filter(pk=picture_id).first()
        if picture is None:
            raise NotFound
        if project.cover_id == picture_id:
            project.cover = (
                project.pictures.exclude(pk=picture_id)
                .filter(teammember=None)
                .order_by("position", "pk")
                .first()
            )
            project.save(update_fields=["cover"])
        file = picture.file
        picture.delete()
    if file:
        file.delete(save=False)
