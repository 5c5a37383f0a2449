# SPDX-License-Identifier: Apache-2.0
"""Let the invented supporters of a campaign pledge, and enter their cards with the provider."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import TypeVar

from django.conf import settings
from django.db import connections

from firstflight.campaigns.models import Campaign, VisitCount
from firstflight.demo.actions.introduce_people import named
from firstflight.demo.crowd import Supporter, crowd, in_groups
from firstflight.demo.texts import Source
from firstflight.kernel import clock
from firstflight.kernel.errors import Refusal
from firstflight.kernel.jobs import run_due
from firstflight.pledges.actions.confirm_card import confirm_card
from firstflight.pledges.actions.place import Placed, Request, place_many
from firstflight.pledges.actions.set_up_card import set_up_card
from firstflight.pledges.models import Pledge
from firstflight.pledges.quotes import Choice

AT_ONCE = 4
GROUP = 8
#: With the real provider each card takes a second or two: a handful is enough to see it work.
MOST_AT_STRIPE = 12
Thing = TypeVar("Thing")


def fund(campaign: Campaign, source: Source, progress: Callable[[str], None]) -> None:
    """Everybody pledges at their hour, in virtual time; whoever did before is passed over."""
    assert campaign.opens_at is not None  # noqa: S101 - it is live
    assert campaign.closes_at is not None  # noqa: S101 - it is live
    end = min(campaign.closes_at, clock.now()) - timedelta(minutes=20)
    supporters = crowd(source.facts, campaign.opens_at, end)
    if not settings.STRIPE_API_BASE:
        supporters = supporters[:MOST_AT_STRIPE]
    rewards = dict(
        zip(
            (one["key"] for one in source.facts["rewards"]),
            campaign.rewards.order_by("position").values_list("pk", flat=True),
            strict=True,
        )
    )
    done = 0
    for group in in_groups(supporters, GROUP):
        with clock.virtual(group[-1].at):
            _pledge(campaign, group, rewards)
        done += len(group)
        if done % 40 < GROUP:
            progress(f"  {campaign.slug}: {done} of {len(supporters)} supporters")
    _count_visits(campaign, supporters)


def _pledge(campaign: Campaign, group: list[Supporter], rewards: Mapping[str, int]) -> None:
    requests = [_request(campaign, supporter, rewards) for supporter in group]
    cards = [
        (answer, supporter.card)
        for answer, supporter in zip(place_many(requests), group, strict=True)
        if isinstance(answer, Placed)
    ]
    in_parallel(_enter_card, cards)
    in_parallel(lambda _worker: run_due(), range(AT_ONCE))


def _request(campaign: Campaign, one: Supporter, rewards: Mapping[str, int]) -> Request:
    return Request(
        slug=campaign.slug,
        person_id=named(one.email, one.name, one.language).pk,
        key=f"catalogue-{one.number}",
        choices=tuple(
            Choice(rewards[key], 1, one.options.get(key, {})) for key in (one.reward, *one.addons)
        ),
        ship_to=one.country,
        language=one.language,
        source=one.source,
        anonymous=one.anonymous,
    )


def _enter_card(placed_with: tuple[Placed, str]) -> None:
    placed, card = placed_with
    pledge = Pledge.objects.select_related("person").get(pk=placed.pledge_id)
    try:
        set_up_card(pledge, method_id=card, return_url=f"{settings.SITE_URL}/")
        confirm_card(pledge.pk)
    except Refusal:
        # Its hold lapsed while an earlier loading was broken off.
        return


def _count_visits(campaign: Campaign, supporters: list[Supporter]) -> None:
    """About one visitor in seven pledges."""
    visits: dict[tuple[date, str], int] = {}
    for one in supporters:
        place = (one.at.date(), one.source)
        visits[place] = visits.get(place, 0) + 5 + one.number % 5
    VisitCount.objects.bulk_create(
        (
            VisitCount(campaign=campaign, day=day, source=source, visits=count)
            for (day, source), count in visits.items()
        ),
        ignore_conflicts=True,
    )


def in_parallel(act: Callable[[Thing], object], things: Iterable[Thing]) -> None:
    """Do it for each, a few at once; the first failure is raised after all have ended."""

    def one(thing: Thing) -> None:
        try:
            act(thing)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for future in [pool.submit(one, thing) for thing in things]:
            future.result()
