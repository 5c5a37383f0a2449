# SPDX-License-Identifier: Apache-2.0
"""What the card remembers without power: an immutable image of its non-volatile blocks.

A write makes a new image; the store keeps one or the other, never a mixture.
"""

from dataclasses import dataclass, replace

from wena.wallet.lite_s.blocks import CK, CKV, D_ID, FACTORY, ID, MC, REG, SCRATCH, SER_C, WCNT
from wena.wallet.lite_s.frame import BLOCK_SIZE

_ORDER = (*SCRATCH, REG, ID, D_ID, SER_C, CKV, CK, MC, WCNT)
_OFFSETS = {number: place * BLOCK_SIZE for place, number in enumerate(_ORDER)}

IMAGE_SIZE = len(_ORDER) * BLOCK_SIZE
# Response times that a reader takes from PMm: the longest there are, for a card in software.
PMM = bytes.fromhex("00F1FFFFFFFFFFFF")

# Before the system blocks are locked the counter runs from here to its last value; locking sets
# it to zero and it ends where the other range began, so no value ever returns.
COUNTER_AT_FACTORY = 0xFFFE00
COUNTER_LAST_OPEN = 0xFFFFFF
COUNTER_LAST_LOCKED = 0xFFFE00


@dataclass(frozen=True, slots=True)
class Memory:
    """`image` is IMAGE_SIZE bytes: the blocks that survive, 16 bytes each."""

    image: bytes

    def __post_init__(self) -> None:
        if len(self.image) != IMAGE_SIZE:
            raise ValueError(f"an image has {IMAGE_SIZE} bytes, not {len(self.image)}")

    def block(self, number: int) -> bytes:
        """The 16 bytes of a block that survives without power; `KeyError` for another."""
        offset = _OFFSETS[number]
        return self.image[offset : offset + BLOCK_SIZE]

    def with_block(self, number: int, data: bytes) -> "Memory":
        """The same memory with one block changed."""
        offset = _OFFSETS[number]
        return replace(self, image=self.image[:offset] + data + self.image[offset + BLOCK_SIZE :])

    @property
    def idm(self) -> bytes:
        """The card's identity: 8 bytes."""
        return self.block(D_ID)[:8]

    @property
    def pmm(self) -> bytes:
        """Manufacture parameters: 8 bytes."""
        return self.block(D_ID)[8:]

    @property
    def counter(self) -> int:
        """The write counter, 24 bits."""
        return int.from_bytes(self.block(WCNT)[:3], "little")

    def with_counter(self, counter: int) -> "Memory":
        """The same memory with another write counter."""
        return self.with_block(WCNT, counter.to_bytes(BLOCK_SIZE, "little"))


def from_factory(idm: bytes) -> Memory:
    """A card that nobody has issued: `idm` is 8 bytes, the card key is all zeros."""
    if len(idm) != 8:
        raise ValueError("IDm has 8 bytes")
    blank = Memory(bytes(IMAGE_SIZE))
    return (
        blank.with_block(D_ID, idm + PMM)
        .with_block(ID, idm + bytes(8))
        .with_block(REG, b"\xff" * BLOCK_SIZE)
        .with_block(MC, bytes(FACTORY))
        .with_counter(COUNTER_AT_FACTORY)
    )
