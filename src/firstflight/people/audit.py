# SPDX-License-Identifier: Apache-2.0
"""The audit log: each act of staff, chained by hashes so that a change anywhere shows."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from firstflight.kernel import clock
from firstflight.people.models import AuditEntry, Person

GENESIS = "0" * 64
_CHAIN_LOCK = 0x41554454  # any constant: one writer at a time, until its transaction ends


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold: the row's id and what is wrong with it."""

    entry_id: int
    reason: str


def _digest(
    previous: str, at: datetime, actor_id: int | None, act: str, subject: str, detail: Any
) -> str:
    row = [previous, at.isoformat(), actor_id, act, subject, detail]
    return hashlib.sha256(json.dumps(row, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def record(*, actor: Person | None, act: str, subject: str, detail: dict[str, Any]) -> AuditEntry:
    """Append one act; `subject` names a thing as "campaign:12". Takes part in the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
    last = AuditEntry.objects.order_by("-id").first()
    previous = last.hash if last else GENESIS
    at = clock.now()
    actor_id = actor.pk if actor else None
    return AuditEntry.objects.create(
        at=at,
        actor=actor,
        act=act,
        subject=subject,
        detail=detail,
        previous_hash=previous,
        hash=_digest(previous, at, actor_id, act, subject, detail),
    )


def verify() -> list[Break]:
    """Every place where the chain does not hold; empty when nobody touched the log."""
    breaks = []
    previous = GENESIS
    for entry in AuditEntry.objects.order_by("id").iterator():
        if entry.previous_hash != previous:
            breaks.append(Break(entry.pk, "a row before this one was removed or moved"))
        expected = _digest(
            entry.previous_hash, entry.at, entry.actor_id, entry.act, entry.subject, entry.detail
        )
        if entry.hash != expected:
            breaks.append(Break(entry.pk, "this row was changed"))
        previous = entry.hash
    return breaks
