# SPDX-License-Identifier: Apache-2.0
"""The card step: the provider's script takes the card, we learn only that it is ready."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from firstflight.kernel.errors import Refusal
from firstflight.payments.errors import CardDeclined
from firstflight.payments.models import CardSetup
from firstflight.pledges.actions.confirm_card import confirm_card
from firstflight.pledges.actions.set_up_card import set_up_card
from firstflight.pledges.errors import CardNotReady
from firstflight.pledges.models import Pledge
from firstflight.pledges.queries import access_pledge, ready_card
from firstflight.pledges.states import State
from firstflight.storefront.entry import person_of, signed_in


@signed_in
def card(request: HttpRequest, pledge_id: UUID) -> HttpResponse:
    """Enter a card, or another one while a pledge is confirmed."""
    pledge = access_pledge(person_of(request), pledge_id)
    if pledge.state not in (State.HELD, State.ACTIVE):
        return redirect("pledge", pledge_id)
    _setup, result = set_up_card(pledge)
    return render(
        request,
        "storefront/card.html",
        {
            "pledge": pledge,
            "campaign": pledge.campaign,
            "client_secret": result.client_secret,
            "script_url": settings.STRIPE_JS_URL,
            "publishable_key": settings.STRIPE_PUBLISHABLE_KEY,
            "return_url": request.build_absolute_uri(reverse("card_done", args=[pledge_id])),
        },
    )


@signed_in
def done(request: HttpRequest, pledge_id: UUID) -> HttpResponse:
    """Back from the card fields or from the bank."""
    person = person_of(request)
    before = access_pledge(person, pledge_id)
    pledge = confirm_card(pledge_id)
    if pledge.state == State.HELD:
        messages.error(request, str(_why_not_yet(pledge)))
        return redirect("card", pledge_id)
    if before.state == State.HELD and pledge.state == State.ACTIVE:
        messages.success(request, _("Your pledge is confirmed. Thank you!"))
    elif ready_card(pledge):
        messages.success(request, _("Your new card is saved."))
    return redirect("pledge", pledge_id)


def _why_not_yet(pledge: Pledge) -> Refusal:
    """Whether the bank said no, or the holder turned back before it could answer."""
    latest = CardSetup.objects.filter(subject=pledge.subject).order_by("-id").first()
    failed = latest is not None and (latest.state == CardSetup.State.FAILED or latest.error_code)
    return CardDeclined() if failed else CardNotReady()
