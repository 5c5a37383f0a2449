# SPDX-License-Identifier: Apache-2.0
"""Events, what happened to the other objects: https://docs.stripe.com/api/events.

Owns reading them back. `Call.emit` writes them.
"""

from __future__ import annotations

from firstflight.payments.fake_stripe import lists
from firstflight.payments.fake_stripe.call import Call
from firstflight.payments.fake_stripe.storage import Doc


def retrieve(call: Call) -> Doc:
    """GET /v1/events/{id}"""
    return call.of_path("event")


def listing(call: Call) -> Doc:
    """GET /v1/events"""
    return lists.page(call, "event", "/v1/events", type=call.params.get("type"))
