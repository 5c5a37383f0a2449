# SPDX-License-Identifier: Apache-2.0
"""The frame of the log's stream: one notification of `activity`.

Byte 0 sequence number (FF first, then 00 to 7F and round again), 1-2 checksum u16, 3 type (0
header, 1 data, 2 finish), 4… payload. The checksum is CRC-16/CMS (polynomial 0x8005, start 0xFFFF,
not reflected) over type and payload.
"""

import enum
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from wena.wena3.errors import MalformedPacket
from wena.wena3.wire import read_member, read_u16

POLYNOMIAL = 0x8005
FIRST_SEQUENCE = 0xFF
LAST_SEQUENCE = 0x7F
HEAD = 4


class FrameType(enum.IntEnum):
    """What a notification carries."""

    HEADER = 0
    DATA = 1
    FINISH = 2


@cache
def _crc_of_pairs() -> Sequence[int]:
    """The effect of 16 bits at once on a 16-bit register: one look-up for each pair of bytes."""
    single = []
    for byte in range(256):
        crc = byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ (POLYNOMIAL if crc & 0x8000 else 0)) & 0xFFFF
        single.append(crc)
    # The register after two bytes depends on register XOR pair alone.
    return [
        (single[high] << 8 & 0xFF00) ^ single[single[high] >> 8 ^ low]
        for high in range(256)
        for low in range(256)
    ]


def activity_crc(data: bytes) -> int:
    """The checksum of type and payload."""
    pairs = _crc_of_pairs()
    crc = 0xFFFF
    whole = len(data) // 2
    for pair in struct.unpack_from(f">{whole}H", data):
        crc = pairs[crc ^ pair]
    if len(data) % 2:
        # One byte is a pair with 8 bits fewer: shift the register out by hand.
        index = crc >> 8 ^ data[-1]
        crc = (crc << 8 & 0xFF00) ^ pairs[index]
    return crc


def next_sequence(sequence: int) -> int:
    """The number after this one."""
    return 0 if sequence >= LAST_SEQUENCE else sequence + 1


@dataclass(frozen=True, slots=True)
class ActivityPacket:
    """One notification, whether its checksum is right or not."""

    sequence: int
    checksum: int
    type: FrameType
    payload: bytes
    expected_checksum: int

    @classmethod
    def from_bytes(cls, value: bytes) -> "ActivityPacket":
        """Raises MalformedPacket for fewer than 4 bytes or an unknown type."""
        if len(value) < HEAD:
            raise MalformedPacket(f"A piece of the log has at least 4 bytes, not {len(value)}.")
        return cls(
            value[0],
            read_u16(value, 1),
            read_member(FrameType, value[3]),
            value[HEAD:],
            activity_crc(value[3:]),
        )

    @property
    def is_intact(self) -> bool:
        """Whether the checksum is right."""
        return self.checksum == self.expected_checksum


def frame(sequence: int, type: FrameType, payload: bytes = b"") -> bytes:
    """A notification with its checksum."""
    body = bytes([type]) + payload
    return bytes([sequence]) + activity_crc(body).to_bytes(2, "little") + body
