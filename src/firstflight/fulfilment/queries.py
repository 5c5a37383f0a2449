# SPDX-License-Identifier: Apache-2.0
"""What the fulfilment clerk and the supporter ask about parcels."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from firstflight.campaigns.models import Campaign
from firstflight.fulfilment.models import DeliveryAddress, Shipment
from firstflight.kernel.localized import localized
from firstflight.pledges.models import Pledge

PAID = ("collected", "partially_refunded")


@dataclass(frozen=True)
class Progress:
    """How far the parcels of a campaign are, in numbers of pledges."""

    paid: int
    asked: int
    answered: int
    parcels: int
    shipped: int
    delivered: int


def progress(campaign: Campaign) -> Progress:
    """The numbers of a campaign."""
    addresses = DeliveryAddress.objects.filter(pledge__campaign=campaign).aggregate(
        asked=Count("pk"), answered=Count("pk", filter=Q(given_at__isnull=False))
    )
    parcels = Shipment.objects.filter(pledge__campaign=campaign).aggregate(
        parcels=Count("pk"),
        shipped=Count("pk", filter=Q(shipped_at__isnull=False)),
        delivered=Count("pk", filter=Q(delivered_at__isnull=False)),
    )
    paid = Pledge.objects.filter(campaign=campaign, state__in=PAID).count()
    return Progress(paid=paid, **addresses, **parcels)


def parcels(campaign: Campaign) -> QuerySet[Shipment]:
    """The campaign's parcels with what a label needs, oldest pledge first."""
    return (
        Shipment.objects.filter(pledge__campaign=campaign)
        .select_related("pledge__person")
        .order_by("pledge__placed_at", "pk")
    )


def contents(pledge: Pledge, language: str) -> str:
    """What goes into the parcel, as agreed: "1 × Chronograph (black); 1 × Travel case"."""
    lines = []
    for item in pledge.agreed["items"]:
        options = ", ".join(item["options"].values())
        lines.append(
            f"{item['quantity']} × {localized(item['name'], language)}"
            + (f" ({options})" if options else "")
        )
    return "; ".join(lines)
