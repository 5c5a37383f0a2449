# SPDX-License-Identifier: Apache-2.0
"""A person's own settings, and everything the platform keeps about them."""

import json
from typing import Any
from zoneinfo import available_timezones

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from firstflight.fulfilment.models import DeliveryAddress
from firstflight.kernel.localized import LANGUAGES
from firstflight.kernel.money import CURRENCIES
from firstflight.notices.models import Message
from firstflight.people.models import Person
from firstflight.pledges.models import Pledge
from firstflight.storefront.entry import person_of, signed_in

LANGUAGE_NAMES = {"en": "English", "ja": "日本語", "fr": "Français"}


@signed_in
def me(request: HttpRequest) -> HttpResponse:
    """Name, language of mail, time zone and currency; a POST saves them."""
    person = person_of(request)
    zones = sorted(zone for zone in available_timezones() if "/" in zone)
    if request.method == "POST":
        _save(person, request.POST, zones)
        messages.success(request, _("Your settings are saved."))
        return redirect("me")
    return render(
        request,
        "storefront/me.html",
        {
            "zones": zones,
            "currencies": CURRENCIES,
            "language_names": LANGUAGE_NAMES.items(),
        },
    )


def _save(person: Person, data: Any, zones: list[str]) -> None:
    person.name = data.get("name", "").strip()[:120]
    if data.get("language") in LANGUAGES:
        person.language = data["language"]
    if data.get("time_zone") in zones:
        person.time_zone = data["time_zone"]
    person.currency = data["currency"] if data.get("currency") in CURRENCIES else ""
    person.save()


@signed_in
def export(request: HttpRequest) -> HttpResponse:
    """Everything about this person as JSON (GDPR, article 20)."""
    person = person_of(request)
    pledges = Pledge.objects.filter(person=person).order_by("placed_at")
    addresses = DeliveryAddress.objects.filter(pledge__person=person)
    body = {
        "person": {
            name: getattr(person, name)
            for name in ("email", "name", "language", "time_zone", "currency", "created_at")
        },
        "pledges": [
            {
                "id": pledge.pk,
                "state": pledge.state,
                "placed_at": pledge.placed_at,
                "agreed": pledge.agreed,
                "agreed_sha256": pledge.agreed_hash,
            }
            for pledge in pledges
        ],
        "addresses": list(
            addresses.values(
                "pledge_id",
                "name",
                "postal_code",
                "region",
                "city",
                "line1",
                "line2",
                "country",
                "phone",
            )
        ),
        "messages": list(
            Message.objects.filter(person=person).values("subject", "text", "created_at")
        ),
    }
    answer = HttpResponse(
        json.dumps(body, default=str, ensure_ascii=False, indent=2),
        content_type="application/json",
    )
    answer["Content-Disposition"] = 'attachment; filename="first-flight.json"'
    return answer
