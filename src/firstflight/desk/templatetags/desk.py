# SPDX-License-Identifier: Apache-2.0
"""Fields of the desk's forms: label, what was typed, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.translation import gettext as _

from firstflight.desk import editor

register = template.Library()
LANGUAGE_NAMES = {"en": "English", "ja": "日本語", "fr": "Français"}
Wrong = Mapping[str, Sequence[str]]


@register.filter
def language_name(code: str) -> str:
    """The language's own name for itself."""
    return LANGUAGE_NAMES.get(code, code)


@register.filter
def at(mapping: Mapping[str, Any], key: str) -> Any:
    """`{{ mapping|at:key }}`: the entry, or nothing."""
    return mapping.get(key, "")


@register.filter
def in_zone(instant: datetime | None, zone: str) -> datetime | None:
    """An instant as clocks in `zone` show it."""
    return instant.astimezone(ZoneInfo(zone)) if instant else None


@register.inclusion_tag("desk/field.html")
def line(
    name: str,
    label: str,
    typed: Mapping[str, Any],
    wrong: Wrong,
    kind: str = "text",
    help_text: str = "",
) -> dict[str, Any]:
    """One line of text, a number, a month or an instant."""
    value = typed.get(name)
    return {
        "name": name,
        "label": label,
        "value": "" if value is None else value,
        "errors": wrong.get(name, []),
        "kind": "text" if kind == "number" else kind,
        "number": kind == "number",
        "help": help_text,
    }


@register.filter
def section_label(place: str) -> str:
    """The part of the editor to which a remark's place belongs, in words."""
    return str(editor.SECTIONS[editor.SECTION_OF.get(place, "overview")])


@register.filter
def review_word(state: str) -> str:
    """A step of the review in words, as history tells it."""
    words = {
        "submitted": _("Handed in"),
        "approved": _("Approved"),
        "rejected": _("Rejected"),
        "changes_requested": _("Changes requested"),
    }
    return words.get(state, state)
