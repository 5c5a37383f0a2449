# SPDX-License-Identifier: Apache-2.0
"""Answers on the Data Source: put together from fragments, with a bound on memory.

    notification   00, uid u32 LE,               then per attribute: id, length u16 LE, value
    app            01, app identifier UTF-8, 00, then per attribute: id, length u16 LE, value

Fragments bear neither number nor mark, so an answer is recognised by the header that its request
foretells, and it is complete when as many attributes have arrived as were asked for. What arrives
before such a header (the tail of an answer given up earlier) is dropped and counted.
"""

import codecs
import struct

from wena.ancs.errors import MalformedResponse, ResponseTooLong
from wena.ancs.model import SIZED_ATTRIBUTES, CommandId
from wena.ancs.request import GetAppAttributes, GetNotificationAttributes

UNSIZED_LIMIT = 1024
"""Most bytes accepted for an attribute that is asked for without a maximum length."""

Attributes = dict[int, bytes]


def text(value: bytes) -> str:
    """UTF-8 to text. A character cut at the end is left out; other faults become U+FFFD."""
    return codecs.getincrementaldecoder("utf-8")("replace").decode(value, final=False)


def encode_answer(
    request: GetNotificationAttributes | GetAppAttributes, values: list[tuple[int, bytes]]
) -> bytes:
    """The whole answer to `request`, before it is cut into fragments."""
    parts = [_header(request)]
    for attribute, value in values:
        parts.append(struct.pack("<BH", attribute, len(value)) + value)
    return b"".join(parts)


def _header(request: GetNotificationAttributes | GetAppAttributes) -> bytes:
    if isinstance(request, GetNotificationAttributes):
        return struct.pack("<BI", CommandId.GET_NOTIFICATION_ATTRIBUTES, request.uid)
    return bytes([CommandId.GET_APP_ATTRIBUTES]) + request.app.encode() + b"\0"


class Reassembler:
    """Collects the fragments that answer one request. Make a new one for every request.

    `dropped` counts bytes that belonged to no answer to this request.
    """

    def __init__(self, request: GetNotificationAttributes | GetAppAttributes) -> None:
        self._header = _header(request)
        self._wanted: dict[int, int] = {}
        if isinstance(request, GetNotificationAttributes):
            for attribute, length in request.attributes:
                sized = attribute in SIZED_ATTRIBUTES
                self._wanted[attribute] = length if sized else UNSIZED_LIMIT
        else:
            self._wanted = {int(attribute): UNSIZED_LIMIT for attribute in request.attributes}
        self._buffer = bytearray()
        self._found: Attributes = {}
        self.dropped = 0

    def feed(self, fragment: bytes) -> Attributes | None:
        """Take one fragment; the attributes when the answer is complete, otherwise None.

        Raises ResponseTooLong when a value is longer than what was asked for, MalformedResponse
        when an attribute was not asked for or comes twice. Memory stays below the sum of the
        lengths asked for.
        """
        if not self._found and not self._begins(fragment):
            self.dropped += len(fragment)
            return None
        self._buffer += fragment
        if not self._found:
            if len(self._buffer) < len(self._header):
                return None
            body = self._buffer[len(self._header) :]
        else:
            body = self._buffer
        rest = self._read(bytes(body))
        # With attributes found, the header is done with and the buffer holds only what is left.
        self._buffer = bytearray(rest if self._found else self._header + rest)
        return self._found if len(self._found) == len(self._wanted) else None

    def _begins(self, fragment: bytes) -> bool:
        held = bytes(self._buffer) + fragment
        if held[: len(self._header)] == self._header[: len(held)]:
            return True
        if self._buffer and len(self._buffer) < len(self._header):
            self.dropped += len(self._buffer)
            self._buffer.clear()
            return fragment[: len(self._header)] == self._header[: len(fragment)]
        return False

    def _read(self, body: bytes) -> bytes:
        """Take whole attributes from `body` and return what is left of it."""
        position = 0
        while len(body) - position >= 3:
            attribute, length = struct.unpack_from("<BH", body, position)
            if attribute not in self._wanted:
                raise MalformedResponse(f"Attribute {attribute} was not asked for.")
            if attribute in self._found:
                raise MalformedResponse(f"Attribute {attribute} came twice.")
            if length > self._wanted[attribute]:
                raise ResponseTooLong(
                    f"Attribute {attribute} has {length} bytes; "
                    f"at most {self._wanted[attribute]} were asked for."
                )
            if len(body) - position - 3 < length:
                break
            self._found[attribute] = body[position + 3 : position + 3 + length]
            position += 3 + length
        if len(self._found) == len(self._wanted):
            self.dropped += len(body) - position
        return body[position:]
