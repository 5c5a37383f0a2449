# SPDX-License-Identifier: Apache-2.0
"""The JSON of the public API. Amounts are minor units with their currency."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict, StrictInt

Status = Literal["scheduled", "live", "collecting", "successful", "failed", "suspended"]
CategoryName = Literal["wearable", "home", "learning", "sound", "mobility", "other"]
Country = Annotated[
    str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2", examples=["JP"])
]
Bonus = Annotated[StrictInt, Field(ge=0, le=99_999_999, description="minor units")]


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

    model_config = ConfigDict(extra="forbid")

    reward: StrictInt
    quantity: StrictInt = Field(1, ge=1, le=99)
    options: dict[str, str] = {}


class PledgeIn(Schema):
    """A pledge to be placed. `payment_method` is the provider's reference to a card."""

    model_config = ConfigDict(extra="forbid")

    items: list[ItemIn] = Field(..., min_length=1, max_length=20)
    bonus_minor: Bonus = 0
    ship_to: Country
    payment_method: str = Field("", max_length=80, pattern=r"^[A-Za-z0-9_]*$")


class PledgeChange(Schema):
    """What is to change of a pledge; what is not named stays."""

    model_config = ConfigDict(extra="forbid")

    items: list[ItemIn] | None = Field(None, min_length=1, max_length=20)
    bonus_minor: Bonus | None = None
    ship_to: Country | None = None


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


class Received(Schema):
    """The event is kept and will be followed."""

    received: str


class Problem(Schema):
    """Why a request was refused (RFC 9457); `code` is stable, `title` is for people."""

    type: str
    title: str
    status: int
    code: str
    errors: dict[str, list[str]] | None = Field(None, description="with code `invalid`: by field")
    details: dict[str, Any] | None = None
