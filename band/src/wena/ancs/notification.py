# SPDX-License-Identifier: Apache-2.0
"""A value of the Notification Source: eight bytes, both ways. It owns no state.

0  event id    1  event flags    2  category id    3  category count    4..7  uid, u32 LE
"""

import struct
from dataclasses import dataclass

from wena.ancs.errors import MalformedNotification
from wena.ancs.model import CategoryId, EventFlag, EventId

_LAYOUT = struct.Struct("<BBBBI")
_KNOWN_FLAGS = 0x1F


@dataclass(frozen=True, slots=True)
class SourceEvent:
    """One event of the Notification Source. `uid` is valid in this session only."""

    event: EventId
    flags: EventFlag
    category: CategoryId
    category_count: int
    uid: int

    @property
    def is_pre_existing(self) -> bool:
        """Whether the notification was on the phone before this session began."""
        return EventFlag.PRE_EXISTING in self.flags

    @classmethod
    def from_bytes(cls, value: bytes) -> "SourceEvent":
        """Read a value. Reserved flags are dropped and a reserved category becomes `OTHER`.

        Raises MalformedNotification when the length is not 8 or the event is reserved.
        """
        if len(value) != _LAYOUT.size:
            raise MalformedNotification(
                f"A Notification Source value has 8 bytes; this one has {len(value)}."
            )
        event, flags, category, count, uid = _LAYOUT.unpack(value)
        if event not in EventId.__members__.values():
            raise MalformedNotification(f"Event {event} is reserved.")
        known = category in CategoryId.__members__.values()
        return cls(
            EventId(event),
            EventFlag(flags & _KNOWN_FLAGS),
            CategoryId(category) if known else CategoryId.OTHER,
            count,
            uid,
        )

    def __bytes__(self) -> bytes:
        return _LAYOUT.pack(self.event, self.flags, self.category, self.category_count, self.uid)
