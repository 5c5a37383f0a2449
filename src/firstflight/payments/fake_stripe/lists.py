# SPDX-License-Identifier: Apache-2.0
"""Lists with Stripe's cursors: `limit`, `starting_after`, `ending_before`, `created`.

Owns paging. Which filters apply is each resource's part.
"""

from __future__ import annotations

from typing import Any

from firstflight.payments.fake_stripe.call import Call
from firstflight.payments.fake_stripe.errors import (
    ParameterInvalid,
    ParametersExclusive,
    ReferenceMissing,
)
from firstflight.payments.fake_stripe.storage import Doc

COMPARISONS = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


def page(call: Call, kind: str, url: str, **links: str | None) -> Doc:
    """One page, newest first: `{"object": "list", "data": [...], "has_more": bool, "url": url}`."""
    after, before = call.params.get("starting_after"), call.params.get("ending_before")
    if after and before:
        raise ParametersExclusive("Send starting_after or ending_before, not both.")
    for name, cursor in (("starting_after", after), ("ending_before", before)):
        if cursor and call.store.get(cursor, kind) is None:
            raise ReferenceMissing(f"No such {kind}: '{cursor}'.", param=name)
    limit = call.params.get("limit", 10)
    if not 1 <= limit <= 100:
        raise ParameterInvalid("Invalid limit: it must be from 1 to 100.", param="limit")
    docs = call.store.select(
        kind,
        links,
        created=_created(call.params.get("created")),
        after=after,
        before=before,
        limit=limit + 1,
        types=call.params.get("types"),
    )
    has_more = len(docs) > limit
    docs = docs[:limit]
    return {
        "object": "list",
        "data": docs[::-1] if before else docs,
        "has_more": has_more,
        "url": url,
    }


def _created(sent: Any) -> dict[str, int] | None:
    if sent is None:
        return None
    if isinstance(sent, int):
        return {"=": sent}
    return {COMPARISONS[name]: seconds for name, seconds in sent.items()}
