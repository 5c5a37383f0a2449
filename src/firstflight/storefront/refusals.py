# SPDX-License-Identifier: Apache-2.0
"""The one place where a refusal becomes a page."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from firstflight.kernel.errors import Refusal


class RefusalMiddleware:
    """Shows a `Refusal` that a view let through as a page with its status and message."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        """Refuse text that no database column can hold: a NUL among what a page was sent."""
        if request.path.startswith("/api/"):
            return None  # the API names the field
        sent = (request.GET, request.POST)
        if any("\x00" in value for data in sent for _name, value in data.items()):
            raise BadRequest
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Called by Django for what a view raised; None leaves other exceptions alone."""
        if not isinstance(error, Refusal):
            return None
        answer = render(request, "refusal.html", {"refusal": error}, status=error.status)
        if error.retry_after is not None:
            answer["Retry-After"] = str(error.retry_after)
        return answer
