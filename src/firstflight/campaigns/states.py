# SPDX-License-Identifier: Apache-2.0
"""The four machines of a campaign: review, funding, delivery and sale, each on its own.

A campaign in production may still be under late pledges; that is why one status never serves.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from firstflight.kernel.states import Machine


class Review(TextChoices):
    """How far the group's review has come."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("In review")
    CHANGES_REQUESTED = "changes_requested", _("Changes requested")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")


class Funding(TextChoices):
    """Where the money stands."""

    PLANNED = "planned", pgettext_lazy("campaign", "Planned")
    SCHEDULED = "scheduled", _("Coming soon")
    LIVE = "live", _("Live")
    COLLECTING = "collecting", _("Collecting payments")
    SUCCESSFUL = "successful", _("Successful")
    FAILED = "failed", _("Goal not reached")
    SUSPENDED = "suspended", _("Suspended")
    CANCELLED = "cancelled", pgettext_lazy("campaign", "Cancelled")


class Delivery(TextChoices):
    """Where the product stands."""

    NONE = "none", _("Not started")
    IN_PRODUCTION = "in_production", _("In production")
    FULFILLING = "fulfilling", pgettext_lazy("campaign", "Shipping")
    FULFILLED = "fulfilled", _("Delivered")


class Sale(TextChoices):
    """Whether one can buy it outside the campaign."""

    NONE = "none", _("Not on sale")
    LATE_PLEDGE = "late_pledge", _("Late pledges")
    PRE_ORDER = "pre_order", _("Pre-order")
    IN_STOCK = "in_stock", _("On sale")
    ENDED = "ended", _("Sold out for good")


REVIEW = Machine(
    "review",
    {
        "draft": frozenset({"submitted"}),
        "submitted": frozenset({"changes_requested", "approved", "rejected"}),
        "changes_requested": frozenset({"submitted"}),
    },
)
FUNDING = Machine(
    "funding",
    {
        "planned": frozenset({"scheduled"}),
        "scheduled": frozenset({"live", "cancelled"}),
        "live": frozenset({"collecting", "failed", "suspended", "cancelled"}),
        "suspended": frozenset({"live", "cancelled"}),
        "collecting": frozenset({"successful", "failed"}),
    },
)
DELIVERY = Machine(
    "delivery",
    {
        "none": frozenset({"in_production"}),
        "in_production": frozenset({"fulfilling"}),
        "fulfilling": frozenset({"fulfilled"}),
    },
)
SALE = Machine(
    "sale",
    {
        "none": frozenset({"late_pledge", "pre_order", "in_stock"}),
        "late_pledge": frozenset({"pre_order", "in_stock", "ended"}),
        "pre_order": frozenset({"in_stock", "ended"}),
        "in_stock": frozenset({"ended"}),
        "ended": frozenset({"in_stock"}),
    },
)
MACHINES = {"review": REVIEW, "funding": FUNDING, "delivery": DELIVERY, "sale": SALE}
