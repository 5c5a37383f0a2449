# SPDX-License-Identifier: Apache-2.0
"""Ask every paying supporter where their parcel goes, once, with an announced lock."""

from datetime import datetime, timedelta

from django.db import transaction

from firstflight.campaigns.models import Campaign
from firstflight.fulfilment.errors import LockInThePast
from firstflight.fulfilment.models import DeliveryAddress
from firstflight.fulfilment.queries import PAID
from firstflight.kernel import clock
from firstflight.people import audit
from firstflight.people.models import Person
from firstflight.pledges.mails import tell
from firstflight.pledges.models import Pledge


@transaction.atomic
def ask_addresses(*, campaign: Campaign, lock_at: datetime, actor: Person | None) -> int:
    """Ask those not yet asked, and announce the lock; answers how many mails that makes.

    Raises:
        LockInThePast: less than a day from now.
    """
    locked = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    now = clock.now()
    if lock_at < now + timedelta(days=1):
        raise LockInThePast
    locked.addresses_lock_at = lock_at
    locked.save(update_fields=["addresses_lock_at"])
    unasked = (
        Pledge.objects.filter(campaign=campaign, state__in=PAID, address=None)
        .select_related("campaign__project", "person")
        .order_by("placed_at")
    )
    pledges = list(unasked)
    for pledge in pledges:
        DeliveryAddress.objects.create(
            pledge=pledge, country=pledge.ship_to, name=pledge.person.name, asked_at=now
        )
        tell(pledge, "address_request", lock_at=lock_at)
    audit.record(
        actor=actor,
        act="addresses_asked",
        subject=f"campaign:{campaign.pk}",
        detail={"lock_at": lock_at.isoformat(), "asked": len(pledges)},
    )
    return len(pledges)
