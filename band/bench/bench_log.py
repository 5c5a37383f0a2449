# SPDX-License-Identifier: Apache-2.0
"""A month's log, from notifications to single values, against the fastest link that could bring it.

No real strap's rate is known, so each row takes the ceiling that Bluetooth LE itself sets: one
notification after the other without a pause, in data packets of the largest size, each answered by
an empty one, 150 µs apart (Core Specification, volume 6, part B, 2.1 and 4.1). Real links pause
between connection events and bring a fraction of that. The rate counts the bytes of notifications.
"""

import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from wena.companion.simulated_log import SimulatedLog
from wena.wena3.activity_kinds import Run
from wena.wena3.activity_receiver import ActivityReceiver
from wena.wena3.activity_sender import pack_transfer

DAYS = 30
REPEATS = 15
WANTED = 200
PAUSE_US = 150
MIC = 4
"""Bytes that encryption adds to a packet that is not empty; a strap's link is always encrypted."""
ATT_AND_L2CAP = 7
"""Bytes before the value: length and channel (4), opcode and handle (3)."""


@dataclass(frozen=True, slots=True)
class Air:
    """A radio and its largest packet. `frame_bytes` are preamble, address, header and check."""

    name: str
    bits_per_us: int
    frame_bytes: int
    largest_packet: int

    @property
    def largest_notification(self) -> int:
        """The value that fills one packet."""
        return self.largest_packet - ATT_AND_L2CAP

    @property
    def bytes_per_s(self) -> float:
        """Values of notifications at the ceiling, bytes a second."""
        filled, empty = (
            (self.frame_bytes + length) * 8 / self.bits_per_us
            for length in (self.largest_packet + MIC, 0)
        )
        return self.largest_notification / (filled + empty + 2 * PAUSE_US) * 1e6


AIRS = (
    Air("LE 1M, smallest MTU", 1, 10, 27),
    Air("LE 1M, long packets", 1, 10, 251),
    Air("LE 2M, long packets", 2, 11, 251),
)


def run() -> list[dict[str, Any]]:
    """How many times faster than the air the whole log is decoded, for each kind of link."""
    log = SimulatedLog(datetime(2026, 3, 14, tzinfo=UTC), UTC, days=DAYS)
    blocks = list(log.blocks_since({}))
    return [_row(air, list(pack_transfer(blocks, air.largest_notification))) for air in AIRS]


def _row(air: Air, transfer: Sequence[bytes]) -> dict[str, Any]:
    seconds = min(_decode(transfer) for _ in range(REPEATS))
    size = sum(map(len, transfer))
    times = size / air.bytes_per_s / seconds
    return {
        "link": air.name,
        "link kB/s": air.bytes_per_s / 1000,
        "log kB": size / 1000,
        "over the air s": size / air.bytes_per_s,
        "decoded ms": seconds * 1000,
        "times the link": round(times),
        "wanted": WANTED,
        "met": "yes" if times >= WANTED else "NO",
    }


def _decode(transfer: Sequence[bytes]) -> float:
    started = time.perf_counter()
    receiver = ActivityReceiver()
    for notification in transfer:
        block = receiver.feed(notification)
        if block is not None:
            deque(block.samples() if isinstance(block, Run) else block.items, maxlen=0)
    return time.perf_counter() - started
