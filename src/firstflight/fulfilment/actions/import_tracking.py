# SPDX-License-Identifier: Apache-2.0
"""Take over tracking numbers from a table: all rows or none."""

import csv
import io
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from firstflight.campaigns.models import Campaign
from firstflight.fulfilment.errors import TableInvalid
from firstflight.fulfilment.models import Shipment
from firstflight.fulfilment.moving import move
from firstflight.fulfilment.states import Parcel
from firstflight.kernel import clock
from firstflight.people import audit
from firstflight.people.models import Person
from firstflight.pledges.mails import tell

COLUMNS = ("parcel", "carrier", "tracking_number")


@dataclass(frozen=True)
class _Row:
    line: int
    parcel: str
    carrier: str
    tracking_number: str


def import_tracking(*, campaign: Campaign, data: bytes, actor: Person | None) -> int:
    """Read a CSV with the columns parcel, carrier, tracking_number; answers how many were new.

    A row that was imported before is passed over, so the same file may come twice.

    Raises:
        TableInvalid: with a message for each broken line; nothing was imported.
    """
    rows = _read(data)
    with transaction.atomic():
        shipments = {
            str(shipment.pk): shipment
            for shipment in Shipment.objects.select_for_update(of=("self",))
            .filter(pledge__campaign=campaign)
            .select_related("pledge__campaign__project", "pledge__person")
        }
        wrong = {row.line: text for row in rows if (text := _problem(row, shipments, rows))}
        if wrong:
            raise TableInvalid(wrong)
        fresh = [row for row in rows if not _same(row, shipments[row.parcel])]
        for row in fresh:
            _ship(shipments[row.parcel], row, actor)
        audit.record(
            actor=actor,
            act="tracking_imported",
            subject=f"campaign:{campaign.pk}",
            detail={"parcels": len(fresh)},
        )
    return len(fresh)


def _read(data: bytes) -> list[_Row]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TableInvalid({1: _("The file is not UTF-8 text.")}) from None
    try:
        reader = csv.DictReader(io.StringIO(text), strict=True)
        if not set(COLUMNS) <= set(reader.fieldnames or ()):
            columns = ", ".join(COLUMNS)
            message = _("The first line must name the columns %(columns)s.") % {"columns": columns}
            raise TableInvalid({1: message})
        return [
            _Row(reader.line_num, *((row[name] or "").strip() for name in COLUMNS))
            for row in reader
        ]
    except csv.Error as error:
        raise TableInvalid({1: str(error)}) from None


def _problem(row: _Row, shipments: dict[str, Shipment], rows: list[_Row]) -> str:
    shipment = shipments.get(row.parcel)
    if shipment is None:
        return _("No parcel of this campaign has the number “%(parcel)s”.") % {"parcel": row.parcel}
    if not row.carrier or not row.tracking_number:
        return _("The carrier or the tracking number is missing.")
    if len(row.carrier) > 40 or len(row.tracking_number) > 60:
        return _("The carrier or the tracking number is too long.")
    if any(other is not row and other.parcel == row.parcel for other in rows):
        return _("This parcel appears more than once.")
    if any(
        other is not row
        and (other.carrier, other.tracking_number) == (row.carrier, row.tracking_number)
        for other in rows
    ):
        return _("This tracking number appears more than once.")
    if not _same(row, shipment) and shipment.state not in (Parcel.ADDRESS_LOCKED, Parcel.PACKED):
        return _("This parcel has already been sent with another tracking number.")
    return ""


def _same(row: _Row, shipment: Shipment) -> bool:
    return (shipment.carrier, shipment.tracking_number) == (row.carrier, row.tracking_number)


def _ship(shipment: Shipment, row: _Row, actor: Person | None) -> None:
    shipment.carrier, shipment.tracking_number = row.carrier, row.tracking_number
    shipment.shipped_at = clock.now()
    shipment.save(update_fields=["carrier", "tracking_number", "shipped_at"])
    move(shipment, Parcel.SHIPPED, actor=actor)
    tell(shipment.pledge, "parcel_shipped", once=str(shipment.pk), shipment=shipment)
