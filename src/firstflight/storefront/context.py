# SPDX-License-Identifier: Apache-2.0
"""What every page knows of its reader."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from firstflight.people.models import Person
from firstflight.people.queries import is_employee, roles

# The currency in which a reader of a language most likely thinks.
_CURRENCIES = {"fr": "EUR", "en": "USD", "ja": "JPY"}


STYLESHEETS = [
    f"firstflight/css/{name}.css"
    for name in ("tokens", "base", "layout", "components", "forms", "pages", "desk")
]


def reader_currency(request: HttpRequest) -> str:
    """The currency in which this reader most likely thinks."""
    person = getattr(request, "user", None)
    chosen = person.currency if isinstance(person, Person) else ""
    return chosen or _CURRENCIES.get((get_language() or "en").split("-")[0], "USD")


def page(request: HttpRequest) -> dict[str, Any]:
    """`nav` for the header, `reader_currency` for approximate amounts, `demo` for its banner."""
    person = getattr(request, "user", None)
    signed_in = isinstance(person, Person)
    return {
        "nav": {
            "signed_in": signed_in,
            "is_employee": isinstance(person, Person) and is_employee(person),
            "roles": roles(person) if isinstance(person, Person) else set(),
        },
        "reader_currency": reader_currency(request),
        "demo": settings.DEMO,
        "stylesheets": STYLESHEETS,
    }
