# SPDX-License-Identifier: Apache-2.0
"""A card as an NFC Forum Type 3 Tag: its attribute block and a text record.

Source: NFC Forum Type 3 Tag 1.0, NDEF 1.0, Text RTD 1.0.
"""

from dataclasses import dataclass

from wena.wallet.lite_s.frame import BLOCK_SIZE

_VERSION = 0x10
_BLOCKS_PER_READ, _BLOCKS_PER_WRITE = 4, 1


@dataclass(frozen=True, slots=True)
class Attributes:
    """Block 0 of a tag: how many blocks the message may take, and how many bytes it has."""

    blocks: int
    length: int
    writable: bool

    def __bytes__(self) -> bytes:
        body = bytes((_VERSION, _BLOCKS_PER_READ, _BLOCKS_PER_WRITE))
        body += self.blocks.to_bytes(2, "big") + bytes(5)
        body += bytes((self.writable,)) + self.length.to_bytes(3, "big")
        return body + sum(body).to_bytes(2, "big")


def text_record(text: str, language: str = "en") -> bytes:
    """An NDEF message with one short text record; up to 255 bytes of payload."""
    payload = bytes((len(language),)) + language.encode("ascii") + text.encode()
    return bytes((0xD1, 0x01, len(payload))) + b"T" + payload


def as_blocks(message: bytes) -> list[bytes]:
    """The message cut into blocks of 16 bytes, the last filled with zeros."""
    padded = message + bytes(-len(message) % BLOCK_SIZE)
    return [padded[at : at + BLOCK_SIZE] for at in range(0, len(padded), BLOCK_SIZE)]
