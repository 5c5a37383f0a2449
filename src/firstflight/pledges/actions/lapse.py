# SPDX-License-Identifier: Apache-2.0
"""End holds whose 15 minutes are over, and give their places back exactly once."""

from uuid import UUID

from django.db import transaction

from firstflight.campaigns import stock
from firstflight.kernel import clock
from firstflight.ledger.posting import post
from firstflight.pledges import entries, locks
from firstflight.pledges.models import Pledge
from firstflight.pledges.moving import move
from firstflight.pledges.queries import places_of
from firstflight.pledges.states import State


def lapse_due() -> int:
    """Lapse every hold whose time is over; answers how many."""
    due = Pledge.objects.filter(state=State.HELD, hold_expires_at__lte=clock.database_now())
    return sum(lapse(pledge_id) for pledge_id in due.values_list("pk", flat=True))


@transaction.atomic
def lapse(pledge_id: UUID) -> bool:
    """Lapse one hold if it is still held and its time is over."""
    pledge = locks.lock_pledge(pledge_id)
    if pledge.state != State.HELD or pledge.hold_expires_at > clock.database_now():
        return False
    move(pledge, State.LAPSED)
    stock.give_back(places_of(pledge))
    post([entries.pledge_lapsed(pledge.campaign.book, pledge.pk, pledge.total)], clock.now())
    return True
