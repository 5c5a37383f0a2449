# SPDX-License-Identifier: Apache-2.0
"""Reading what people type into the desk's forms; a wrong entry names its field."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils.translation import gettext as _

from firstflight.kernel.errors import Invalid
from firstflight.kernel.localized import LANGUAGES
from firstflight.kernel.money import AmountInvalid, Money

_KEY = re.compile(r"[^a-z0-9]+")


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
        return int(text)
    except ValueError:
        raise Invalid({name: [_("Please enter a whole number.")]}) from None


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
        Invalid: it is none.
    """
    text = str(data.get(name, "")).strip()
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    except (ValueError, KeyError):
        raise Invalid({name: [_("Please enter a date and a time.")]}) from None


def month(data: Mapping[str, Any], name: str) -> date:
    """The first day of a month ("2027-03").

    Raises:
        Invalid: it is empty or no month.
    """
    try:
        return date.fromisoformat(f"{data.get(name, '')}-01")
    except ValueError:
        raise Invalid({name: [_("Please choose a month.")]}) from None


def axes(text: str) -> list[dict[str, Any]]:
    """Option axes, one a line: "Colour: Silver, Black". Keys are made of the words.

    Raises:
        Invalid: a line without a colon or without two values.
    """
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        label, colon, rest = line.partition(":")
        values = [value.strip() for value in rest.split(",") if value.strip()]
        if not colon or not label.strip() or len(values) < 2:
            message = _("Please write each option as “Colour: Silver, Black”.")
            raise Invalid({"axes": [message]})
        found.append(
            {
                "key": _as_key(label),
                "label": _everywhere(label.strip()),
                "values": [{"key": _as_key(v), "label": _everywhere(v)} for v in values],
            }
        )
    return found


def limits(text: str) -> dict[str, int]:
    """Limits of option values, one a line: "silver = 50", "chronograph/black = 20".

    Raises:
        Invalid: a line of another form.
    """
    return dict(_pairs(text, "variant_limits"))


def fees(text: str, currency: str) -> dict[str, int]:
    """Shipping fees, one a line: "JP = 0", "* = 2,000", in minor units.

    Raises:
        Invalid: a line of another form, or a country that is not two letters or "*".
    """
    found = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        country, equals, fee = line.partition("=")
        country = country.strip().upper()
        if not equals or not re.fullmatch(r"[A-Z]{2}|\*", country):
            message = _("Please write each country as “JP = 0”, and “* = 2000” for all others.")
            raise Invalid({"shipping": [message]})
        found[country] = amount({"shipping": fee}, "shipping", currency) or 0
    return found


def _pairs(text: str, field: str) -> list[tuple[str, int]]:
    found = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        name, equals, number = line.partition("=")
        if not equals or not number.strip().isdigit():
            raise Invalid({field: [_("Please write each limit as “black = 50”.")]})
        found.append(("/".join(_as_key(part) for part in name.split("/")), int(number)))
    return found


def _as_key(text: str) -> str:
    key = _KEY.sub("-", text.strip().lower()).strip("-")
    return key or "option-" + "".join(f"{ord(letter):x}" for letter in text.strip())[:24]


def _everywhere(text: str) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, text)
