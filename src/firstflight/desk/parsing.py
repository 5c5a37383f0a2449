# SPDX-License-Identifier: Apache-2.0
"""Reading what people type into the desk's forms; a wrong entry names its field."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext as _

from firstflight.kernel.errors import Invalid
from firstflight.kernel.localized import LANGUAGES
from firstflight.kernel.money import AmountInvalid, Money

WHOLE_MAX = 2**31 - 1  # what a column of the database holds


def texts(data: QueryDict, name: str) -> dict[str, str] | None:
    """`name_en`, `name_ja` … as a localized text; None if the form has none of them."""
    found = {
        language: data.get(f"{name}_{language}", "").replace("\r\n", "\n").strip()
        for language in LANGUAGES
        if f"{name}_{language}" in data
    }
    return found or None


def whole(data: Mapping[str, Any], name: str) -> int | None:
    """A whole number, or None for an empty field.

    Raises:
        Invalid: it is not one.
    """
    text = str(data.get(name, "")).strip().replace(",", "")
    if not text:
        return None
    try:
        number = int(text)
    except ValueError:
        raise Invalid({name: [_("Please enter a whole number.")]}) from None
    if abs(number) > WHOLE_MAX:
        raise Invalid({name: [_("This number is too large.")]})
    return number


def amount(data: Mapping[str, Any], name: str, currency: str) -> int | None:
    """Minor units of an amount in major units, or None for an empty field.

    Raises:
        Invalid: it is no amount.
    """
    text = str(data.get(name, "")).strip()
    if not text:
        return None
    try:
        return Money.parse(text, currency).minor
    except AmountInvalid as error:
        raise Invalid({name: [str(error)]}) from None


def instant(data: Mapping[str, Any], name: str, zone: str) -> datetime | None:
    """A local date and time ("2026-12-01T12:00") in an IANA zone, or None for an empty field.

    Raises:
        Invalid: it is none, or clocks skip it.
    """
    text = str(data.get(name, "")).strip()
    if not text:
        return None
    try:
        local = datetime.fromisoformat(text).replace(tzinfo=None)
        found = local.replace(tzinfo=ZoneInfo(zone))
        on_the_clock = found.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    except (ValueError, KeyError, OverflowError):
        raise Invalid({name: [_("Please enter a date and a time.")]}) from None
    if on_the_clock != local:
        message = _("Clocks go forward then, so this time does not exist. Please choose another.")
        raise Invalid({name: [message]})
    return found


def month(data: Mapping[str, Any], name: str) -> date:
    """The first day of a month ("2027-03").

    Raises:
        Invalid: it is empty or no month.
    """
    try:
        return date.fromisoformat(f"{data.get(name, '')}-01")
    except ValueError:
        raise Invalid({name: [_("Please choose a month.")]}) from None


def local(instant: datetime | None, zone: str) -> str:
    """An instant as the form's field wants it; nothing for None."""
    return f"{instant.astimezone(ZoneInfo(zone)):%Y-%m-%dT%H:%M}" if instant else ""
