# SPDX-License-Identifier: Apache-2.0
"""Playing a campaign from its opening to its last parcel, in virtual time.

Every act goes through the same actions as real use, and every payment through the official client
to the fake provider. Supporters of the same hour act in parallel.
"""

import csv
import io
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import groupby
from typing import TypeVar

from django.db import connections

from firstflight.campaigns.models import Campaign
from firstflight.campaigns.offers import Offer, offer
from firstflight.demo.rehearsal.report import Report, summarise
from firstflight.demo.rehearsal.supporters import GOOD, Rates, Supporter, make_people, plan
from firstflight.fulfilment.actions.ask_addresses import ask_addresses
from firstflight.fulfilment.actions.confirm_receipt import confirm_receipt
from firstflight.fulfilment.actions.give_address import Address, give_address
from firstflight.fulfilment.actions.import_tracking import COLUMNS, import_tracking
from firstflight.fulfilment.actions.lock_addresses import lock_addresses
from firstflight.fulfilment.models import DeliveryAddress, Shipment
from firstflight.kernel import clock
from firstflight.kernel.errors import Refusal
from firstflight.kernel.jobs import run_due
from firstflight.pledges.actions.cancel import cancel
from firstflight.pledges.actions.change import change
from firstflight.pledges.actions.collect import collect
from firstflight.pledges.actions.confirm_card import confirm_card
from firstflight.pledges.actions.place import Request, place
from firstflight.pledges.actions.set_up_card import set_up_card
from firstflight.pledges.models import Pledge
from firstflight.pledges.states import State
from firstflight.pledges.tasks import sweep

Say = Callable[[str], None]
Thing = TypeVar("Thing")
AT_ONCE = 8
_STEPS = 60  # how finely the time of the campaign is divided


