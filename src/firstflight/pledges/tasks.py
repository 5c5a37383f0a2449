# SPDX-License-Identifier: Apache-2.0
"""The jobs of pledges: each calls one action. Sweeps find what a lost job left behind."""

from uuid import UUID

from django.conf import settings
from procrastinate.contrib.django import app

from firstflight.campaigns.actions.open import open_due
from firstflight.payments.models import CardSetup, Charge, ProviderEvent, Refund
from firstflight.pledges.actions import close, collect, dun, finish, lapse
from firstflight.pledges.actions import refund as refunds
from firstflight.pledges.actions import set_up_card as card
from firstflight.pledges.actions.confirm_card import confirm_card
from firstflight.pledges.mails import tell
from firstflight.pledges.models import Pledge


@app.task(name="pledges.set_up_card", queue="cards", retry=5)
def set_up_card(pledge_id: str, method_id: str) -> None:
    """Confirm the card that a program sent with its pledge."""
    pledge = Pledge.objects.select_related("person").get(pk=pledge_id)
    back = f"{settings.SITE_URL}/pledges/{pledge_id}/card/done"
    card.set_up_card(pledge, method_id=method_id, return_url=back)
    confirm_card(pledge.pk)


@app.task(name="pledges.collect", queue="money")
def collect_pledge(pledge_id: str) -> None:
    """Make one attempt to charge a pledge."""
    collect.collect(UUID(pledge_id))


@app.task(name="pledges.tell_released", queue="mail")
def tell_released(pledge_id: str) -> None:
    """Tell a supporter that the goal was not reached and nobody pays."""
    pledge = Pledge.objects.select_related("campaign__project", "person").get(pk=pledge_id)
    tell(pledge, "pledge_released")


@app.task(name="pledges.refund_failed_campaign", queue="money")
def refund_failed_campaign(pledge_id: str) -> None:
    """Give everything back to a supporter of a campaign that failed after collection."""
    refunds.refund(pledge_id=UUID(pledge_id), amount=None, reason="The campaign failed", actor=None)


@app.task(name="pledges.follow_event", queue="money")
def follow_event(event_id: int) -> None:
    """Look again at what a webhook spoke of; the event itself is never believed."""
    event = ProviderEvent.objects.get(pk=event_id)
    setup = CardSetup.objects.filter(provider_id=event.object_id).first()
    if setup is not None and setup.subject.startswith("pledge:"):
        confirm_card(UUID(setup.subject.removeprefix("pledge:")))
    for charge in Charge.objects.filter(
        provider_id=event.object_id, state__in=("processing", "requires_action")
    ):
        collect.finish_charge(charge)
    for refund in Refund.objects.filter(provider_id=event.object_id).exclude(state="failed"):
        refunds.finish_refund(refund)


def sweep() -> None:
    """Do everything that has become due; safe to run at any time, by any number of workers."""
    open_due()
    lapse.lapse_due()
    close.close_due()
    collect.resume_unfinished()
    refunds.resume_unfinished()
    dun.dun_due()
    finish.finish_due()


@app.periodic(cron="* * * * * */10")
@app.task(name="pledges.sweep", queue="money", queueing_lock="sweep", lock="sweep")
def sweep_regularly(timestamp: int) -> None:
    """Every ten seconds."""
    sweep()
