# SPDX-License-Identifier: Apache-2.0
"""Fields of the desk's forms: label, what was typed, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

register = template.Library()
_LANGUAGE_NAMES = {"en": "English", "ja": "日本語", "fr": "Français"}
Wrong = Mapping[str, Sequence[str]]


def _field(
    name: str, label: str, typed: Mapping[str, Any], wrong: Wrong, **more: str
) -> dict[str, Any]:
    value = typed.get(name)
    return {
        "name": name,
        "label": label,
        "value": "" if value is None else value,
        "errors": wrong.get(name, []),
        **more,
    }


@register.inclusion_tag("desk/field.html")
def line(
    name: str, label: str, typed: Mapping[str, Any], wrong: Wrong, kind: str = "text"
) -> dict[str, Any]:
    """One line of text, a month or an instant."""
    return _field(name, label, typed, wrong, kind=kind)


@register.inclusion_tag("desk/field.html")
def area(
    name: str, label: str, help_text: str, typed: Mapping[str, Any], wrong: Wrong
) -> dict[str, Any]:
    """Several lines of text."""
    return _field(name, label, typed, wrong, kind="area", help=help_text)


@register.inclusion_tag("desk/field.html")
def entry(name: str, code: str, typed: Mapping[str, Any], wrong: Wrong) -> dict[str, Any]:
    """One language of a localized text."""
    field = _field(f"{name}_{code}", _LANGUAGE_NAMES[code], typed, wrong, kind="text", lang=code)
    return {**field, "errors": wrong.get(name, []) if code == "en" else []}
