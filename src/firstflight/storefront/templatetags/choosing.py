# SPDX-License-Identifier: Apache-2.0
"""Fields for the options and add-ons of a choice, keeping what was chosen before."""

from collections.abc import Mapping
from typing import Any

from django import template

from firstflight.campaigns.options import option_words
from firstflight.campaigns.queries import RewardView

register = template.Library()


@register.simple_tag
def option_fields(view: RewardView, chosen: Mapping[str, str]) -> list[dict[str, Any]]:
    """The axes of a reward: the name of each field, its label, its values with one checked.

    A value none of whose combinations has a place left is `gone`, unless it was chosen before.
    """
    fields = []
    for axis in view.reward.axes:
        name = f"o-{view.reward.pk}-{axis['key']}"
        keys = [value["key"] for value in axis["values"]]
        free = [key for key in keys if _is_left(view, axis["key"], key)]
        picked = chosen.get(name)
        checked = picked if picked in keys else (free or keys)[0]
        values = [
            {
                **value,
                "checked": value["key"] == checked,
                "gone": value["key"] not in free and value["key"] != picked,
            }
            for value in axis["values"]
        ]
        fields.append({"name": name, "label": axis["label"], "values": values})
    return fields


def _is_left(view: RewardView, axis: str, key: str) -> bool:
    having = [option for option in view.options if option["options"].get(axis) == key]
    return not having or any(not option["sold_out"] for option in having)


@register.simple_tag
def chosen_addon(chosen: Mapping[str, str], reward_id: int) -> str:
    """How many of an add-on were chosen."""
    return chosen.get(f"addon-{reward_id}") or "0"


register.filter(option_words)
