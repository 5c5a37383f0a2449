# SPDX-License-Identifier: Apache-2.0
"""Fields for the options and add-ons of a choice, keeping what was chosen before."""

from collections.abc import Mapping
from typing import Any

from django import template

from firstflight.campaigns.queries import RewardView

register = template.Library()


@register.simple_tag
def option_fields(view: RewardView, chosen: Mapping[str, str]) -> list[dict[str, Any]]:
    """The axes of a reward: the name of each field, its label, its values with one checked."""
    fields = []
    for axis in view.reward.axes:
        name = f"o-{view.reward.pk}-{axis['key']}"
        keys = [value["key"] for value in axis["values"]]
        picked = chosen.get(name)
        checked = picked if picked in keys else keys[0]
        values = [{**value, "checked": value["key"] == checked} for value in axis["values"]]
        fields.append({"name": name, "label": axis["label"], "values": values})
    return fields


@register.simple_tag
def chosen_addon(chosen: Mapping[str, str], reward_id: int) -> str:
    """How many of an add-on were chosen."""
    return chosen.get(f"addon-{reward_id}") or "0"
