# SPDX-License-Identifier: Apache-2.0
"""A supporter says that the parcel has arrived."""

from django.db import transaction

from firstflight.campaigns.models import Campaign
from firstflight.campaigns.moving import move as move_campaign
from firstflight.campaigns.states import Delivery
from firstflight.fulfilment.models import Shipment
from firstflight.fulfilment.moving import move
from firstflight.fulfilment.queries import progress
from firstflight.fulfilment.states import Parcel
from firstflight.kernel import clock
from firstflight.kernel.errors import NotFound
from firstflight.people.models import Person
from firstflight.pledges.models import Pledge


@transaction.atomic
def confirm_receipt(*, pledge: Pledge, shipment_id: int, actor: Person | None) -> Shipment:
    """Mark a parcel delivered; saying it again changes nothing.

    Raises:
        NotFound: not a parcel of this pledge. MoveRefused: it was never sent.
    """
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=pledge.campaign_id)
    shipment = Shipment.objects.select_for_update().filter(pk=shipment_id, pledge=pledge).first()
    if shipment is None:
        raise NotFound
    if shipment.state == Parcel.DELIVERED:
        return shipment
    move(shipment, Parcel.DELIVERED, actor=actor)
    shipment.delivered_at = clock.now()
    shipment.save(update_fields=["delivered_at"])
    numbers = progress(campaign)
    if numbers.delivered == numbers.paid and campaign.delivery_state == Delivery.FULFILLING:
        move_campaign(campaign, "delivery", Delivery.FULFILLED)
    return shipment
