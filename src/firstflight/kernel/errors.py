# SPDX-License-Identifier: Apache-2.0
"""What every refusal has in common: a stable code, an HTTP status and a translated message.

The floors above define one class per reason. Pages and the API translate a refusal to HTTP in one
place each; an action never returns "no", it raises.
"""

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Something was asked for that cannot be done; nothing was changed.

    `code` is stable and part of the public API. `message` tells the reader what to do; its
    `%(name)s` places are filled from the keyword arguments, which also travel in the API answer.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    message: ClassVar[str | Promise] = _("This cannot be done.")
    #: Seconds after which asking again makes sense (HTTP's Retry-After); None where it does not.
    retry_after: ClassVar[int | None] = None

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(self.code, details)

    def __str__(self) -> str:
        return str(self.message) % self.details


class NotFound(Refusal):
    """The thing does not exist, or is not the asker's to see: the two look the same outside."""

    code = "not_found"
    status = 404
    message = _("We could not find this page. It may have moved, or the address may be wrong.")


class NotAllowed(Refusal):
    """The person is known but has no role that permits the act."""

    code = "not_allowed"
    status = 403
    message = _("Your account does not have permission to do this.")


class Invalid(Refusal):
    """Input has a wrong form; `fields` maps a field's name to its messages."""

    code = "invalid"
    status = 422
    message = _("Please check the highlighted fields.")

    def __init__(self, fields: dict[str, list[str]]) -> None:
        self.fields = fields
        super().__init__(fields=fields)


class MoveRefused(Refusal):
    """A state machine has no such move."""

    code = "state_conflict"
    message = _("This is no longer possible: the state has changed to “%(old)s” meanwhile.")
