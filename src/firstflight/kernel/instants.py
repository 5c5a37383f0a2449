# SPDX-License-Identifier: Apache-2.0
"""Instants in words, in a named time zone. Which zone a reader wants is known to the caller."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, get_timezone_name


def in_words(instant: datetime, zone: str, language: str) -> str:
    """The instant as a reader of `language` writes it, with the zone's name.

    26 December 2026, 23:59 (Japan Standard Time) · 2026年12月26日 23:59（日本標準時） ·
    26 décembre 2026 à 23:59 (heure normale du Japon), after CLDR.
    """
    language = language.split("-")[0]
    there = instant.astimezone(ZoneInfo(zone))
    # British English, because readers of English here live everywhere: the day before the month.
    locale = {"en": "en_GB"}.get(language, language)
    day = format_date(there, "long", locale=locale)
    hour = format_time(there, "HH:mm", locale=locale)
    name = get_timezone_name(there, width="long", locale=locale)
    if language == "ja":
        return f"{day} {hour}（{name}）"
    return f"{day}{' à ' if language == 'fr' else ', '}{hour} ({name})"
