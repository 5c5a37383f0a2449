# SPDX-License-Identifier: Apache-2.0
"""Sends events to the webhook endpoint, signed as Stripe signs them, until it answers 2xx.

Owns the sending thread and the signature (https://docs.stripe.com/webhooks/signature). The queue is
`deliveries`' part.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import threading
import time
from typing import Any
from urllib.parse import urlsplit

from firstflight.payments.fake_stripe import deliveries
from firstflight.payments.fake_stripe.deliveries import Delivery, Endpoint
from firstflight.payments.fake_stripe.storage import Store, public

ANSWER_SECONDS = 10.0


class Sender:
    """One thread that empties the queue; `deliver_now` does the same on the caller's."""

    def __init__(self, store: Store, endpoint: Endpoint) -> None:
        self._store = store
        self._endpoint = endpoint
        self._in_hand: set[int] = set()
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to send what is due."""
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="fake-stripe-webhooks", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the delivery under way; the rest stays in the queue."""
        self._stopping = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(ANSWER_SECONDS + 1)

    def wake(self) -> None:
        """Look at the queue again: something was added or a control was moved."""
        self._wake.set()

    def deliver_now(self) -> list[dict[str, Any]]:
        """Try each waiting delivery once, due or not, paused or not."""
        results, tried = [], set[int]()
        while (delivery := self._take(tried, any_time=True)) is not None:
            tried.add(delivery.id)
            results.append(self._deliver(delivery))
        return results

    def wait_until_delivered(self, timeout: float) -> bool:
        """Whether the queue became empty within `timeout` seconds."""
        limit = time.monotonic() + timeout
        while time.monotonic() < limit:
            if deliveries.seconds_until_next(self._store) is None:
                return True
            time.sleep(0.005)
        return deliveries.seconds_until_next(self._store) is None

    def _run(self) -> None:
        while not self._stopping:
            self._wake.clear()
            ready = self._endpoint.url and not self._endpoint.paused
            delivery = self._take(set()) if ready else None
            if delivery is not None:
                self._deliver(delivery)
                continue
            pause = deliveries.seconds_until_next(self._store) if ready else None
            self._wake.wait(None if pause is None else max(pause, 0.01))

    def _take(self, tried: set[int], *, any_time: bool = False) -> Delivery | None:
        with self._lock:
            found = deliveries.next_due(self._store, skip=self._in_hand | tried, any_time=any_time)
            if found is not None:
                self._in_hand.add(found.id)
            return found

    def _deliver(self, delivery: Delivery) -> dict[str, Any]:
        try:
            event = self._store.get(delivery.event) or {}
            answer, ok = self._post(event)
            if ok and self._endpoint.duplicates > 0:
                self._endpoint.duplicates -= 1
                self._post(event)
            deliveries.record(self._store, self._endpoint, delivery, answer, ok)
        finally:
            with self._lock:
                self._in_hand.discard(delivery.id)
        return {"event": delivery.event, "type": event.get("type"), "answer": answer, "ok": ok}

    def _post(self, event: dict[str, Any]) -> tuple[str, bool]:
        """Send one event; returns the status or the fault in words, and whether it was 2xx."""
        body = json.dumps(public(event), ensure_ascii=False, indent=2).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Stripe-Signature": sign(body, self._endpoint.secret, int(time.time())),
            "User-Agent": "Stripe/1.0 (First Flight fake)",
        }
        try:
            status = _send(self._endpoint.url or "", body, headers)
        except (OSError, ValueError, http.client.HTTPException) as error:
            return f"{type(error).__name__}: {error}", False
        return str(status), 200 <= status < 300


def _send(endpoint: str, body: bytes, headers: dict[str, str]) -> int:
    url = urlsplit(endpoint)
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = kind(url.hostname or "", url.port, timeout=ANSWER_SECONDS)
    try:
        target = (url.path or "/") + (f"?{url.query}" if url.query else "")
        connection.request("POST", target, body, headers)
        return connection.getresponse().status
    finally:
        connection.close()


def sign(body: bytes, secret: str, timestamp: int) -> str:
    """The Stripe-Signature header: `t=<seconds>,v1=<HMAC-SHA256 of "t.body" in hex>`."""
    signed = f"{timestamp}.".encode() + body
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={digest}"
