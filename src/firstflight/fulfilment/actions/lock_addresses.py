# SPDX-License-Identifier: Apache-2.0
"""Lock the addresses of a campaign and plan its parcels."""

from django.db import transaction

from firstflight.campaigns.models import Campaign
from firstflight.campaigns.moving import move as move_campaign
from firstflight.campaigns.states import Delivery
from firstflight.fulfilment.models import DeliveryAddress, Shipment
from firstflight.fulfilment.moving import move
from firstflight.fulfilment.queries import PAID
from firstflight.fulfilment.states import Parcel
from firstflight.kernel import clock
from firstflight.people import audit
from firstflight.people.models import Person


@transaction.atomic
def lock_addresses(*, campaign: Campaign, actor: Person | None) -> int:
    """Plan a parcel for every pledge whose address is known; answers how many are new.

    A supporter who never answered loses nothing: their parcel waits until they do and this is
    done again.
    """
    locked = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    now = clock.now()
    ready = DeliveryAddress.objects.select_for_update().filter(
        pledge__campaign=campaign,
        pledge__state__in=PAID,
        given_at__isnull=False,
        locked_at__isnull=True,
    )
    rows = list(ready)
    for row in rows:
        row.locked_at = now
        row.save(update_fields=["locked_at"])
        shipment = Shipment.objects.create(pledge_id=row.pledge_id, created_at=now)
        move(shipment, Parcel.ADDRESS_LOCKED, actor=actor)
    if rows and locked.delivery_state == Delivery.IN_PRODUCTION:
        move_campaign(locked, "delivery", Delivery.FULFILLING, actor=actor)
    audit.record(
        actor=actor,
        act="addresses_locked",
        subject=f"campaign:{campaign.pk}",
        detail={"parcels": len(rows)},
    )
    return len(rows)
