# SPDX-License-Identifier: Apache-2.0
"""Text on the wire: UTF-8 with its length in one byte elsewhere, cut to what fits.

Lengths are limited in UTF-16 units (31 title, 239 message, 15 action, 99 music), as in the program
the protocol was read from, and in its careful reading to 255 bytes as well, so that the length byte
never wraps, and never inside a character. Half a surrogate pair becomes a question mark.
"""

from wena.wena3.errors import MalformedPacket
from wena.wena3.reading import Reading

MOST_BYTES = 255
BLANKS = "".join(map(chr, range(0x21)))


def trim(text: str) -> str:
    """Without control characters and spaces up to U+0020 at both ends (U+3000 stays)."""
    return text.strip(BLANKS)


def cut_units(text: str, units: int, reading: Reading) -> str:
    """At most `units` UTF-16 units; the careful reading leaves no half of a pair behind."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    if len(encoded) <= 2 * units:
        return text
    kept = encoded[: 2 * units]
    if (
        reading is Reading.CAREFUL
        and kept
        and _is_high(kept[-2:])
        and _is_low(encoded[2 * units :])
    ):
        kept = kept[:-2]
    return kept.decode("utf-16-le", "surrogatepass")


def pack_text(text: str, reading: Reading, units: int | None = None) -> bytes:
    """UTF-8 bytes. With `units`, trimmed and then cut; without, only kept to one length byte."""
    if units is not None:
        text = cut_units(trim(text), units, reading)
    encoded = _whole(text).encode("utf-8", "replace")
    if reading is Reading.CAREFUL and len(encoded) > MOST_BYTES:
        return encoded[:MOST_BYTES].decode("utf-8", "ignore").encode()
    return encoded


def length_byte(encoded: bytes) -> int:
    """The length as the wire holds it: modulo 256 (it never wraps in the careful reading)."""
    return len(encoded) & 0xFF


def read_text(encoded: bytes) -> str:
    """The text; bytes that are not UTF-8 become U+FFFD."""
    return encoded.decode("utf-8", "replace")


def surplus_of(value: bytes, expected: int) -> int:
    """How many bytes a wrapped length byte hides: 0, or a multiple of 256.

    Some phones send texts over 255 bytes with a length byte that wrapped. Raises MalformedPacket
    when the packet is shorter than its lengths say, or longer in any other way.
    """
    surplus = len(value) - expected
    if surplus < 0 or surplus % 256:
        raise MalformedPacket(
            f"The lengths in this packet add up to {expected} bytes; it has {len(value)}."
        )
    return surplus


def _whole(text: str) -> str:
    """Join surrogate halves that stand side by side, so that only lone ones are replaced."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _is_high(unit: bytes) -> bool:
    return 0xD8 <= unit[1] <= 0xDB


def _is_low(rest: bytes) -> bool:
    return 0xDC <= rest[1] <= 0xDF
