# SPDX-License-Identifier: Apache-2.0
"""Below /api/ every error speaks problem+json, those of Django included, and bodies are small."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from firstflight.api.problems import problem

PREFIX = "/api/"
BODY_MAX = 256 * 1024  # bytes


class ProblemMiddleware:
    """Turns Django's own error pages into problems, for programs alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > BODY_MAX:
            return problem(413, "body_too_large", _("The body of the request is too large."))
        answer = self.get_response(request)
        if answer.status_code < 400 or "json" in answer.headers.get("Content-Type", ""):
            return answer
        return _translated(answer)


def _translated(answer: HttpResponse) -> HttpResponse:
    code, title = {
        404: ("not_found", _("There is nothing at this address.")),
        405: ("method_not_allowed", _("This address does not take requests of this kind.")),
    }.get(answer.status_code, ("server_error", _("Something went wrong on our side.")))
    translated = problem(answer.status_code, code, title)
    if "Allow" in answer.headers:
        translated["Allow"] = answer["Allow"]
    return translated
