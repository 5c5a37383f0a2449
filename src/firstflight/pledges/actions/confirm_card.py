# SPDX-License-Identifier: Apache-2.0
"""Learn from the provider that a card is ready, and make the pledge count.

The supporter's browser coming back, the webhook and the job all call this; whoever is first does
the work, the others find it done.
"""

from uuid import UUID

from django.db import transaction

from firstflight.kernel import clock
from firstflight.ledger.posting import post
from firstflight.payments.actions.set_up_card import refresh_setup
from firstflight.payments.models import CardSetup
from firstflight.pledges import entries, locks
from firstflight.pledges.mails import tell
from firstflight.pledges.models import Pledge
from firstflight.pledges.moving import move
from firstflight.pledges.states import State


def confirm_card(pledge_id: UUID) -> Pledge:
    """The pledge, active if its card is ready and the campaign is still open.

    Raises:
        NotFound: no such pledge.
        ProviderUnavailable: ask again; nothing is lost, the webhook does too.
    """
    setups = CardSetup.objects.filter(subject=f"pledge:{pledge_id}").order_by("-id")
    setup = setups.first()
    if setup is not None:
        setup = refresh_setup(setup)
    with transaction.atomic():
        locks.share_campaign(locks.campaign_of(pledge_id))
        pledge = locks.lock_pledge(pledge_id)
        if setup is None or setup.state != CardSetup.State.READY:
            return pledge
        if pledge.state == State.HELD and pledge.campaign.is_open_at(clock.database_now()):
            _activate(pledge)
        elif pledge.state in (State.LOCKED, State.ERRORED):
            # A new card for a payment that failed: try it at once.
            pledge.retry_at = clock.now()
            pledge.save(update_fields=["retry_at"])
    return pledge


def _activate(pledge: Pledge) -> None:
    move(pledge, State.ACTIVE, actor=pledge.person)
    post([entries.pledge_authorised(pledge.campaign.book, pledge.pk, pledge.total)], clock.now())
    tell(pledge, "pledge_confirmed")
