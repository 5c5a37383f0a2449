# SPDX-License-Identifier: Apache-2.0
"""Signed links with which a supporter repairs a payment without signing in."""

from uuid import UUID

from django.core import signing

from firstflight.kernel.errors import NotFound
from firstflight.pledges.models import Pledge

_SALT = "firstflight.pledges.repair"
_DAYS = 30


def repair_path(pledge: Pledge) -> str:
    """The path of the repair page, good for 30 days."""
    return f"/repair/{signing.dumps(str(pledge.pk), salt=_SALT)}/"


def pledge_of_repair_link(token: str) -> UUID:
    """The pledge of a repair link.

    Raises:
        NotFound: the link was altered or is older than 30 days.
    """
    try:
        return UUID(signing.loads(token, salt=_SALT, max_age=_DAYS * 86_400))
    except (signing.BadSignature, ValueError):
        raise NotFound from None
