# SPDX-License-Identifier: Apache-2.0
"""Commands and responses of the card as bytes: what a frame says, not whether it may.

A frame is a length byte (which counts itself), a code and a body; the radio's preamble and CRC
are not part of it. Source: JIS X 6319-4 and the FeliCa Lite-S User's Manual. A card answers a
frame that it cannot read with silence, so the parser returns `None` for those.
"""

from dataclasses import dataclass

BLOCK_SIZE = 16
READ_SERVICE = 0x000B
WRITE_SERVICE = 0x0009

POLLING, READ, WRITE = 0x00, 0x06, 0x08
TIME_SLOTS = frozenset((0x00, 0x01, 0x03, 0x07, 0x0F))
_SHORT_ELEMENT = 0x80


@dataclass(frozen=True, slots=True)
class Polling:
    """Who is there? `system` is 16 bits, 0xFF in either byte stands for any."""

    system: int
    request: int
    slots: int


@dataclass(frozen=True, slots=True)
class Element:
    """One entry of a block list; `number` is 16 bits in a three-byte element."""

    number: int
    service_index: int = 0
    access_mode: int = 0


@dataclass(frozen=True, slots=True)
class Access:
    """Read or Write Without Encryption.

    The counts are those that the frame declares. Where a count is one that no card of this kind
    serves, the lists are empty: their length cannot be told and the card refuses by the count.
    """

    code: int
    idm: bytes
    service_count: int
    block_count: int
    services: tuple[int, ...] = ()
    elements: tuple[Element, ...] = ()
    data: bytes = b""


def parse(frame: bytes) -> Polling | Access | None:
    """What the frame asks for, or `None` where a card stays silent."""
    if len(frame) < 2 or len(frame) > 255 or frame[0] != len(frame):
        return None
    code, body = frame[1], frame[2:]
    if code == POLLING:
        if len(body) != 4 or body[3] not in TIME_SLOTS:
            return None
        return Polling(system=int.from_bytes(body[:2], "big"), request=body[2], slots=body[3])
    if code in (READ, WRITE) and len(body) >= 9:
        return _access(code, body)
    return None


def _access(code: int, body: bytes) -> Access | None:
    idm, service_count, rest = body[:8], body[8], body[9:]
    if service_count != 1:
        return Access(code, idm, service_count, 0)
    if len(rest) < 3:
        return None
    services, block_count, rest = (int.from_bytes(rest[:2], "little"),), rest[2], rest[3:]
    if not 1 <= block_count <= (4 if code == READ else 2):
        return Access(code, idm, service_count, block_count, services)
    elements: list[Element] = []
    for _ in range(block_count):
        size = 2 if rest and rest[0] & _SHORT_ELEMENT else 3
        if len(rest) < size:
            return None
        number = int.from_bytes(rest[1:size], "little")
        elements.append(Element(number, rest[0] & 0x0F, rest[0] >> 4 & 0x07))
        rest = rest[size:]
    if len(rest) != (0 if code == READ else block_count * BLOCK_SIZE):
        return None
    return Access(code, idm, service_count, block_count, services, tuple(elements), rest)


def polling(system: int = 0xFFFF, request: int = 0, slots: int = 0) -> bytes:
    """A Polling command."""
    return bytes((6, POLLING)) + system.to_bytes(2, "big") + bytes((request, slots))


def read(idm: bytes, *blocks: int, service: int = READ_SERVICE) -> bytes:
    """A Read Without Encryption command for up to four blocks (numbers below 256)."""
    return _command(READ, idm, service, blocks, b"")


def write(idm: bytes, data: bytes, *blocks: int) -> bytes:
    """A Write Without Encryption command; `data` holds 16 bytes a block."""
    return _command(WRITE, idm, WRITE_SERVICE, blocks, data)


def _command(code: int, idm: bytes, service: int, blocks: tuple[int, ...], data: bytes) -> bytes:
    elements = b"".join(bytes((_SHORT_ELEMENT, number)) for number in blocks)
    services = b"\x01" + service.to_bytes(2, "little")
    body = bytes((code,)) + idm + services + bytes((len(blocks),)) + elements + data
    return bytes((len(body) + 1,)) + body


def response(code: int, body: bytes) -> bytes:
    """The answer to the command `code`."""
    return bytes((len(body) + 2, code + 1)) + body
