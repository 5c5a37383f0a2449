# SPDX-License-Identifier: Apache-2.0
"""The one way in which a parcel changes its state: locked by the caller, with history."""

from firstflight.fulfilment.models import Shipment, ShipmentMove
from firstflight.fulfilment.states import PARCEL
from firstflight.kernel import clock
from firstflight.people.models import Person


def move(shipment: Shipment, new: str, *, actor: Person | None = None) -> ShipmentMove:
    """Move a parcel.

    Raises:
        MoveRefused: the table of moves has no such move.
    """
    PARCEL.check(shipment.state, new)
    old, shipment.state = shipment.state, new
    shipment.save(update_fields=["state"])
    return ShipmentMove.objects.create(
        shipment=shipment, old=old, new=new, actor=actor, at=clock.now()
    )
