# SPDX-License-Identifier: Apache-2.0
"""The time the fake shows in `created` and compares expiry dates with.

Owns the offset of virtual time, kept in the store. Webhook delivery and signatures run on the
machine's own clock, for the receiver checks them against its own.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

from firstflight.payments.fake_stripe.storage import Store


class Clock:
    """Seconds since 1970, moved by an offset that survives a restart."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._offset = float(store.setting("clock_offset") or 0)

    @property
    def offset(self) -> float:
        """How many seconds this clock is ahead of the machine's."""
        return self._offset

    def set_offset(self, seconds: float) -> None:
        """Show a time `seconds` ahead of the machine's from now on."""
        self._offset = seconds
        self._store.set_setting("clock_offset", str(seconds))

    def now(self) -> int:
        """Whole seconds since 1970."""
        return int(time.time() + self._offset)

    def today(self) -> datetime:
        """The moment of `now`, in UTC."""
        return datetime.fromtimestamp(self.now(), UTC)
