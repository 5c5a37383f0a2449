# SPDX-License-Identifier: Apache-2.0
"""Refund a collected pledge, in part or whole: write it, commit, ask, record."""

from uuid import UUID

from django.db import transaction

from firstflight.campaigns import stock
from firstflight.kernel import clock
from firstflight.kernel.errors import NotFound
from firstflight.kernel.money import Money
from firstflight.ledger.posting import post
from firstflight.payments.actions.refund import (
    ask_provider,
    begin_refund,
    record_refund,
    refundable,
)
from firstflight.payments.errors import ProviderUnavailable
from firstflight.payments.gateways.protocol import RefundResult
from firstflight.payments.models import Charge, Refund
from firstflight.people import audit
from firstflight.people.models import Person
from firstflight.pledges import entries, locks
from firstflight.pledges.mails import tell
from firstflight.pledges.models import Pledge
from firstflight.pledges.moving import move
from firstflight.pledges.queries import places_of
from firstflight.pledges.states import State


def refund(*, pledge_id: UUID, amount: Money | None, reason: str, actor: Person | None) -> Refund:
    """Send money back; `amount` None is all that is left. The caller checked the actor's role.

    Raises:
        NotFound: no such pledge, or it was never collected.
        RefundTooLarge: more than what is left.
    """
    row = _begin(pledge_id, amount, reason, actor)
    finish_refund(row)
    row.refresh_from_db()
    return row


@transaction.atomic
def _begin(pledge_id: UUID, amount: Money | None, reason: str, actor: Person | None) -> Refund:
    pledge = locks.lock_pledge(pledge_id)
    charge = Charge.objects.filter(subject=pledge.subject, state=Charge.State.SUCCEEDED).first()
    if charge is None:
        raise NotFound
    row = begin_refund(
        charge=charge, amount=amount or refundable(charge), reason=reason, requested_by=actor
    )
    audit.record(
        actor=actor,
        act="refund_requested",
        subject=pledge.subject,
        detail={"minor": row.amount_minor, "currency": charge.currency, "reason": reason},
    )
    return row


def finish_refund(row: Refund) -> None:
    """Ask the provider about a refund and record the answer; without one, leave it for later."""
    try:
        result = ask_provider(row)
    except ProviderUnavailable:
        return
    settle_refund(row, result)


def resume_unfinished() -> int:
    """Finish the refunds that a crash or an outage left behind, and follow those in transit."""
    open_refunds = Refund.objects.filter(
        state__in=(Refund.State.CREATED, Refund.State.IN_TRANSIT),
        charge__subject__startswith="pledge:",
    ).select_related("charge")
    rows = list(open_refunds)
    for row in rows:
        finish_refund(row)
    return len(rows)


@transaction.atomic
def settle_refund(row: Refund, result: RefundResult) -> Pledge:
    """Record the outcome of a refund and move its pledge; a second telling changes nothing."""
    pledge = locks.lock_pledge(UUID(row.charge.subject.removeprefix("pledge:")))
    was_posted = Refund.objects.get(pk=row.pk).state in (Refund.State.IN_TRANSIT, Refund.State.DONE)
    if not record_refund(row, result):
        return pledge
    row.refresh_from_db()
    book, now = pledge.campaign.book, clock.database_now()
    if row.state == Refund.State.FAILED:
        if was_posted:
            post([entries.refund_failed(book, pledge.pk, row.pk, row.amount)], now)
        return pledge
    if not was_posted:
        post([entries.pledge_refunded(book, pledge.pk, row.pk, row.amount)], now)
        whole = not refundable(row.charge)
        new = State.REFUNDED if whole else State.PARTIALLY_REFUNDED
        if pledge.state != new:
            move(pledge, new, reason=row.reason)
        if whole:
            stock.give_back(places_of(pledge))
        tell(pledge, "refund_sent", once=str(row.pk), amount=row.amount.format(pledge.language))
    return pledge
