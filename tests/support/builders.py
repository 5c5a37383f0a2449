# SPDX-License-Identifier: Apache-2.0
"""Small worlds for tests: people, a company, a campaign with rewards."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.db import connection

from firstflight.campaigns.actions.create import create
from firstflight.campaigns.actions.edit import edit_story, edit_terms
from firstflight.campaigns.actions.save_reward import RewardDraft, save_reward
from firstflight.campaigns.actions.team import add_member
from firstflight.campaigns.models import (
    Campaign,
    Picture,
    Project,
    Reward,
    ShippingFee,
    Stock,
    Variant,
)
from firstflight.kernel import clock
from firstflight.people.actions.employ import employ
from firstflight.people.actions.grant_role import grant_role
from firstflight.people.models import Affiliate, Person
from firstflight.pledges.actions.place import Placed, Request, place
from firstflight.pledges.quotes import Choice

_numbers = count(1)


def affiliate(**fields: Any) -> Affiliate:
    """A company of the group."""
    n = next(_numbers)
    return Affiliate.objects.create(
        **{
            "slug": f"devices-{n}",
            "name": "Aozora Devices",
            "legal_name": "Aozora Devices K.K.",
            "email_domains": [f"devices{n}.example"],
            **fields,
        }
    )


def person(**fields: Any) -> Person:
    """Somebody with an address of their own."""
    n = next(_numbers)
    made = Person(**{"email": f"person{n}@example.com", "name": f"Person {n}", **fields})
    made.set_unusable_password()
    made.save()
    return made


def employee(company: Affiliate, *roles: str, **fields: Any) -> Person:
    """Somebody who works for the company, with these roles there."""
    made = person(**fields)
    employ(person=made, affiliate=company, source="company_sign_in")
    for role in roles:
        grant_role(person=made, role=role, affiliate=company, actor=None)
    return made


def draft(owner: Person, *, complete: bool = True) -> Campaign:
    """A draft of an employee; a complete one could be handed in as it is."""
    campaign = create(owner=owner)
    if not complete:
        return campaign
    project = campaign.project
    picture = Picture.objects.create(project=project, static_path="firstflight/img/logo.svg")
    edit_story(
        campaign,
        {
            "title": {"en": "Wena", "ja": "ウェナ", "fr": "Wena"},
            "tagline": {"en": "A watch that stays a watch"},
            "story": {"en": "The strap does what the watch never should. " * 6},
            "risks": {"en": "The hinge may be late; a second supplier is ready."},
            "evidence": {"en": "Forty people have worn the prototype for a month."},
            "category": "wearable",
            "cover_id": picture.pk,
        },
    )
    add_member(campaign=campaign, name="Kento", role={"en": "Idea"}, bio={}, picture=None)
    opens = clock.now() + timedelta(days=10)
    terms = {"goal_minor": 10_000_000, "opens_at": opens, "closes_at": opens + timedelta(days=30)}
    campaign = edit_terms(campaign, terms)
    save_reward(campaign, reward_draft(delivery=(opens + timedelta(days=90)).date()))
    campaign.refresh_from_db()
    return campaign


def reward_draft(*, delivery: date = date(2028, 3, 1), **fields: Any) -> RewardDraft:
    """What a maker might say of a reward."""
    return RewardDraft(
        **{
            "name": {"en": "Three hands"},
            "price_minor": 34_800,
            "limit": 100,
            "delivery_from": delivery.replace(day=1),
            "delivery_to": delivery.replace(day=1),
            "shipping": {"JP": 0},
            **fields,
        }
    )


def live_campaign(
    *, goal_minor: int = 100_000, closes_in: timedelta = timedelta(days=30), **fields: Any
) -> Campaign:
    """An approved campaign that is open now."""
    n = next(_numbers)
    now = clock.now()
    project = Project.objects.create(
        affiliate=affiliate(),
        owner=person(),
        title={"en": f"Watch {n}", "ja": f"腕時計{n}", "fr": f"Montre {n}"},
        category="wearable",
        created_at=now,
        updated_at=now,
    )
    return Campaign.objects.create(
        **{
            "project": project,
            "slug": f"watch-{n}",
            "currency": "JPY",
            "goal_minor": goal_minor,
            "opens_at": now - timedelta(days=1),
            "closes_at": now + closes_in,
            "review_state": "approved",
            "funding_state": "live",
            "created_at": now,
            "approved_at": now,
            **fields,
        }
    )


@contextmanager
def thawed() -> Iterator[None]:
    """The database lets promises change meanwhile: for tests that play with dates and prices."""
    with connection.cursor() as cursor:
        cursor.execute("SET firstflight.thaw = 'on'")
        yield
        cursor.execute("SET firstflight.thaw = 'off'")


def reward(
    campaign: Campaign,
    *,
    price_minor: int = 34_800,
    limit: int | None = None,
    colours: dict[str, int | None] | None = None,
    fees: dict[str, int] | None = None,
    **fields: Any,
) -> Reward:
    """A reward; `colours` gives it one option axis, each colour with its own limit (or none)."""
    axes = []
    if colours is not None:
        values = [{"key": key, "label": {"en": key}} for key in colours]
        axes = [{"key": "colour", "label": {"en": "Colour"}, "values": values}]
    made = Reward.objects.create(
        **{
            "campaign": campaign,
            "name": {"en": "Three hands", "ja": "三針モデル", "fr": "Trois aiguilles"},
            "price_minor": price_minor,
            "delivery_from": date(2027, 3, 1),
            "delivery_to": date(2027, 4, 1),
            "axes": axes,
            **fields,
        }
    )
    Stock.objects.create(reward=made, limit=limit)
    for position, (key, own) in enumerate((colours or {}).items()):
        variant = Variant.objects.create(reward=made, options={"colour": key}, position=position)
        if own is not None:
            Stock.objects.create(reward=made, variant=variant, limit=own)
    for country, fee in (fees or {"JP": 0, "*": 2_000}).items():
        ShippingFee.objects.create(reward=made, country=country, fee_minor=fee)
    return made


def request(campaign: Campaign, who: Person, *rewards: Reward, **fields: Any) -> Request:
    """A wish for one of each reward, shipped within Japan."""
    return Request(
        **{
            "slug": campaign.slug,
            "person_id": who.pk,
            "key": f"key-{next(_numbers)}",
            "choices": tuple(Choice(made.pk) for made in rewards),
            "ship_to": "JP",
            **fields,
        }
    )


def placed(campaign: Campaign, who: Person, *rewards: Reward, **fields: Any) -> Placed:
    """A pledge that holds its places."""
    return place(request(campaign, who, *rewards, **fields))


def at(text: str) -> datetime:
    """An instant from ISO text with an offset."""
    return datetime.fromisoformat(text)
