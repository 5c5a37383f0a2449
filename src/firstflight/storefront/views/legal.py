# SPDX-License-Identifier: Apache-2.0
"""Terms, privacy, sellers and accessibility, in the reader's language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from firstflight.kernel.errors import NotFound
from firstflight.people.models import Affiliate

PAGES = ("terms", "privacy", "sellers", "accessibility")


def legal(request: HttpRequest, name: str) -> HttpResponse:
    """One of the pages; the sellers' page lists every company of the group."""
    if name not in PAGES:
        raise NotFound
    language = (get_language() or "en").split("-")[0]
    sellers = Affiliate.objects.order_by("name") if name == "sellers" else []
    return render(request, f"legal/{name}.{language}.html", {"sellers": sellers})
