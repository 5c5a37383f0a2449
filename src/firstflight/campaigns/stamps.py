# SPDX-License-Identifier: Apache-2.0
"""Stamps: a short digest of what a form showed, so that two windows never overwrite each other.

A form carries the stamp of what it was filled from; saving compares it with what is there now.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from firstflight.campaigns.errors import EditedMeanwhile
from firstflight.campaigns.models import Campaign, Project, Reward

TEXTS = ("title", "tagline", "story", "risks", "evidence")
STORY = (*TEXTS, "video_url", "category")
FAQ = ("faq",)
TERMS = ("goal_minor", "currency", "opens_at", "closes_at", "time_zone", "below_goal", "slug")
_REWARD = (
    *("name", "description", "picture_id", "price_minor", "is_addon", "per_person_cap"),
    *("opens_at", "closes_at", "delivery_from", "delivery_to", "axes"),
)


def stamp_of(row: Project | Campaign, names: Iterable[str]) -> str:
    """The stamp of some fields of a project or a campaign."""
    return _digest([getattr(row, name) for name in names])


def reward_stamp(reward: Reward) -> str:
    """The stamp of a reward with its places and shipping fees."""
    places = sorted(
        [str(stock.variant.options if stock.variant else ""), stock.limit]
        for stock in reward.stocks.select_related("variant")
    )
    fees = sorted([fee.country, fee.fee_minor] for fee in reward.shipping_fees.all())
    return _digest([[getattr(reward, name) for name in _REWARD], places, fees])


def check(shown: str | None, current: str) -> None:
    """Pass when the form was filled from what is there now, or carried no stamp.

    Raises:
        EditedMeanwhile: it was filled from something older.
    """
    if shown and shown != current:
        raise EditedMeanwhile


def _digest(content: Any) -> str:
    text = json.dumps(content, sort_keys=True, default=_in_utc)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _in_utc(value: Any) -> str:
    """An instant has one stamp, in whatever zone it was written."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)
