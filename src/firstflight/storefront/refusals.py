# SPDX-License-Identifier: Apache-2.0
"""The one place where a refusal becomes a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from firstflight.kernel.errors import Refusal


class RefusalMiddleware:
    """Shows a `Refusal` that a view let through as a page with its status and message."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Called by Django for what a view raised; None leaves other exceptions alone."""
        if not isinstance(error, Refusal):
            return None
        answer = render(request, "refusal.html", {"refusal": error}, status=error.status)
        if error.retry_after is not None:
            answer["Retry-After"] = str(error.retry_after)
        return answer
