# SPDX-License-Identifier: Apache-2.0
"""The one place where a refusal becomes an API answer: RFC 9457 problem+json with a stable code."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.errors import HttpError, ValidationError

from firstflight.api.schemas import Problem
from firstflight.kernel.errors import Invalid, Refusal

MEDIA_TYPE = "application/problem+json"
# The answers that any operation may give instead of its own, for the OpenAPI document.
PROBLEMS = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 413: Problem}
PROBLEMS |= {422: Problem, 429: Problem, 503: Problem}


def problem(
    status: int, code: str, title: str, extra: dict[str, Any] | None = None
) -> HttpResponse:
    """An error answer: type, title, status, code, and what else helps."""
    body = {
        "type": f"urn:firstflight:problem:{code}",
        "title": title,
        "status": status,
        "code": code,
        **(extra or {}),
    }
    answer = HttpResponse(
        json.dumps(body, ensure_ascii=False, default=str), status=status, content_type=MEDIA_TYPE
    )
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def from_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal of any floor."""
    extra: dict[str, Any] = {}
    if isinstance(refusal, Invalid):
        extra["errors"] = refusal.fields
    elif refusal.details:
        extra["details"] = refusal.details
    answer = problem(refusal.status, refusal.code, str(refusal), extra)
    if refusal.retry_after is not None:
        answer["Retry-After"] = str(refusal.retry_after)
    return answer


def from_validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A body or query that does not have the documented form."""
    fields: dict[str, list[str]] = {}
    for fault in error.errors:
        place = ".".join(str(part) for part in fault["loc"] if part not in ("body", "payload"))
        fields.setdefault(place, []).append(fault["msg"])
    return from_refusal(request, Invalid(fields))


def from_http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is no JSON: ninja's only error of this kind."""
    title = _("The body of the request is not valid JSON.")
    return problem(error.status_code, "malformed_json", title)
