# SPDX-License-Identifier: Apache-2.0
"""The smallest pieces of every packet: numbers, booleans, members of an enumeration.

Integers are little-endian; a boolean is one byte, 0 or 1. Reading raises MalformedPacket or
UnknownNumber, writing raises OutOfRange; neither raises anything else.
"""

import enum
from collections.abc import Iterable
from typing import TypeVar

from wena.wena3.errors import MalformedPacket, OutOfRange, UnknownNumber

Member = TypeVar("Member", bound=enum.IntEnum)


def packet_body(value: bytes, number: int, *, size: int | None = None, least: int = 1) -> bytes:
    """The bytes after the packet number. `size` and `least` count the number too."""
    if size is not None and len(value) != size:
        raise MalformedPacket(f"Packet {number:#04x} has {size} bytes; this has {len(value)}.")
    if len(value) < least:
        raise MalformedPacket(f"Packet {number:#04x} has at least {least} bytes, not {len(value)}.")
    if value[0] != number:
        raise MalformedPacket(f"Packet {number:#04x} was expected, not {value[0]:#04x}.")
    return value[1:]


def read_member(kind: type[Member], number: int) -> Member:
    """The member with this number; UnknownNumber when there is none."""
    try:
        return kind(number)
    except ValueError:
        raise UnknownNumber(f"{kind.__name__} {number} is not known.") from None


def read_flag(number: int, what: str) -> bool:
    """A boolean byte."""
    if number > 1:
        raise UnknownNumber(f"{what} is 0 or 1, not {number}.")
    return number == 1


def read_at_most(number: int, highest: int, what: str) -> int:
    """A number with an upper end, such as an hour."""
    if number > highest:
        raise UnknownNumber(f"{what} is 0 to {highest}, not {number}.")
    return number


def u8(number: int, what: str) -> int:
    """The number itself, if one byte can hold it."""
    if not 0 <= number <= 0xFF:
        raise OutOfRange(f"{what} is 0 to 255, not {number}.")
    return number


def pack_u8(numbers: Iterable[tuple[int, str]]) -> bytes:
    """One byte for each number; the names are for the error."""
    return bytes(u8(number, what) for number, what in numbers)


def pack_u16(number: int, what: str) -> bytes:
    """Two bytes, unsigned."""
    if not 0 <= number <= 0xFFFF:
        raise OutOfRange(f"{what} is 0 to 65535, not {number}.")
    return number.to_bytes(2, "little")


def pack_i32(number: int, what: str) -> bytes:
    """Four bytes, signed."""
    if not -(2**31) <= number < 2**31:
        raise OutOfRange(f"{what} needs more than 32 bits: {number}.")
    return number.to_bytes(4, "little", signed=True)


def read_u16(value: bytes, offset: int) -> int:
    """Two bytes, unsigned."""
    return int.from_bytes(value[offset : offset + 2], "little")


def read_i32(value: bytes, offset: int) -> int:
    """Four bytes, signed."""
    return int.from_bytes(value[offset : offset + 4], "little", signed=True)
