# SPDX-License-Identifier: Apache-2.0
"""The door of the desk: who is asking, as a person."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase

from firstflight.people.models import Person

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def signed_in(view: View[P]) -> View[P]:
    """Send a visitor to sign in first; the view itself checks what the person may do."""

    @wraps(view)
    @login_required
    def guarded(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        return view(request, *arguments, **named)

    return cast("View[P]", guarded)


def person_of(request: HttpRequest) -> Person:
    """The person who is signed in."""
    return cast(Person, request.user)
