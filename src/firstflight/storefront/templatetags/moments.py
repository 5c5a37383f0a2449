# SPDX-License-Identifier: Apache-2.0
"""Instants for readers: in the campaign's zone from the server, in the reader's own by script."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, get_timezone_name
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def moment(instant: datetime | None, zone: str = "UTC") -> SafeString | str:
    """`{% moment campaign.closes_at campaign.time_zone %}`: a `<time>` that moments.js rewrites.

    Without a script it stays as written here: date, time and the name of the campaign's zone.
    """
    if instant is None:
        return ""
    return format_html(
        '<time datetime="{}" data-moment>{}</time>', instant.isoformat(), in_zone(instant, zone)
    )


@register.filter
def in_zone(instant: datetime, zone: str) -> str:
    """The instant in words: 26 December 2026, 23:59 (Japan Standard Time)."""
    language = (get_language() or "en").split("-")[0]
    there = instant.astimezone(ZoneInfo(zone))
    # British English, because readers of English here live everywhere: the day before the month.
    locale = {"en": "en_GB"}.get(language, language)
    day = format_date(there, "long", locale=locale)
    hour = format_time(there, "short", locale=locale)
    name = get_timezone_name(there, width="long", locale=locale)
    return f"{day} {hour}（{name}）" if language == "ja" else f"{day}, {hour} ({name})"
