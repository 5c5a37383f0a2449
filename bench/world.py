# SPDX-License-Identifier: Apache-2.0
"""What is measured on: a campaign with one hot reward, one with a thousand, people and tokens."""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from firstflight.campaigns.models import Campaign, Project, Reward, ShippingFee, Stock
from firstflight.kernel import clock
from firstflight.people.models import Affiliate, ApiToken, Person
from firstflight.people.tokens import SCOPES

PEOPLE = 2_000
SPREAD = 1_000


@dataclass(frozen=True)
class Wanted:
    """A campaign and its rewards: ids of the rewards, and of their stock."""

    campaign: Campaign
    rewards: list[int]
    stocks: list[int]


@dataclass(frozen=True)
class World:
    """Everything that the cases use; `tokens[i]` acts for `people[i]`."""

    hot: Wanted
    spread: Wanted
    sold_out: Wanted
    people: list[int]
    tokens: list[str]


def make() -> World:
    """Fill an empty, migrated database."""
    affiliate = Affiliate.objects.create(slug="bench", name="Bench", legal_name="Bench K.K.")
    people = [Person(email=f"bench{n}@example.com") for n in range(PEOPLE)]
    ids = [person.pk for person in Person.objects.bulk_create(people)]
    tokens = [f"fft_bench_{n}" for n in range(PEOPLE)]
    ApiToken.objects.bulk_create(
        ApiToken(
            person_id=person_id,
            label="bench",
            digest=hashlib.sha256(token.encode()).hexdigest(),
            scopes=list(SCOPES),
            created_at=clock.now(),
        )
        for person_id, token in zip(ids, tokens, strict=True)
    )
    world = World(
        hot=_wanted(affiliate, ids[0], "hot", rewards=1, limit=100_000_000),
        spread=_wanted(affiliate, ids[0], "spread", rewards=SPREAD, limit=100_000_000),
        sold_out=_wanted(affiliate, ids[0], "sold-out", rewards=1, limit=1),
        people=ids,
        tokens=tokens,
    )
    Stock.objects.filter(pk__in=world.sold_out.stocks).update(taken=1)
    return world


def _wanted(affiliate: Affiliate, owner: int, slug: str, *, rewards: int, limit: int) -> Wanted:
    now = clock.now()
    project = Project.objects.create(
        affiliate=affiliate,
        owner_id=owner,
        title={"en": f"Watch {slug}", "ja": "腕時計", "fr": "Montre"},
        tagline={"en": "A watch whose strap is the connected part."},
        story={"en": "A watch.\n\n" + "The strap carries what the watch does not. " * 120},
        category="wearable",
        created_at=now,
        updated_at=now,
    )
    campaign = Campaign.objects.create(
        project=project,
        slug=slug,
        goal_minor=10_000_000,
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=30),
        review_state="approved",
        funding_state="live",
        created_at=now,
        approved_at=now,
    )
    made = Reward.objects.bulk_create(
        Reward(
            campaign=campaign,
            name={"en": f"Three hands {n}", "ja": "三針モデル", "fr": "Trois aiguilles"},
            price_minor=34_800,
            delivery_from=date(2027, 3, 1),
            delivery_to=date(2027, 4, 1),
            position=n,
        )
        for n in range(rewards)
    )
    stocks = Stock.objects.bulk_create(Stock(reward=reward, limit=limit) for reward in made)
    ShippingFee.objects.bulk_create(
        ShippingFee(reward=reward, country="JP", fee_minor=0) for reward in made
    )
    return Wanted(campaign, [reward.pk for reward in made], [stock.pk for stock in stocks])
