# SPDX-License-Identifier: Apache-2.0
"""Why something about a campaign is refused."""

from django.utils.translation import gettext_lazy as _

from firstflight.kernel.errors import Refusal


class Frozen(Refusal):
    """Supporters rely on goal, dates, prices and promises: after approval they stay."""

    code = "frozen_after_approval"
    message = _(
        "The campaign has been approved, so its goal, dates, prices and promised delivery "
        "can no longer change."
    )


class InReview(Refusal):
    """While reviewers read it, the text stands still."""

    code = "in_review"
    message = _("The project is being reviewed. You can edit it again after the review.")


class LimitOnlyRises(Refusal):
    """A limit may be raised, never lowered."""

    code = "limit_only_rises"
    message = _("After approval a limit can only be raised. Please enter at least %(least)s.")


class NotComplete(Refusal):
    """The checklist is not complete."""

    code = "not_complete"
    status = 422
    message = _("Some required parts are still missing. The checklist shows which.")


class DatesInvalid(Refusal):
    """The deadline precedes the opening, or is out of reach."""

    code = "dates_invalid"
    status = 422
    message = _("The deadline must be after the opening.")


class PictureInvalid(Refusal):
    """Not a picture that can be shown."""

    code = "picture_invalid"
    status = 422
    message = _("This file is not a JPEG, PNG or WebP picture of up to 10 MB.")


class EditedMeanwhile(Refusal):
    """Somebody, or another window, saved the same part after this one was opened."""

    code = "edited_meanwhile"
    message = _(
        "This was changed in another window or by somebody else after you opened it. "
        "Nothing was overwritten, and your text is still here."
    )


class OwnProject(Refusal):
    """Nobody reviews a project in which they have a part."""

    code = "own_project"
    status = 403
    message = _("You are part of this project’s team, so somebody else has to review it.")
