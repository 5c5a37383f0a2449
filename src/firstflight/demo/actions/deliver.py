# SPDX-License-Identifier: Apache-2.0
"""Bring a funded campaign of the catalogue through deadline, payments, parcels and into sale."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from firstflight.campaigns.models import Campaign
from firstflight.campaigns.moving import move
from firstflight.campaigns.states import Funding, Sale
from firstflight.demo.actions.fund import AT_ONCE, in_parallel
from firstflight.fulfilment.actions.ask_addresses import ask_addresses
from firstflight.fulfilment.actions.confirm_receipt import confirm_receipt
from firstflight.fulfilment.actions.give_address import Address, give_address
from firstflight.fulfilment.actions.import_tracking import COLUMNS, import_tracking
from firstflight.fulfilment.actions.lock_addresses import lock_addresses
from firstflight.fulfilment.models import DeliveryAddress, Shipment
from firstflight.kernel import clock
from firstflight.kernel.jobs import run_due
from firstflight.pledges.tasks import sweep

HALF_DAY = timedelta(hours=12)
#: So that the fulfilment clerk finds work: these many out of ten.
ANSWER, SENT, RECEIVED = 9, 7, 5

_STREETS = (
    ("JP", "1-2-{n} Nishiki", "Nagoya", "Aichi", "460-0003"),
    ("JP", "3-{n} Sakaemachi", "Sendai", "Miyagi", "980-0021"),
    ("JP", "5-14-{n} Imaizumi", "Fukuoka", "Fukuoka", "810-0021"),
    ("FR", "{n} rue des Tilleuls", "Lyon", "", "69003"),
    ("BE", "{n} rue du Marché", "Liège", "", "4000"),
    ("GB", "{n} Harbour Street", "Bristol", "", "BS1 4RN"),
    ("DE", "Gartenweg {n}", "Köln", "", "50667"),
    ("US", "{n} Maple Avenue", "Portland", "OR", "97205"),
    ("NL", "Kanaalweg {n}", "Utrecht", "", "3526 KM"),
)


def deliver(campaign: Campaign, progress: Callable[[str], None]) -> None:
    """From the deadline to the shop, in virtual time; what was done before is passed over."""
    assert campaign.closes_at is not None  # noqa: S101 - it was approved
    with clock.virtual(campaign.closes_at):
        progress(f"  {campaign.slug}: deadline, payments")
        _collect(campaign)
        if Campaign.objects.get(pk=campaign.pk).funding_state != Funding.SUCCESSFUL:
            return
        progress(f"  {campaign.slug}: addresses, parcels")
        clock.advance(timedelta(days=45))
        _send(campaign)
        _put_on_sale(campaign)
        _run_jobs()


def _collect(campaign: Campaign) -> None:
    """The deadline, and the days in which failed payments are repaired or given up."""
    for _half_day in range(18):
        sweep()
        _run_jobs()
        if Campaign.objects.get(pk=campaign.pk).funding_state == Funding.SUCCESSFUL:
            return
        clock.advance(HALF_DAY)


def _send(campaign: Campaign) -> None:
    lock_at = clock.now() + timedelta(days=14)
    ask_addresses(campaign=campaign, lock_at=lock_at, actor=None)
    unanswered = DeliveryAddress.objects.filter(pledge__campaign=campaign, given_at=None)
    for number, row in enumerate(unanswered.select_related("pledge__campaign").order_by("pk")):
        if number % 10 < ANSWER:
            give_address(pledge=row.pledge, address=_address(row, number))
    clock.set_to(lock_at)
    lock_addresses(campaign=campaign, actor=None)
    parcels = list(Shipment.objects.filter(pledge__campaign=campaign).order_by("pk"))
    clock.advance(timedelta(days=10))
    sent = [parcel for number, parcel in enumerate(parcels) if number % 10 < SENT]
    import_tracking(campaign=campaign, data=_tracking(sent), actor=None)
    clock.advance(timedelta(days=4))
    for number, parcel in enumerate(parcels):
        if number % 10 < RECEIVED:
            confirm_receipt(pledge=parcel.pledge, shipment_id=parcel.pk, actor=parcel.pledge.person)


def _address(row: DeliveryAddress, number: int) -> Address:
    known = [street for street in _STREETS if street[0] == row.country] or [_STREETS[0]]
    _country, line, city, region, postal_code = known[number % len(known)]
    return Address(row.name, postal_code, city, line.format(n=number % 40 + 1), region=region)


def _tracking(parcels: list[Shipment]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for parcel in parcels:
        writer.writerow([parcel.pk, "Hikyaku Express", f"HX{parcel.pk:010d}"])
    return buffer.getvalue().encode()


@transaction.atomic
def _put_on_sale(campaign: Campaign) -> None:
    locked = Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)
    if locked.sale_state == Sale.NONE:
        move(locked, "sale", Sale.IN_STOCK, actor=locked.project.owner)


def _run_jobs() -> None:
    in_parallel(lambda _worker: run_due(), range(AT_ONCE))
