# SPDX-License-Identifier: Apache-2.0
"""What the strap's button does, written to `control`.

`button_actions` 0x1C, 5 bytes: number, long press u16, double press u16. The low byte reads like a
function and the high byte like a variant of it.
"""

import enum
from dataclasses import dataclass

from wena.wena3.wire import packet_body, read_member, read_u16


class ButtonAction(enum.IntEnum):
    """All numbers that are known."""

    NONE = 0
    ALEXA = 1
    QRIO = 2
    QRIO_UNLOCK = 258
    QRIO_LOCK = 514
    FIND_PHONE = 3
    TOGGLE_NFC = 4
    TOGGLE_SILENT = 5
    TIMER = 6
    START_TIMER = 262
    WEATHER = 7
    WENA_PAY = 8
    SCHEDULE = 9
    ACTIVITY_SCREEN = 10
    NOTIFICATION_SCREEN = 11
    SUICA = 12
    EDY = 13
    ALARM = 14
    RIIIVER = 15
    MUSIC = 16
    TOGGLE_MUSIC = 272
    MUSIC_NEXT = 528
    MUSIC_PREV = 784


@dataclass(frozen=True, slots=True)
class ButtonActions:
    """What a long press and a double press do."""

    long_press: ButtonAction = ButtonAction.NONE
    double_press: ButtonAction = ButtonAction.NONE
    NUMBER = 0x1C

    @classmethod
    def from_bytes(cls, value: bytes) -> "ButtonActions":
        """Raises MalformedPacket."""
        body = packet_body(value, cls.NUMBER, size=5)
        return cls(
            read_member(ButtonAction, read_u16(body, 0)),
            read_member(ButtonAction, read_u16(body, 2)),
        )

    def __bytes__(self) -> bytes:
        pressed = (self.long_press, self.double_press)
        return bytes([self.NUMBER]) + b"".join(action.to_bytes(2, "little") for action in pressed)
