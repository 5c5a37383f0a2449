# SPDX-License-Identifier: Apache-2.0
"""The JSON of the public API. Amounts are minor units with their currency."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema


class MoneyOut(Schema):
    """An amount: 1000 JPY is {"minor": 1000, "currency": "JPY"}."""

    minor: int
    currency: str


class RewardOut(Schema):
    """A reward: `limit` null means no limit; `taken` counts the places held by anybody."""

    id: int
    name: dict[str, str]
    price: MoneyOut
    is_addon: bool
    limit: int | None
    taken: int
    per_person_cap: int | None
    options: list[dict[str, Any]]
    variants: list[dict[str, Any]]
    delivery_from: str
    delivery_to: str
    shipping: dict[str, int]


class CampaignOut(Schema):
    """A campaign as the public sees it."""

    slug: str
    title: dict[str, str]
    tagline: dict[str, str]
    category: str
    state: str
    delivery_state: str
    sale_state: str
    goal: MoneyOut
    pledged: MoneyOut
    collected: MoneyOut
    supporters: int
    opens_at: datetime | None
    closes_at: datetime | None
    time_zone: str
    rewards: list[RewardOut]


class CampaignPage(Schema):
    """A page of campaigns, 20 at most."""

    count: int
    page: int
    results: list[CampaignOut]


class ItemIn(Schema):
    """So many of a reward, in one choice of options."""

    reward: int
    quantity: int = Field(1, ge=1, le=99)
    options: dict[str, str] = {}


class PledgeIn(Schema):
    """A pledge to be placed. `payment_method` is the provider's reference to a card."""

    items: list[ItemIn] = Field(..., min_length=1, max_length=20)
    bonus_minor: int = Field(0, ge=0, le=99_999_999)
    ship_to: str = Field(..., pattern=r"^[A-Z]{2}$")
    payment_method: str = Field("", max_length=80)


class PledgeChange(Schema):
    """What a pledge is to be from now on."""

    items: list[ItemIn] = Field(..., min_length=1, max_length=20)
    bonus_minor: int = Field(0, ge=0, le=99_999_999)
    ship_to: str = Field(..., pattern=r"^[A-Z]{2}$")


class PledgeOut(Schema):
    """A pledge of the token's person."""

    id: UUID
    campaign: str
    state: str
    items: list[dict[str, Any]]
    shipping: MoneyOut
    bonus: MoneyOut
    total: MoneyOut
    ship_to: str
    placed_at: datetime
    hold_expires_at: datetime
