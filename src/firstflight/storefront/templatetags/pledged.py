# SPDX-License-Identifier: Apache-2.0
"""Showing a pledge: what was agreed to, and its history in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language

from firstflight.campaigns.models import Reward
from firstflight.campaigns.options import option_words
from firstflight.kernel.money import Money
from firstflight.pledges.models import PledgeMove
from firstflight.pledges.states import State

register = template.Library()


@register.filter
def agreed_items(agreed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rewards agreed to: quantity, name, options, price of one, delivery window."""
    language = get_language() or "en"
    axes = dict(
        Reward.objects.filter(pk__in=[item["reward"] for item in agreed["items"]]).values_list(
            "pk", "axes"
        )
    )
    return [
        {
            "quantity": item["quantity"],
            "name": item["name"],
            "options": option_words(axes.get(item["reward"], ()), item["options"]),
            "unit": Money(item["unit_minor"], agreed["currency"]).format(language),
            "delivery": f"{_month(item['delivery_from'])} – {_month(item['delivery_to'])}",
        }
        for item in agreed["items"]
    ]


def _month(text: str) -> str:
    return date_format(date.fromisoformat(text), "YEAR_MONTH_FORMAT")


@register.filter
def state_words(move: PledgeMove) -> str:
    """The state a move led to, in the reader's words."""
    return str(State(move.new).label)
