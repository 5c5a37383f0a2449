# SPDX-License-Identifier: Apache-2.0
"""A supporter says where their parcel goes, and may say it anew until the lock."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from firstflight.fulfilment.errors import AddressLocked, NotAsked
from firstflight.fulfilment.models import DeliveryAddress
from firstflight.kernel import clock
from firstflight.kernel.errors import Invalid
from firstflight.pledges.models import Pledge


@dataclass(frozen=True)
class Address:
    """An address as written on a parcel; the country is the one agreed to with the pledge."""

    name: str
    postal_code: str
    city: str
    line1: str
    region: str = ""
    line2: str = ""
    phone: str = ""


@transaction.atomic
def give_address(*, pledge: Pledge, address: Address) -> DeliveryAddress:
    """Save the address.

    Raises:
        NotAsked, AddressLocked. Invalid: with the fields.
    """
    row = DeliveryAddress.objects.select_for_update().filter(pledge=pledge).first()
    if row is None:
        raise NotAsked
    lock_at = pledge.campaign.addresses_lock_at
    if row.locked_at is not None or (lock_at is not None and clock.database_now() >= lock_at):
        raise AddressLocked
    needed = ("name", "postal_code", "city", "line1")
    missing = {
        name: [_("Please fill in this field.")]
        for name in needed
        if not getattr(address, name).strip()
    }
    too_long = {
        name: [_("This is too long for a parcel label.")]
        for name, text in asdict(address).items()
        if len(text) > _longest(name)
    }
    if missing or too_long:
        raise Invalid({**missing, **too_long})
    for name, text in asdict(address).items():
        setattr(row, name, " ".join(text.split()))
    row.given_at = clock.now()
    row.save()
    return row


def _longest(name: str) -> int:
    column = DeliveryAddress._meta.get_field(name)
    return int(getattr(column, "max_length", 0))
