# SPDX-License-Identifier: Apache-2.0
"""Bearer tokens with scopes. A token is looked up again at most every 15 seconds per process."""

import threading
import time

from django.http import HttpRequest
from ninja.security import HttpBearer

from firstflight.people.errors import ScopeMissing
from firstflight.people.models import ApiToken
from firstflight.people.tokens import authenticate, digest

_SECONDS = 15.0
_MOST = 10_000
_kept: dict[str, tuple[float, ApiToken]] = {}
_lock = threading.Lock()


class Token(HttpBearer):
    """Requires a live token with one scope."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken:
        """The token's row.

        Raises:
            TokenInvalid, ScopeMissing.
        """
        found = _lookup(token)
        if self.scope not in found.scopes:
            raise ScopeMissing(scope=self.scope)
        return found


def _lookup(secret: str) -> ApiToken:
    key, now = digest(secret), time.monotonic()
    kept = _kept.get(key)
    if kept and now - kept[0] < _SECONDS:
        return kept[1]
    found = authenticate(secret)
    with _lock:
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[key] = (now, found)
    return found


def forget_all() -> None:
    """Drop the kept tokens: for tests, whose databases come and go."""
    with _lock:
        _kept.clear()
