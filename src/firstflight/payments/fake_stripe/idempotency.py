# SPDX-License-Identifier: Apache-2.0
"""Idempotency keys: the same request twice is done once (https://docs.stripe.com/api/idempotent_requests).

Owns the saved answers, kept for 24 hours of the fake's time and through a restart, and the refusal
of a key that is under way elsewhere or comes back with other parameters.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from firstflight.payments.fake_stripe.errors import (
    IdempotencyInFlight,
    IdempotencyMismatch,
    ParameterInvalid,
)
from firstflight.payments.fake_stripe.storage import Store

KEPT_SECONDS = 24 * 3600
LONGEST_KEY = 255


@dataclass(frozen=True)
class Saved:
    """An answer given before: status, JSON text and the id of the request that got it."""

    status: int
    body: str
    request_id: str


class Flights:
    """The keys of the requests that are under way now."""

    def __init__(self) -> None:
        self._keys: set[str] = set()
        self._lock = threading.Lock()

    @contextmanager
    def hold(self, key: str | None) -> Iterator[None]:
        """Keep others with the same key out. Raises `IdempotencyInFlight`."""
        if key is None:
            yield
            return
        with self._lock:
            if key in self._keys:
                raise IdempotencyInFlight()
            self._keys.add(key)
        try:
            yield
        finally:
            with self._lock:
                self._keys.discard(key)


def check(key: str | None) -> str | None:
    """The key, or None without one. Raises `ParameterInvalid` beyond 255 letters."""
    if key is not None and len(key) > LONGEST_KEY:
        raise ParameterInvalid("An idempotency key may have 255 letters.")
    return key or None


def fingerprint(method: str, path: str, values: dict[str, Any]) -> str:
    """What makes two requests the same: method, address and parameters in any order."""
    text = json.dumps([method, path, values], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def recall(store: Store, key: str, request: str, now: int) -> Saved | None:
    """The answer saved under a key, or None. Raises `IdempotencyMismatch`."""
    row = store.db.execute(
        "SELECT fingerprint, status, body, request, saved FROM idempotency WHERE key = ?", (key,)
    ).fetchone()
    if row is None or now - row[4] >= KEPT_SECONDS:
        return None
    if row[0] != request:
        raise IdempotencyMismatch(
            f"The idempotency key '{key}' was first sent with other parameters or to another "
            "address. Use a new key for a new request."
        )
    return Saved(row[1], row[2], row[3])


def keep(store: Store, key: str, request: str, saved: Saved, now: int) -> None:
    """Save the answer in the transaction that did the work."""
    store.db.execute(
        "INSERT OR REPLACE INTO idempotency (key, fingerprint, request, status, body, saved) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (key, request, saved.request_id, saved.status, saved.body, now),
    )
