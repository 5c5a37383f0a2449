# SPDX-License-Identifier: Apache-2.0
"""One request on its way through a resource: `Call`, and what all calls share: `World`.

Owns access to the store for resources, and the writing of events. Does not parse or route.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import stripe

from firstflight.payments.fake_stripe import deliveries
from firstflight.payments.fake_stripe.clock import Clock
from firstflight.payments.fake_stripe.errors import ReferenceMissing, ResourceMissing
from firstflight.payments.fake_stripe.ids import new_id
from firstflight.payments.fake_stripe.storage import Doc, Store, public

# What a release of the official client pins is the version this server speaks.
API_VERSION: str = stripe.api_version or ""


@dataclass
class World:
    """What outlives a request: documents, time and where webhooks go."""

    store: Store
    clock: Clock
    endpoint: deliveries.Endpoint
    base_url: str = ""


@dataclass
class Call:
    """A request that was let in: its parameters are validated, its transaction is open."""

    world: World
    params: dict[str, Any] = field(default_factory=dict)
    id: str = ""
    publishable: bool = False
    idempotency_key: str | None = None
    request_id: str | None = None

    @property
    def store(self) -> Store:
        """The documents."""
        return self.world.store

    @property
    def now(self) -> int:
        """Seconds since 1970, in the fake's time."""
        return self.world.clock.now()

    def of_path(self, kind: str, named: str | None = None) -> Doc:
        """The document named in the address. Raises `ResourceMissing` (404)."""
        wanted = named or self.id
        doc = self.store.get(wanted, kind)
        if doc is None:
            raise ResourceMissing(f"No such {kind}: '{wanted}'.", param="id")
        return doc

    def of_param(self, kind: str, name: str) -> Doc | None:
        """The document a parameter names, None without it. Raises `ReferenceMissing` (400)."""
        wanted = self.params.get(name)
        if wanted is None or wanted == "":
            return None
        doc = self.store.get(wanted, kind)
        if doc is None or doc.get("deleted"):
            raise ReferenceMissing(f"No such {kind}: '{wanted}'.", param=name)
        return doc

    def emit(self, name: str, doc: Doc, previous: Doc | None = None) -> None:
        """Write the event `name` about `doc` and line it up for the webhook endpoint."""
        data: Doc = {"object": public(doc)}
        if previous is not None:
            data["previous_attributes"] = previous
        event = self.store.insert(
            {
                "id": new_id("evt"),
                "object": "event",
                "api_version": API_VERSION,
                "created": self.now,
                "data": data,
                "livemode": False,
                "pending_webhooks": 1 if self.world.endpoint.url else 0,
                "request": {"id": self.request_id, "idempotency_key": self.idempotency_key},
                "type": name,
            }
        )
        if self.world.endpoint.url:
            deliveries.line_up(self.store, self.world.endpoint, event["id"])
