# SPDX-License-Identifier: Apache-2.0
"""What pages and programs ask about pledges."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet, Sum

from firstflight.campaigns.models import Campaign
from firstflight.kernel.errors import NotFound
from firstflight.kernel.money import Money
from firstflight.payments.models import CardSetup, Charge
from firstflight.people.models import Person
from firstflight.pledges.models import Pledge
from firstflight.pledges.states import COUNTED


@dataclass(frozen=True)
class Totals:
    """A campaign in numbers: promised with a ready card, and collected; supporters counted once."""

    pledged: Money
    collected: Money
    supporters: int
    goal: Money

    @property
    def percent(self) -> int:
        """Whole per cent of the goal, rounded down: 99.9 % is not yet 100."""
        return self.pledged.minor * 100 // self.goal.minor if self.goal else 0


def totals(campaign: Campaign) -> Totals:
    """The sums over the campaign's pledges, derived anew: nothing is counted in place."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(total_minor), 0)::bigint, count(DISTINCT person_id),"
            " coalesce(sum(total_minor) FILTER (WHERE state IN"
            " ('collected', 'partially_refunded', 'disputed')), 0)::bigint"
            " FROM pledges_pledge WHERE campaign_id = %s AND state = ANY(%s)",
            [campaign.pk, list(COUNTED)],
        )
        pledged, supporters, collected = cursor.fetchone()
    if campaign.funding_state == "failed" and campaign.pledged_at_close_minor is not None:
        pledged, supporters = campaign.pledged_at_close_minor, campaign.supporters_at_close or 0
    return Totals(
        Money(pledged, campaign.currency),
        Money(collected, campaign.currency),
        supporters,
        campaign.goal,
    )


def access_pledge(person: Person, pledge_id: UUID) -> Pledge:
    """A pledge of this person.

    Raises:
        NotFound: there is none, or it is somebody else's: the asker cannot tell which.
    """
    pledge = (
        Pledge.objects.select_related("campaign__project", "person")
        .filter(pk=pledge_id, person=person)
        .first()
    )
    if pledge is None:
        raise NotFound
    return pledge


def pledges_of(person: Person) -> QuerySet[Pledge]:
    """A person's pledges, newest first, holds that lapsed left out."""
    return (
        Pledge.objects.filter(person=person)
        .exclude(state="lapsed")
        .select_related("campaign__project__cover")
        .order_by("-placed_at")
    )


def ready_card(pledge: Pledge) -> CardSetup | None:
    """The newest card that is ready to be charged for this pledge."""
    return (
        CardSetup.objects.filter(subject=pledge.subject, state=CardSetup.State.READY)
        .order_by("-id")
        .first()
    )


def latest_charge(pledge: Pledge) -> Charge | None:
    """The newest attempt to charge this pledge."""
    return Charge.objects.filter(subject=pledge.subject).order_by("-number").first()


def places_of(pledge: Pledge) -> dict[int, int]:
    """The places that the pledge occupies, by stock."""
    return places_of_many([pledge.pk])


def places_of_many(pledge_ids: Sequence[UUID]) -> dict[int, int]:
    """The places that these pledges occupy together, by stock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id, sum(i.quantity)::integer FROM pledges_pledgeitem i"
            " JOIN campaigns_stock s ON s.reward_id = i.reward_id"
            " AND (s.variant_id IS NULL OR s.variant_id = i.variant_id)"
            " WHERE i.pledge_id = ANY(%s) GROUP BY s.id",
            [list(pledge_ids)],
        )
        return dict(cursor.fetchall())


@dataclass(frozen=True)
class Sold:
    """How many of a reward in one choice of options are held by pledges that count."""

    reward_id: int
    variant_id: int | None
    quantity: int


def sold_by_option(campaign: Campaign) -> list[Sold]:
    """Rewards sold, by option."""
    rows = (
        Pledge.objects.filter(campaign=campaign, state__in=COUNTED)
        .values("items__reward_id", "items__variant_id")
        .annotate(quantity=Sum("items__quantity"))
        .order_by("items__reward_id", "items__variant_id")
    )
    return [
        Sold(row["items__reward_id"], row["items__variant_id"], row["quantity"]) for row in rows
    ]


def sources(campaign: Campaign) -> dict[str, int]:
    """How many counted pledges came from where ("" is unknown)."""
    rows = (
        Pledge.objects.filter(campaign=campaign, state__in=COUNTED)
        .values_list("source")
        .annotate(n=Count("pk"))
    )
    return dict(rows)


def amount_over_time(campaign: Campaign) -> list[tuple[datetime, int]]:
    """Points of the curve of counted pledges: the instant and the running sum in minor units."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT hour, sum(minor) OVER (ORDER BY hour)::bigint FROM ("
            " SELECT date_trunc('hour', placed_at) AS hour, sum(total_minor) AS minor"
            " FROM pledges_pledge WHERE campaign_id = %s AND state = ANY(%s) GROUP BY 1) hours"
            " ORDER BY hour",
            [campaign.pk, list(COUNTED)],
        )
        return list(cursor.fetchall())


def job_rows(pledge_ids: Sequence[UUID]) -> list[dict[str, str]]:
    """The arguments of one job a pledge."""
    return [{"pledge_id": str(pledge_id)} for pledge_id in pledge_ids]
