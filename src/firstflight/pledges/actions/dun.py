# SPDX-License-Identifier: Apache-2.0
"""Seven days in which a failed payment can be repaired: retries, reminders, and the end.

A soft decline is tried again every 48 hours. A hard one is never tried again by itself, and where
the bank wants to see the holder only they can help: both get a reminder with the repair page.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from firstflight.campaigns import stock
from firstflight.kernel import clock, jobs
from firstflight.ledger.posting import post
from firstflight.payments.models import Charge
from firstflight.pledges import entries, locks
from firstflight.pledges.actions.collect import REMIND_EVERY
from firstflight.pledges.mails import tell
from firstflight.pledges.models import Pledge
from firstflight.pledges.moving import move
from firstflight.pledges.queries import job_rows, latest_charge, places_of, ready_card
from firstflight.pledges.states import State


def dun_due() -> int:
    """Retry, remind or drop every pledge whose time has come; answers how many were touched."""
    now = clock.database_now()
    over = Pledge.objects.filter(state=State.ERRORED, drop_at__lte=now)
    dropped = sum(drop(pledge_id) for pledge_id in over.values_list("pk", flat=True))
    due = Pledge.objects.filter(state__in=(State.LOCKED, State.ERRORED), retry_at__lte=now)
    waiting = list(due.values_list("pk", flat=True))
    again = [pledge_id for pledge_id in waiting if _retry_or_remind(pledge_id, now)]
    jobs.defer("pledges.collect", queue="money", rows=job_rows(again))
    return dropped + len(waiting)


@transaction.atomic
def _retry_or_remind(pledge_id: UUID, now: datetime) -> bool:
    """Whether to try the card again; if not, the supporter has been reminded."""
    pledge = locks.lock_pledge(pledge_id)
    if pledge.state == State.LOCKED:
        return True
    if pledge.state != State.ERRORED or pledge.retry_at is None or pledge.retry_at > now:
        return False
    charge, card = latest_charge(pledge), ready_card(pledge)
    if charge is None or (card is not None and charge.card_setup_id != card.pk):
        return True
    if charge.state == Charge.State.FAILED_SOFT:
        return True
    pledge.retry_at = now + REMIND_EVERY
    pledge.save(update_fields=["retry_at"])
    tell(pledge, "payment_reminder", once=now.date().isoformat(), last_day=pledge.drop_at)
    return False


@transaction.atomic
def drop(pledge_id: UUID) -> bool:
    """Give up on a payment after its seven days; the places are free again, exactly once.

    An attempt under way is waited for: a card may be about to be charged.
    """
    pledge = locks.lock_pledge(pledge_id)
    if pledge.state != State.ERRORED or pledge.drop_at is None:
        return False
    charge = latest_charge(pledge)
    unfinished = charge is not None and charge.state == Charge.State.PROCESSING
    if unfinished or pledge.drop_at > clock.database_now():
        return False
    move(pledge, State.DROPPED)
    stock.give_back(places_of(pledge))
    post([entries.pledge_dropped(pledge.campaign.book, pledge.pk, pledge.total)], clock.now())
    tell(pledge, "pledge_dropped")
    return True
