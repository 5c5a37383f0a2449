# SPDX-License-Identifier: Apache-2.0
"""The calendar, written to `notify`, all entries again at every change.

`calendar_entry` 0x02, 14 + a + b bytes: number, position from 1, total, a bytes of title, b bytes
of location, all-day bool, begin wtime, end wtime, title, location.
`calendar_empty`: the same 14 bytes with zeros after the total; (0, 0) clears the calendar.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wena.wena3.reading import Reading
from wena.wena3.text import length_byte, pack_text, read_text, surplus_of
from wena.wena3.wire import pack_u8, packet_body, read_flag
from wena.wena3.wtime import pack_time, read_time

HEAD = 14
MOST_ENTRIES = 255


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One appointment. Texts are neither trimmed nor limited but for the one length byte."""

    position: int
    total: int
    title: str
    begin_unix_ms: int
    end_unix_ms: int
    location: str = ""
    all_day: bool = False
    NUMBER = 0x02

    @classmethod
    def from_bytes(cls, value: bytes) -> "CalendarEntry":
        """Raises MalformedPacket.

        Where a length byte wrapped (see text.py), the surplus goes to the title, unless that cuts
        a character in two and the location does not.
        """
        packet_body(value, cls.NUMBER, least=HEAD)
        title, location = value[3], value[4]
        surplus = surplus_of(value, HEAD + title + location)
        texts = value[HEAD:]
        if surplus and _is_text(texts[: title + surplus]):
            title += surplus
        return cls(
            position=value[1],
            total=value[2],
            title=read_text(texts[:title]),
            begin_unix_ms=read_time(value, 6) * 1000,
            end_unix_ms=read_time(value, 10) * 1000,
            location=read_text(texts[title:]),
            all_day=read_flag(value[5], "all_day"),
        )

    def __bytes__(self) -> bytes:
        return self.encode()

    def encode(self, reading: Reading = Reading.CAREFUL) -> bytes:
        """The packet. Raises OutOfRange for a position or total over 255."""
        title = pack_text(self.title, reading)
        location = pack_text(self.location, reading)
        return (
            bytes([self.NUMBER])
            + pack_u8(((self.position, "position"), (self.total, "total")))
            + bytes([length_byte(title), length_byte(location), self.all_day])
            + pack_time(self.begin_unix_ms)
            + pack_time(self.end_unix_ms)
            + title
            + location
        )


@dataclass(frozen=True, slots=True)
class CalendarEmpty:
    """No entries. With (0, 0) the strap's calendar is cleared."""

    position: int = 0
    total: int = 0
    NUMBER = 0x02

    @classmethod
    def from_bytes(cls, value: bytes) -> "CalendarEmpty":
        """Raises MalformedPacket."""
        body = packet_body(value, cls.NUMBER, size=HEAD)
        return cls(body[0], body[1])

    def __bytes__(self) -> bytes:
        counts = pack_u8(((self.position, "position"), (self.total, "total")))
        return bytes([self.NUMBER]) + counts + bytes(HEAD - 3)


def numbered(entries: Sequence[CalendarEntry]) -> list[CalendarEntry | CalendarEmpty]:
    """The packets for a whole calendar: the first 255 entries, or one that clears it."""
    if not entries:
        return [CalendarEmpty()]
    kept = entries[:MOST_ENTRIES]
    return [
        replace(entry, position=place, total=len(kept)) for place, entry in enumerate(kept, start=1)
    ]


def _is_text(encoded: bytes) -> bool:
    try:
        encoded.decode()
    except UnicodeDecodeError:
        return False
    return True
