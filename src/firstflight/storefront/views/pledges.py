# SPDX-License-Identifier: Apache-2.0
"""A supporter's pledges: all of them, one, its change, its end, its parcel."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from firstflight.campaigns.offers import offer
from firstflight.campaigns.queries import open_first, reward_views
from firstflight.fulfilment.actions.confirm_receipt import confirm_receipt
from firstflight.fulfilment.actions.give_address import Address, give_address
from firstflight.fulfilment.models import DeliveryAddress, Shipment
from firstflight.kernel import clock
from firstflight.kernel.countries import all_countries
from firstflight.kernel.errors import Invalid, Refusal
from firstflight.kernel.money import Money
from firstflight.pledges import links
from firstflight.pledges.actions.cancel import cancel
from firstflight.pledges.actions.change import change, requote
from firstflight.pledges.queries import access_pledge, latest_charge, pledges_of, ready_card
from firstflight.pledges.states import State
from firstflight.storefront import choosing
from firstflight.storefront.countries import shipped_to
from firstflight.storefront.entry import person_of, signed_in

ADDRESS_FIELDS = ("name", "line1", "line2", "postal_code", "city", "region", "phone")
# A Japanese address goes from the large to the small, and the addressee comes last.
JAPANESE_ORDER = ("postal_code", "region", "city", "line1", "line2", "name", "phone")


@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """All pledges of this person, newest first."""
    return render(request, "storefront/pledges.html", {"pledges": pledges_of(person_of(request))})


@signed_in
def pledge(request: HttpRequest, pledge_id: UUID) -> HttpResponse:
    """One pledge: its state in words, what was agreed, what happens next."""
    return _page(request, pledge_id)


def _page(
    request: HttpRequest, pledge_id: UUID, wrong: dict[str, list[str]] | None = None
) -> HttpResponse:
    found = access_pledge(person_of(request), pledge_id)
    address = DeliveryAddress.objects.filter(pledge=found).first()
    lock_at = found.campaign.addresses_lock_at
    campaign_open = found.campaign.is_open_at(clock.now())
    return render(
        request,
        "storefront/pledge.html",
        {
            "pledge": found,
            "campaign": found.campaign,
            "card": ready_card(found),
            "charge": latest_charge(found),
            "moves": found.moves.order_by("at", "pk"),
            "country": dict(all_countries(get_language() or "en")).get(found.ship_to),
            "campaign_open": campaign_open,
            "can_change": found.state == State.ACTIVE and campaign_open,
            "can_cancel": found.state in (State.ACTIVE, State.HELD) and campaign_open,
            "repair_path": links.repair_path(found) if found.state == State.ERRORED else "",
            "address": address,
            "address_open": address is not None
            and address.locked_at is None
            and (lock_at is None or clock.now() < lock_at),
            "address_wrong": bool(wrong),
            "address_fields": _address_fields(request, address, wrong or {}),
            "shipments": Shipment.objects.filter(pledge=found).order_by("pk"),
        },
        status=422 if wrong else 200,
    )


def _address_fields(
    request: HttpRequest, address: DeliveryAddress | None, wrong: dict[str, list[str]]
) -> list[tuple[str, str, str, list[str], str]]:
    """(name, label, value, errors, autocomplete) of each field."""
    japan = address is not None and address.country == "JP"
    region = _("Prefecture") if japan else _("State or region (optional)")
    labels = {
        "name": (_("Name on the parcel"), "name"),
        "postal_code": (_("Postal code"), "postal-code"),
        "region": (region, "address-level1"),
        "city": (_("City"), "address-level2"),
        "line1": (_("Street and number"), "address-line1"),
        "line2": (_("Building, floor (optional)"), "address-line2"),
        "phone": (_("Phone for the carrier (optional)"), "tel"),
    }
    return [
        (
            name,
            label,
            request.POST.get(name, "") if wrong else getattr(address, name, ""),
            wrong.get(name, []),
            autocomplete,
        )
        for name in (JAPANESE_ORDER if japan else ADDRESS_FIELDS)
        for label, autocomplete in [labels[name]]
    ]


@signed_in
def change_pledge(request: HttpRequest, pledge_id: UUID) -> HttpResponse:
    """Choose anew, see the new total, confirm it."""
    person = person_of(request)
    found = access_pledge(person, pledge_id)
    campaign = found.campaign
    refusal, priced = None, None
    data = request.POST if request.method == "POST" else request.GET
    if "reward" in data:
        try:
            chosen = choosing.read(data, offer(campaign.slug, fresh=True))
            priced = requote(
                found, chosen.choices, ship_to=chosen.ship_to, bonus_minor=chosen.bonus_minor
            )
            if request.method == "POST":
                change(
                    pledge_id=found.pk,
                    actor=person,
                    choices=chosen.choices,
                    ship_to=chosen.ship_to,
                    bonus_minor=chosen.bonus_minor,
                    shown_total_minor=choosing.whole(request.POST.get("shown_total", "")),
                )
                messages.success(request, _("Your pledge was changed."))
                return redirect("pledge", pledge_id)
        except Refusal as raised:
            refusal, priced = raised, None
    views = open_first(reward_views(campaign, clock.now()))
    language = get_language() or "en"
    ship_to = data.get("ship_to") or found.ship_to
    had = {item["reward"] for item in found.agreed["items"]}
    return render(
        request,
        "storefront/change.html",
        {
            "pledge": found,
            "campaign": campaign,
            "rewards": [view for view in views if not view.reward.is_addon],
            "addons": [view for view in views if view.reward.is_addon],
            "had": had,
            "chosen": data if "reward" in data else _as_chosen(found.agreed),
            "countries": shipped_to(offer(campaign.slug), language),
            "ship_to": ship_to,
            "country": dict(all_countries(language)).get(ship_to),
            "quote": priced,
            "refusal": refusal,
        },
        status=refusal.status if refusal else 200,
    )


def _as_chosen(agreed: dict[str, Any]) -> dict[str, str]:
    """The form's entries for what the supporter has."""
    bonus = Money(agreed["bonus_minor"], agreed["currency"])
    entries: dict[str, str] = {"bonus": str(bonus.major) if bonus else ""}
    for index, item in enumerate(agreed["items"]):
        name = "quantity" if index == 0 else f"addon-{item['reward']}"
        entries[name] = str(item["quantity"])
        if index == 0:
            entries["reward"] = str(item["reward"])
        entries |= {f"o-{item['reward']}-{key}": value for key, value in item["options"].items()}
    return entries


