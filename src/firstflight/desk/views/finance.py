# SPDX-License-Identifier: Apache-2.0
"""The finance clerk's desk: the books of each campaign, its pledges, refunds."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from firstflight.campaigns.access import access_as
from firstflight.campaigns.models import Campaign
from firstflight.desk import parsing
from firstflight.desk.entry import person_of, signed_in
from firstflight.kernel.errors import Invalid, NotFound
from firstflight.kernel.money import Money
from firstflight.ledger.models import Entry
from firstflight.ledger.queries import trial_balance
from firstflight.payments.actions.refund import refundable
from firstflight.payments.models import Charge, Refund
from firstflight.people.models import Person, Role
from firstflight.people.queries import affiliates_for_role
from firstflight.pledges.actions.refund import refund
from firstflight.pledges.finances import finances
from firstflight.pledges.models import Pledge
from firstflight.pledges.states import State

PAGE = 50


@signed_in
def campaigns(request: HttpRequest) -> HttpResponse:
    """Every campaign of the clerk's companies, with its money at a glance."""
    found = Campaign.objects.filter(review_state="approved").select_related("project__affiliate")
    companies = affiliates_for_role(person_of(request), Role.FINANCE)
    if companies is not None:
        found = found.filter(project__affiliate__in=companies)
    rows = [(campaign, finances(campaign)) for campaign in found.order_by("-closes_at")]
    return render(request, "desk/finance.html", {"rows": rows})


@signed_in
def books(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """One campaign: pledged, authorised, collected, failed, refunded, fees; accounts; journal."""
    campaign = access_as(person_of(request), Role.FINANCE, campaign_id)
    journal = Entry.objects.filter(book=campaign.book).prefetch_related("postings__account")
    accounts = trial_balance(campaign.book)
    return render(
        request,
        "desk/books.html",
        {
            "campaign": campaign,
            "finances": finances(campaign),
            "accounts": accounts,
            "balanced": all(sum(row.minor for row in rows) == 0 for rows in accounts.values()),
            "journal": Paginator(journal.order_by("-pk"), PAGE).get_page(request.GET.get("page")),
        },
    )


@signed_in
def pledges(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The campaign's pledges, by state, found by name, address or number."""
    campaign = access_as(person_of(request), Role.FINANCE, campaign_id)
    found = Pledge.objects.filter(campaign=campaign).select_related("person").order_by("-placed_at")
    state, words = request.GET.get("state", ""), request.GET.get("q", "").strip()
    if state in State.values:
        found = found.filter(state=state)
    if words:
        by_person = Q(person__email__icontains=words) | Q(person__name__icontains=words)
        found = found.filter(by_person | Q(pk__startswith=words))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "desk/pledges.html",
        {"campaign": campaign, "page": page, "states": State.choices, "state": state, "q": words},
    )


def _access(person: Person, pledge_id: UUID) -> Pledge:
    pledge = (
        Pledge.objects.select_related("campaign__project", "person").filter(pk=pledge_id).first()
    )
    if pledge is None:
        raise NotFound
    access_as(person, Role.FINANCE, pledge.campaign_id)
    return pledge


@signed_in
def pledge(request: HttpRequest, pledge_id: UUID) -> HttpResponse:
    """One pledge with every attempt to charge it, its refunds and its history."""
    found = _access(person_of(request), pledge_id)
    charges = list(Charge.objects.filter(subject=found.subject).order_by("number"))
    paid = next((charge for charge in charges if charge.state == Charge.State.SUCCEEDED), None)
    return render(
        request,
        "desk/pledge.html",
        {
            "campaign": found.campaign,
            "pledge": found,
            "charges": charges,
            "refunds": Refund.objects.filter(charge__in=charges).select_related("requested_by"),
            "moves": found.moves.select_related("actor").order_by("at"),
            "left": refundable(paid) if paid else None,
        },
    )


@signed_in
@require_POST
def give_back(request: HttpRequest, pledge_id: UUID) -> HttpResponse:
    """Refund a part or all that is left."""
    person = person_of(request)
    found = _access(person, pledge_id)
    reason = request.POST.get("reason", "").strip()
    minor = parsing.amount(request.POST, "amount", found.currency)
    if not reason:
        raise Invalid({"reason": [_("Please give a reason for the refund.")]})
    if minor is not None and minor <= 0:
        raise Invalid({"amount": [_("Please enter an amount above zero.")]})
    amount = None if minor is None else Money(minor, found.currency)
    row = refund(pledge_id=found.pk, amount=amount, reason=reason[:250], actor=person)
    if row.state == Refund.State.FAILED:
        messages.error(request, _("The payment provider refused the refund."))
    else:
        messages.success(request, _("The refund is on its way."))
    return redirect("desk:pledge", pledge_id)
