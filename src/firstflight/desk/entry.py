# SPDX-License-Identifier: Apache-2.0
"""The door of the desk: who is asking, as a person."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import add_never_cache_headers

from firstflight.people.models import Person

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def signed_in(view: View[P]) -> View[P]:
    """Send a visitor to sign in first; the view itself checks what the person may do.

    A script gets 401 instead of the sign-in page, so that a form that saves itself can keep the
    text and say what happened.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if "HX-Request" in request.headers:
                return HttpResponse(status=401)
            return redirect_to_login(request.get_full_path())
        answer = view(request, *arguments, **named)
        add_never_cache_headers(answer)
        return answer

    return cast("View[P]", guarded)


def person_of(request: HttpRequest) -> Person:
    """The person who is signed in."""
    return cast(Person, request.user)
