# SPDX-License-Identifier: Apache-2.0
"""What is playing, written to `notify`.

`music` 0x05, 2 + n bytes: number, n, text of at most 99 units. An empty text hides the title.
"""

from dataclasses import dataclass

from wena.wena3.reading import Reading
from wena.wena3.text import length_byte, pack_text, read_text, surplus_of, trim
from wena.wena3.wire import packet_body

MUSIC_UNITS = 99


@dataclass(frozen=True, slots=True)
class Music:
    """The line that the strap shows."""

    text: str = ""
    NUMBER = 0x05

    @classmethod
    def from_bytes(cls, value: bytes) -> "Music":
        """Raises MalformedPacket. A text whose length byte wrapped is read whole."""
        body = packet_body(value, cls.NUMBER, least=2)
        surplus_of(value, 2 + body[0])
        return cls(read_text(body[1:]))

    def __bytes__(self) -> bytes:
        return self.encode()

    def encode(self, reading: Reading = Reading.CAREFUL) -> bytes:
        """The packet; the text is trimmed and cut to what fits."""
        text = pack_text(self.text, reading, MUSIC_UNITS)
        return bytes([self.NUMBER, length_byte(text)]) + text


def line_of(track: str | None, artist: str | None) -> Music:
    """“track / artist”, or whichever there is."""
    parts = (trim(part) for part in (track, artist) if part)
    return Music(" / ".join(part for part in parts if part))
