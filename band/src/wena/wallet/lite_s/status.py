# SPDX-License-Identifier: Apache-2.0
"""The two status flags with which a card says why it refuses.

Flag 1 is 0xFF where no block is at fault, else one bit for the block's place in the list. Flag 2
is the reason. Source: FeliCa Lite-S User's Manual, and what public readers expect.
"""

from dataclasses import dataclass

MEMORY_FAILED = 0x70
SERVICE_COUNT = 0xA1
BLOCK_COUNT = 0xA2
SERVICE_INDEX = 0xA3
SERVICE_CODE = 0xA6
ACCESS_MODE = 0xA7
BLOCK_NUMBER = 0xA8
WRITE_REFUSED = 0xA9
TWO_KINDS_OF_MAC = 0xB0
NOT_AUTHENTICATED = 0xB1
MAC_WRONG = 0xB2

NO_BLOCK = 0xFF


@dataclass(frozen=True, slots=True)
class Status:
    """One answer of a card; `Status()` is success."""

    flag1: int = 0
    flag2: int = 0

    def __bytes__(self) -> bytes:
        return bytes((self.flag1, self.flag2))


def at(place: int, reason: int) -> Status:
    """A refusal because of the block at `place` (0 to 7) of the list."""
    return Status(1 << place, reason)


def whole(reason: int) -> Status:
    """A refusal of the command as such."""
    return Status(NO_BLOCK, reason)