class Rehearsal:
    """One play of one campaign, in a database of its own."""

    def __init__(self, slug: str, rates: Rates, *, count: int, seed: int, say: Say) -> None:
        self.slug, self.rates, self.seed, self.say = slug, rates, seed, say
        self.people = {person.pk: person for person in make_people(count)}
        self.offer: Offer = offer(slug, fresh=True)
        self.supporters = plan(list(self.people.values()), self.offer, rates, seed)
        self.by_person = {supporter.person_id: supporter for supporter in self.supporters}

    def play(self) -> Report:
        """From the opening to the report."""
        began = time.monotonic()
        opens_at, closes_at = self.offer.opens_at, self.offer.closes_at
        with clock.virtual(opens_at - timedelta(minutes=1)):
            clock.set_to(opens_at)
            sweep()
            self._funding(opens_at, closes_at)
            clock.set_to(closes_at)
            sweep()
            self._work("Charging cards")
            self._dunning()
            self._delivery()
            self._work("Last mails")
        return summarise(self.slug, seconds=time.monotonic() - began)

    def _funding(self, opens_at: datetime, closes_at: datetime) -> None:
        length = closes_at - opens_at
        done = 0
        for step, group in groupby(self.supporters, key=lambda one: int(one.arrival * _STEPS)):
            arriving = list(group)
            last_chance = closes_at - timedelta(minutes=5)
            clock.set_to(min(opens_at + length * (step / _STEPS), last_chance))
            self._in_parallel(self._pledge, arriving)
            sweep()
            self._run_jobs()
            done += len(arriving)
            self.say(f"{clock.now():%d %b}: {done} of {len(self.supporters)} supporters came")

    def _pledge(self, supporter: Supporter) -> None:
        try:
            placed = place(
                Request(
                    slug=self.slug,
                    person_id=supporter.person_id,
                    key=f"rehearsal-{supporter.number}",
                    choices=(supporter.choice,),
                    ship_to="JP",
                    source="rehearsal",
                )
            )
            if supporter.abandons:
                return
            pledge = Pledge.objects.select_related("person").get(pk=placed.pledge_id)
            self._enter_card(pledge, supporter.card)
            if supporter.changes:
                change(
                    pledge_id=pledge.pk,
                    actor=self.people[supporter.person_id],
                    choices=(supporter.choice,),
                    ship_to="JP",
                    bonus_minor=1000,
                )
            if supporter.cancels:
                cancel(pledge_id=pledge.pk, actor=self.people[supporter.person_id])
        except Refusal:
            # Sold out, too late for a change: what happens to people, and no fault.
            return

    def _enter_card(self, pledge: Pledge, card: str) -> None:
        _setup, result = set_up_card(
            pledge, method_id=card, return_url="https://rehearsal.invalid/back"
        )
        if result.action_url:
            authenticate(result.action_url)
        confirm_card(pledge.pk)

    def _dunning(self) -> None:
        """Seven days and a bit, in steps of half a day; some supporters repair their payment."""
        for half_day in range(16):
            if Campaign.objects.get(slug=self.slug).funding_state != "collecting":
                return
            broken = list(
                Pledge.objects.filter(state=State.ERRORED).select_related("person").order_by("pk")
            )
            mending = [pledge for pledge in broken if self._mends(pledge, half_day)]
            self._in_parallel(self._repair, mending)
            clock.advance(timedelta(hours=12))
            sweep()
            self._work(f"Day {half_day // 2 + 1} of repairs, {len(broken)} payments open")
            sweep()

    def _mends(self, pledge: Pledge, half_day: int) -> bool:
        supporter = self.by_person[pledge.person_id]
        return supporter.repairs and supporter.number % 14 <= half_day

    def _repair(self, pledge: Pledge) -> None:
        self._enter_card(pledge, GOOD)
        collect(pledge.pk)

    def _delivery(self) -> None:
        campaign = Campaign.objects.select_related("project").get(slug=self.slug)
        if campaign.funding_state != "successful":
            return
        lock_at = clock.now() + timedelta(days=14)
        ask_addresses(campaign=campaign, lock_at=lock_at, actor=None)
        self._in_parallel(
            self._answer, list(DeliveryAddress.objects.select_related("pledge__campaign"))
        )
        clock.set_to(lock_at)
        lock_addresses(campaign=campaign, actor=None)
        shipments = list(Shipment.objects.select_related("pledge").order_by("pk"))
        import_tracking(campaign=campaign, data=_tracking_table(shipments), actor=None)
        clock.advance(timedelta(days=3))
        self._in_parallel(self._receive, shipments)
        self.say(f"{len(shipments)} parcels were sent and received")

    def _answer(self, address: DeliveryAddress) -> None:
        give_address(
            pledge=address.pledge,
            address=Address("Supporter", "100-0001", "Tokyo", "1-1 Chiyoda", region="Tokyo"),
        )

    def _receive(self, shipment: Shipment) -> None:
        confirm_receipt(pledge=shipment.pledge, shipment_id=shipment.pk, actor=None)

    def _work(self, what: str) -> None:
        self._run_jobs()
        self.say(what)

    def _run_jobs(self) -> None:
        self._in_parallel(lambda _worker: run_due(), range(AT_ONCE))

    def _in_parallel(self, act: Callable[[Thing], object], things: Iterable[Thing]) -> None:
        def one(thing: Thing) -> None:
            try:
                act(thing)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(AT_ONCE) as pool:
            for future in [pool.submit(one, thing) for thing in things]:
                future.result()


def authenticate(action_url: str) -> None:
    """Do as a card's holder does on the bank's page: complete the challenge."""
    if not action_url.startswith("http://127.0.0.1"):
        raise ValueError("a rehearsal only talks to the fake provider")
    body = urllib.parse.urlencode({"outcome": "complete"}).encode()
    opener = urllib.request.build_opener(_NoRedirect())
    request = urllib.request.Request(action_url, data=body)  # noqa: S310 - checked above
    try:
        opener.open(request, timeout=20).close()
    except urllib.error.HTTPError as answer:
        if answer.code not in (302, 303):
            raise


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments: object) -> None:
        """The way back leads to a page that no rehearsal has."""
        return


def _tracking_table(shipments: list[Shipment]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for shipment in shipments:
        writer.writerow([shipment.pk, "Rehearsal Express", f"RX{shipment.pk:09d}"])
    return buffer.getvalue().encode()
