# SPDX-License-Identifier: Apache-2.0
"""Notifications and calls, written to `notify`.

`notification` 0x00, 18 + a + b + c bytes:

    0  number            5  a, bytes of title          9  c, bytes of the action's label
    1  LED               6  b, bytes of message       10  id i32
    2  0 or 3 (endless)  7  flags                     14  wtime of the event
    3  vibration         8  kind: 0 app, 1 call       18  title, message, label
    4  repeat 0-4 (0 when endless)

`notification_remove` 0x01, 7 bytes: number, kind, id i32, and a zero that the tested form has.
`call_end`, the single byte 0x01, does nothing on a wena 3.
"""

import enum
from dataclasses import dataclass

from wena.notify.signal import MAX_COUNT, Led, VibrationKind
from wena.wena3.errors import MalformedPacket, UnknownNumber
from wena.wena3.reading import Reading
from wena.wena3.text import length_byte, pack_text, read_text, surplus_of
from wena.wena3.wire import pack_i32, packet_body, read_i32, read_member
from wena.wena3.wtime import pack_time, read_time

HEAD = 18
TITLE_UNITS = 31
MESSAGE_UNITS = 239
ACTION_UNITS = 15
ENDLESS = 0x03
CALL_ID = 3939


class NotificationKind(enum.IntEnum):
    """An app's notification, or a call."""

    APP = 0
    CALL = 1


class Flags(enum.IntEnum):
    """Only NONE is known to be sent by anybody."""

    NONE = 0
    IS_TEST = 1
    IS_RETRANSMISSION = 2
    HAS_ACTION = 4


@dataclass(frozen=True, slots=True)
class Notification:
    """One notification. `repeat` beyond 0 to 4 is limited; `continuous` vibrates until removed."""

    id: int
    title: str = ""
    message: str = ""
    action: str = ""
    unix_ms: int = 0
    kind: NotificationKind = NotificationKind.APP
    led: Led = Led.BLUE
    vibration: VibrationKind = VibrationKind.BASIC
    repeat: int = 1
    continuous: bool = False
    flags: Flags = Flags.NONE
    NUMBER = 0x00

    @classmethod
    def from_bytes(cls, value: bytes) -> "Notification":
        """Raises MalformedPacket.

        A message whose length byte wrapped (see text.py) is read whole: titles and labels are too
        short to wrap. A repeat above 4 is taken as 4.
        """
        packet_body(value, cls.NUMBER, least=HEAD)
        if value[2] not in (0, ENDLESS):
            raise UnknownNumber(f"The vibration mode {value[2]} is not known.")
        title, message, action = value[5], value[6], value[9]
        message += surplus_of(value, HEAD + title + message + action)
        texts = value[HEAD:]
        return cls(
            id=read_i32(value, 10),
            title=read_text(texts[:title]),
            message=read_text(texts[title : title + message]),
            action=read_text(texts[title + message :]),
            unix_ms=read_time(value, 14) * 1000,
            kind=read_member(NotificationKind, value[8]),
            led=read_member(Led, value[1]),
            vibration=read_member(VibrationKind, value[3]),
            repeat=min(value[4], MAX_COUNT),
            continuous=value[2] == ENDLESS,
            flags=read_member(Flags, value[7]),
        )

    def __bytes__(self) -> bytes:
        return self.encode()

    def encode(self, reading: Reading = Reading.CAREFUL) -> bytes:
        """The packet; texts are cut to what fits. Raises OutOfRange for an id over 32 bits."""
        title = pack_text(self.title, reading, TITLE_UNITS)
        message = pack_text(self.message, reading, MESSAGE_UNITS)
        action = pack_text(self.action, reading, ACTION_UNITS)
        head = [
            self.NUMBER,
            self.led,
            ENDLESS if self.continuous else 0,
            self.vibration,
            0 if self.continuous else limited_repeat(self.repeat, reading),
            length_byte(title),
            length_byte(message),
            self.flags,
            self.kind,
            length_byte(action),
        ]
        return (
            bytes(head)
            + pack_i32(self.id, "id")
            + pack_time(self.unix_ms)
            + title
            + message
            + action
        )


def limited_repeat(repeat: int, reading: Reading) -> int:
    """0 to 4. The source narrows to eight signed bits first, and makes 1 of what is negative."""
    if reading is Reading.SOURCE:
        repeat = (repeat + 128) % 256 - 128
    return 1 if repeat < 0 else min(repeat, MAX_COUNT)


@dataclass(frozen=True, slots=True)
class NotificationRemove:
    """Take a notification from the strap, or end a call."""

    kind: NotificationKind
    id: int
    NUMBER = 0x01

    @classmethod
    def from_bytes(cls, value: bytes) -> "NotificationRemove":
        """Takes it with and without the last zero. Raises MalformedPacket."""
        body = packet_body(value, cls.NUMBER, least=6)
        if len(value) > 7:
            raise MalformedPacket(f"Removing takes 7 bytes, not {len(value)}.")
        return cls(read_member(NotificationKind, body[0]), read_i32(body, 1))

    def __bytes__(self) -> bytes:
        return bytes([self.NUMBER, self.kind]) + pack_i32(self.id, "id") + b"\x00"


@dataclass(frozen=True, slots=True)
class CallEnd:
    """An older form, without effect on a wena 3: remove the call instead."""

    NUMBER = 0x01

    @classmethod
    def from_bytes(cls, value: bytes) -> "CallEnd":
        """Raises MalformedPacket."""
        packet_body(value, cls.NUMBER, size=1)
        return cls()

    def __bytes__(self) -> bytes:
        return bytes([self.NUMBER])
