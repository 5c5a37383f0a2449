# SPDX-License-Identifier: Apache-2.0
"""The life of a pledge, as a table that can be read aloud."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from firstflight.kernel.states import Machine


class State(TextChoices):
    """Where a pledge stands."""

    HELD = "held", _("Waiting for your card")
    LAPSED = "lapsed", _("Expired")
    ACTIVE = "active", _("Confirmed")
    CANCELLED = "cancelled", _("Cancelled")
    RELEASED = "released", _("Released – goal not reached")
    LOCKED = "locked", _("Payment under way")
    ERRORED = "errored", _("Payment failed")
    DROPPED = "dropped", _("Dropped")
    COLLECTED = "collected", _("Paid")
    PARTIALLY_REFUNDED = "partially_refunded", _("Partly refunded")
    REFUNDED = "refunded", _("Refunded")
    DISPUTED = "disputed", _("Disputed")


PLEDGE = Machine(
    "pledge",
    {
        "held": frozenset({"active", "lapsed", "cancelled"}),
        "active": frozenset({"cancelled", "locked", "released"}),
        "locked": frozenset({"collected", "errored"}),
        "errored": frozenset({"collected", "dropped"}),
        "collected": frozenset({"partially_refunded", "refunded", "disputed"}),
        "partially_refunded": frozenset({"refunded", "disputed"}),
        "disputed": frozenset({"collected", "refunded"}),
    },
)

# A pledge in one of these occupies its places; in all others they are free again.
HOLDING = ("held", "active", "locked", "errored", "collected", "partially_refunded", "disputed")
# What the public total counts: a card that is ready, or money.
COUNTED = ("active", "locked", "errored", "collected", "partially_refunded", "disputed")
