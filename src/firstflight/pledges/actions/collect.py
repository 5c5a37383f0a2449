# SPDX-License-Identifier: Apache-2.0
"""Charge a pledge whose campaign succeeded: write the attempt, commit, ask, record.

No attempt is begun while another is unfinished, and all attempts of a pledge share one payment at
the provider, which can succeed only once.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from firstflight.kernel import clock
from firstflight.ledger.posting import post
from firstflight.payments.actions.charge import ask_provider, begin_charge, record_charge
from firstflight.payments.errors import ChargeInFlight, ProviderUnavailable
from firstflight.payments.gateways.protocol import ChargeResult
from firstflight.payments.models import Charge
from firstflight.pledges import entries, locks
from firstflight.pledges.mails import tell
from firstflight.pledges.models import Pledge
from firstflight.pledges.moving import move
from firstflight.pledges.queries import ready_card
from firstflight.pledges.states import State

REMIND_EVERY = timedelta(hours=48)
RESUME_AFTER = timedelta(minutes=2)


def collect(pledge_id: UUID) -> Pledge:
    """Make one attempt, if the pledge is due; whoever calls twice charges once.

    Raises:
        NotFound: no such pledge.
    """
    charge = _begin(pledge_id)
    if charge is not None:
        finish_charge(charge)
    return Pledge.objects.get(pk=pledge_id)


@transaction.atomic
def _begin(pledge_id: UUID) -> Charge | None:
    pledge = locks.lock_pledge(pledge_id)
    now = clock.database_now()
    due = pledge.retry_at is not None and pledge.retry_at <= now
    if pledge.state not in (State.LOCKED, State.ERRORED) or not due:
        return None
    card = ready_card(pledge)
    if card is None:
        return None
    try:
        charge = begin_charge(subject=pledge.subject, card_setup=card, amount=pledge.total)
    except ChargeInFlight:
        return None
    pledge.retry_at = None
    pledge.save(update_fields=["retry_at"])
    return charge


def finish_charge(charge: Charge) -> None:
    """Ask the provider about an attempt and record the answer; without one, leave it for later."""
    try:
        result = ask_provider(charge)
    except ProviderUnavailable:
        return
    settle(charge, result)


def resume_unfinished() -> int:
    """Finish the attempts that a crash or an outage left behind; answers how many were tried."""
    stale = Charge.objects.filter(
        state=Charge.State.PROCESSING,
        subject__startswith="pledge:",
        created_at__lte=clock.database_now() - RESUME_AFTER,
    )
    charges = list(stale)
    for charge in charges:
        finish_charge(charge)
    return len(charges)


@transaction.atomic
def settle(charge: Charge, result: ChargeResult) -> Pledge:
    """Record the outcome of an attempt and move its pledge; a second telling changes nothing."""
    pledge = locks.lock_pledge(UUID(charge.subject.removeprefix("pledge:")))
    if not record_charge(charge, result):
        return pledge
    charge.refresh_from_db()
    now = clock.database_now()
    if charge.state == Charge.State.SUCCEEDED:
        _collected(pledge, charge, now)
    elif charge.state != Charge.State.PROCESSING:
        _declined(pledge, charge, now)
    return pledge


def _collected(pledge: Pledge, charge: Charge, now: datetime) -> None:
    move(pledge, State.COLLECTED)
    pledge.retry_at = pledge.drop_at = None
    pledge.save(update_fields=["retry_at", "drop_at"])
    entry = entries.pledge_collected(
        pledge.campaign.book, pledge.pk, charge.pk, charge.amount, charge.fee
    )
    post([entry], now)
    tell(pledge, "payment_received")


def _declined(pledge: Pledge, charge: Charge, now: datetime) -> None:
    if pledge.state == State.LOCKED:
        move(pledge, State.ERRORED, reason=charge.decline_code)
    pledge.retry_at = now + REMIND_EVERY
    pledge.save(update_fields=["retry_at"])
    tell(pledge, "payment_failed", once=str(charge.number), last_day=pledge.drop_at)
