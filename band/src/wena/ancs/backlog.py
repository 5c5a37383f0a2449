# SPDX-License-Identifier: Apache-2.0
"""Notifications whose attributes are still to be asked for, in the order that serves the wearer.

After a reconnect a phone may announce hundreds at once. A ringing call goes first, then what is
new, then what was there before. The backlog is bounded; the oldest from before are let go first.
"""

from collections import OrderedDict
from dataclasses import replace

from wena.ancs.model import CategoryId, EventId
from wena.ancs.notification import SourceEvent

CAPACITY = 256


class Backlog:
    """Events by uid; a later event on the same uid replaces the earlier. `lost` counts overflow."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._events: OrderedDict[int, SourceEvent] = OrderedDict()
        self.lost = 0

    def __len__(self) -> int:
        return len(self._events)

    def put(self, event: SourceEvent) -> None:
        """Add an added or modified notification; one that is still unread stays an addition."""
        waiting = self._events.get(event.uid)
        if waiting is not None and waiting.event is EventId.ADDED:
            event = replace(event, event=EventId.ADDED)
        self._events[event.uid] = event
        if len(self._events) > self._capacity:
            del self._events[max(self._events.values(), key=_rank).uid]
            self.lost += 1

    def take(self) -> SourceEvent | None:
        """The next one to ask about, or None."""
        if not self._events:
            return None
        event = min(self._events.values(), key=_rank)
        return self._events.pop(event.uid)

    def discard(self, uid: int) -> None:
        """The notification is gone; nobody need ask about it."""
        self._events.pop(uid, None)

    def clear(self) -> None:
        """The session is over, and with it the meaning of its numbers."""
        self._events.clear()


def _rank(event: SourceEvent) -> int:
    if event.category is CategoryId.INCOMING_CALL:
        return 0
    return 2 if event.is_pre_existing else 1
