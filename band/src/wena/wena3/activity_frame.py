# SPDX-License-Identifier: Apache-2.0
"""The frame of the log's stream: one notification of `activity`.

Byte 0 sequence number (FF first, then 00 to 7F and round again), 1-2 checksum u16, 3 type (0
header, 1 data, 2 finish), 4… payload. The checksum is CRC-16/CMS (polynomial 0x8005, start 0xFFFF,
not reflected) over type and payload.
"""

import enum
from dataclasses import dataclass

from fastcrc import crc16

from wena.wena3.errors import MalformedPacket
from wena.wena3.wire import read_member, read_u16

FIRST_SEQUENCE = 0xFF
LAST_SEQUENCE = 0x7F
HEAD = 4


class FrameType(enum.IntEnum):
    """What a notification carries."""

    HEADER = 0
    DATA = 1
    FINISH = 2


def activity_crc(data: bytes) -> int:
    """The checksum of type and payload."""
    crc: int = crc16.cms(data)
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
