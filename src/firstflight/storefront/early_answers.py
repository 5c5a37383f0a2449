# SPDX-License-Identifier: Apache-2.0
"""Answers a page that is kept for all before anything else is done for the request.

Only for visitors nobody knows: without a cookie, or with that of their language alone. The answer
is one that the whole stack gave to a request that was the same in all it looks at, less than a
second ago: every header included.
"""

import re
import threading
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from firstflight.storefront.page_cache import Page
from firstflight.storefront.visits import count

_PREFIX = "/campaigns/"
_LANGUAGE_ALONE = re.compile(rf"(?:{re.escape(settings.LANGUAGE_COOKIE_NAME)}=[a-z-]{{2,10}})?")
# All of a request that may change the answer, as WSGI names it.
_LOOKED_AT = (
    *("HTTP_HOST", "SERVER_NAME", "PATH_INFO", "QUERY_STRING"),
    *("HTTP_ACCEPT_LANGUAGE", "HTTP_COOKIE", "wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO"),
)
_MOST = 500
_Key = tuple[str, ...]
_answers: dict[_Key, "AnswerForAll"] = {}
_lock = threading.Lock()


class AnswerForAll(HttpResponse):
    """A kept page as an answer; `visit_of` is the slug of the campaign whose visits it counts."""

    def __init__(self, page: Page, *, visit_of: str = "", **more: Any) -> None:
        super().__init__(page.body, **more)
        self.page, self.visit_of = page, visit_of


class EarlyAnswersMiddleware:
    """Stands first, so that a kept page costs none of the others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = _key(request.META)
        if key is None:
            return self.get_response(request)
        found = _answers.get(key)
        if found is not None and found.page.is_fresh:
            if found.visit_of:
                count(request, found.visit_of)
            return HttpResponse(found.page.body, headers=found.headers)
        answer = self.get_response(request)
        if isinstance(answer, AnswerForAll) and answer.status_code == 200 and not answer.cookies:
            _keep(key, answer)
        return answer


def _key(meta: Mapping[str, Any]) -> _Key | None:
    """What the request asks for; None if its answer is no page for all."""
    if meta["REQUEST_METHOD"] != "GET" or not meta["PATH_INFO"].startswith(_PREFIX):
        return None
    if not _LANGUAGE_ALONE.fullmatch(meta.get("HTTP_COOKIE", "")):
        return None
    return tuple(meta.get(name, "") for name in _LOOKED_AT)


def _keep(key: _Key, answer: AnswerForAll) -> None:
    with _lock:
        if len(_answers) >= _MOST:
            _answers.clear()
        _answers[key] = answer


def forget_all() -> None:
    """Drop every answer: for tests, whose databases come and go."""
    with _lock:
        _answers.clear()
