# SPDX-License-Identifier: Apache-2.0
"""The list of parcels for the warehouse, as CSV or Excel."""

import csv
import io
from collections.abc import Iterator

from openpyxl import Workbook

from firstflight.campaigns.models import Campaign
from firstflight.fulfilment.models import DeliveryAddress
from firstflight.fulfilment.queries import contents, parcels

HEADINGS = (
    *("parcel", "pledge", "contents", "name", "postal_code", "region", "city", "line1", "line2"),
    *("country", "phone", "state", "carrier", "tracking_number"),
)


def rows(campaign: Campaign, language: str) -> Iterator[tuple[str, ...]]:
    """One row a parcel, in the order of `HEADINGS`."""
    addresses = DeliveryAddress.objects.filter(pledge__campaign=campaign).in_bulk(
        field_name="pledge_id"
    )
    for shipment in parcels(campaign).iterator(chunk_size=500):
        address = addresses[shipment.pledge_id]
        yield (
            str(shipment.pk),
            str(shipment.pledge_id),
            contents(shipment.pledge, language),
            address.name,
            address.postal_code,
            address.region,
            address.city,
            address.line1,
            address.line2,
            address.country,
            address.phone,
            shipment.state,
            shipment.carrier,
            shipment.tracking_number,
        )


def as_csv(campaign: Campaign, language: str) -> bytes:
    """UTF-8 with a byte-order mark, which Excel needs to read Japanese."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(HEADINGS)
    for row in rows(campaign, language):
        writer.writerow(_harmless(cell) for cell in row)
    return buffer.getvalue().encode("utf-8-sig")


def as_excel(campaign: Campaign, language: str) -> bytes:
    """A workbook with one sheet; every cell is text, so postal codes keep their zeros."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("parcels")
    sheet.append(HEADINGS)
    for row in rows(campaign, language):
        sheet.append([_harmless(cell) for cell in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet will not run as a formula (OWASP: CSV injection)."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
