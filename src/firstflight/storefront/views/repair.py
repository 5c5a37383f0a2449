# SPDX-License-Identifier: Apache-2.0
"""Repairing a failed payment through a signed link, without signing in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from firstflight.payments.models import Charge
from firstflight.pledges.actions.collect import collect, finish_charge
from firstflight.pledges.actions.confirm_card import confirm_card
from firstflight.pledges.actions.set_up_card import set_up_card
from firstflight.pledges.links import pledge_of_repair_link
from firstflight.pledges.models import Pledge
from firstflight.pledges.queries import latest_charge, ready_card
from firstflight.pledges.states import State


def _pledge(token: str) -> Pledge:
    return Pledge.objects.select_related("campaign__project", "person").get(
        pk=pledge_of_repair_link(token)
    )


def repair(request: HttpRequest, token: str) -> HttpResponse:
    """What went wrong, how long there is, and the two ways to mend it."""
    pledge = _pledge(token)
    charge = latest_charge(pledge)
    variables = {"pledge": pledge, "campaign": pledge.campaign, "charge": charge, "token": token}
    if pledge.state != State.ERRORED:
        return render(request, "storefront/repair_over.html", variables)
    _setup, result = set_up_card(pledge)
    asks_holder = charge is not None and charge.state == Charge.State.REQUIRES_ACTION
    return render(
        request,
        "storefront/repair.html",
        {
            **variables,
            "asks_holder": asks_holder,
            "payment_secret": charge.client_secret if charge and asks_holder else "",
            "card": ready_card(pledge),
            "client_secret": result.client_secret,
            "script_url": settings.STRIPE_JS_URL,
            "publishable_key": settings.STRIPE_PUBLISHABLE_KEY,
            "return_url": request.build_absolute_uri(reverse("repair_done", args=[token])),
        },
    )


def done(request: HttpRequest, token: str) -> HttpResponse:
    """Back with another card, or from the bank: look at both and charge what is due."""
    pledge = _pledge(token)
    charge = latest_charge(pledge)
    if charge is not None and charge.state == Charge.State.REQUIRES_ACTION:
        finish_charge(charge)
    confirm_card(pledge.pk)
    collect(pledge.pk)
    return redirect("repair", token)