@signed_in
@require_POST
def cancel_pledge(request: HttpRequest, pledge_id: UUID) -> HttpResponse:
    """Cancel it."""
    person = person_of(request)
    access_pledge(person, pledge_id)
    try:
        cancel(pledge_id=pledge_id, actor=person)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your pledge was cancelled. You will not be charged."))
    return redirect("pledge", pledge_id)


@signed_in
@require_POST
def address(request: HttpRequest, pledge_id: UUID) -> HttpResponse:
    """Say where the parcel goes."""
    found = access_pledge(person_of(request), pledge_id)
    given = Address(**{name: request.POST.get(name, "").strip() for name in ADDRESS_FIELDS})
    try:
        give_address(pledge=found, address=given)
    except Invalid as refusal:
        return _page(request, pledge_id, refusal.fields)
    messages.success(request, _("Thank you. Your address is saved."))
    return redirect("pledge", pledge_id)


@signed_in
@require_POST
def received(request: HttpRequest, pledge_id: UUID, shipment_id: int) -> HttpResponse:
    """Say that the parcel has arrived."""
    person = person_of(request)
    found = access_pledge(person, pledge_id)
    confirm_receipt(pledge=found, shipment_id=shipment_id, actor=person)
    messages.success(request, _("Enjoy it!"))
    return redirect("pledge", pledge_id)
