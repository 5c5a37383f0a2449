# SPDX-License-Identifier: Apache-2.0
"""The queue of webhooks that still have to reach the endpoint, kept in the store.

Owns order, due times and the count of attempts. Sending is `webhooks`' part. Due times are the
machine's own clock, so that a jump of virtual time neither holds nor hurries them.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import Any

from firstflight.payments.fake_stripe.storage import Store

MAX_ATTEMPTS = 16
LONGEST_WAIT_SECONDS = 60.0


@dataclass
class Endpoint:
    """Where webhooks go and how; `delay` holds each new one back, `retry` is the first pause."""

    url: str | None
    secret: str
    delay_seconds: float = 0.0
    retry_seconds: float = 1.0
    paused: bool = False
    shuffle: random.Random | None = None
    duplicates: int = 0


@dataclass(frozen=True)
class Delivery:
    """One webhook to be sent: the row's id, the event's id and the attempts made so far."""

    id: int
    event: str
    attempts: int


def line_up(store: Store, endpoint: Endpoint, event: str) -> None:
    """Put an event at the end of the queue, or anywhere in it when the order is shuffled."""
    row = store.db.execute(
        "INSERT INTO deliveries (event, place, due) VALUES (?, 0, ?)",
        (event, time.time() + endpoint.delay_seconds),
    ).lastrowid
    place = float(row or 0)
    if endpoint.shuffle is not None:
        place += endpoint.shuffle.uniform(-10, 10)
    store.db.execute("UPDATE deliveries SET place = ? WHERE id = ?", (place, row))


def next_due(store: Store, *, skip: set[int], any_time: bool = False) -> Delivery | None:
    """The first delivery whose time has come and that no one is sending now."""
    marks = ", ".join("?" * len(skip))
    with store.lock:
        row = store.db.execute(
            "SELECT id, event, attempts FROM deliveries "  # noqa: S608 - question marks only
            "WHERE state = 'pending' AND due <= ? "
            f"AND id NOT IN ({marks}) ORDER BY place LIMIT 1",
            (float("inf") if any_time else time.time(), *skip),
        ).fetchone()
    return None if row is None else Delivery(*row)


def seconds_until_next(store: Store) -> float | None:
    """How long until a delivery falls due; None when none is waiting."""
    with store.lock:
        (due,) = store.db.execute(
            "SELECT min(due) FROM deliveries WHERE state = 'pending'"
        ).fetchone()
    return None if due is None else max(0.0, due - time.time())


def record(store: Store, endpoint: Endpoint, delivery: Delivery, answer: str, ok: bool) -> None:
    """Note what the endpoint answered; without success the next attempt is set, up to 16."""
    attempts = delivery.attempts + 1
    wait = min(endpoint.retry_seconds * 2**delivery.attempts, LONGEST_WAIT_SECONDS)
    state = "delivered" if ok else ("failed" if attempts >= MAX_ATTEMPTS else "pending")
    with store.transaction() as db:
        db.execute(
            "UPDATE deliveries SET state = ?, attempts = ?, answer = ?, due = ? WHERE id = ?",
            (state, attempts, answer, time.time() + wait, delivery.id),
        )
        if ok:
            event = store.get(delivery.event)
            if event is not None and event["pending_webhooks"]:
                store.save({**event, "pending_webhooks": 0})


def send_again(store: Store, event: str) -> None:
    """Line a past event up once more, due at once."""
    with store.transaction() as db:
        db.execute(
            "INSERT INTO deliveries (event, place, due) "
            "SELECT ?, coalesce(max(place), 0) + 1, ? FROM deliveries",
            (event, time.time()),
        )


def mix(store: Store, seed: int) -> int:
    """Shuffle those that are waiting; returns how many there are."""
    with store.transaction() as db:
        rows = db.execute("SELECT id, place FROM deliveries WHERE state = 'pending'").fetchall()
        places = [place for _, place in rows]
        random.Random(seed).shuffle(places)  # noqa: S311 - an order, no secret
        pairs = zip(places, (row for row, _ in rows), strict=True)
        db.executemany("UPDATE deliveries SET place = ? WHERE id = ?", pairs)
    return len(rows)


def waiting(store: Store) -> list[dict[str, Any]]:
    """What has not been delivered, in order: event, type, attempts, state, answer, due in s."""
    with store.lock:
        rows = store.db.execute(
            "SELECT d.event, o.type, d.attempts, d.state, d.answer, d.due FROM deliveries d "
            "JOIN objects o ON o.id = d.event WHERE d.state <> 'delivered' ORDER BY d.place"
        ).fetchall()
    names = ("event", "type", "attempts", "state", "answer", "due")
    return [dict(zip(names, row, strict=True)) for row in rows]
