# SPDX-License-Identifier: Apache-2.0
"""The life of a parcel, as a table that can be read aloud."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from firstflight.kernel.states import Machine


class Parcel(TextChoices):
    """Where a parcel stands."""

    PLANNED = "planned", _("Planned")
    ADDRESS_LOCKED = "address_locked", _("Address confirmed")
    PACKED = "packed", _("Packed")
    SHIPPED = "shipped", _("On its way")
    DELIVERED = "delivered", _("Delivered")
    RETURNED = "returned", _("Returned to us")
    LOST = "lost", _("Lost")
    RESHIPPED = "reshipped", _("Sent again")
    ON_HOLD = "on_hold", _("On hold")


PARCEL = Machine(
    "parcel",
    {
        "planned": frozenset({"address_locked", "on_hold"}),
        "address_locked": frozenset({"packed", "shipped", "on_hold"}),
        "packed": frozenset({"shipped", "on_hold"}),
        "shipped": frozenset({"delivered", "returned", "lost"}),
        "delivered": frozenset({"returned"}),
        "returned": frozenset({"reshipped"}),
        "lost": frozenset({"reshipped"}),
        "reshipped": frozenset({"delivered", "returned", "lost"}),
        "on_hold": frozenset({"planned", "address_locked", "packed"}),
    },
)
