# SPDX-License-Identifier: Apache-2.0
"""The three commands that are written to the Control Point, both ways. It owns no state.

    get notification attributes   00, uid u32 LE, then per attribute: id [, maximum length u16 LE]
    get app attributes            01, app identifier UTF-8, 00, then per attribute: id
    perform notification action   02, uid u32 LE, action id

Title, subtitle and message carry a maximum length; the other attributes do not.
"""

import struct
from dataclasses import dataclass

from wena.ancs.errors import MalformedRequest
from wena.ancs.model import (
    SIZED_ATTRIBUTES,
    ActionId,
    AppAttribute,
    CommandId,
    NotificationAttribute,
)


@dataclass(frozen=True, slots=True)
class GetNotificationAttributes:
    """Ask for attributes of one notification: pairs of attribute and maximum length.

    The length counts bytes of UTF-8 and is 0 for attributes that are asked for without one.
    """

    uid: int
    attributes: tuple[tuple[NotificationAttribute, int], ...]

    def __bytes__(self) -> bytes:
        parts = [struct.pack("<BI", CommandId.GET_NOTIFICATION_ATTRIBUTES, self.uid)]
        for attribute, length in self.attributes:
            if attribute in SIZED_ATTRIBUTES:
                parts.append(struct.pack("<BH", attribute, length))
            else:
                parts.append(bytes([attribute]))
        return b"".join(parts)


@dataclass(frozen=True, slots=True)
class GetAppAttributes:
    """Ask for attributes of one app, named by its bundle identifier."""

    app: str
    attributes: tuple[AppAttribute, ...] = (AppAttribute.DISPLAY_NAME,)

    def __bytes__(self) -> bytes:
        name = self.app.encode()
        if b"\0" in name:
            raise MalformedRequest("An app identifier cannot contain a zero byte.")
        return bytes([CommandId.GET_APP_ATTRIBUTES]) + name + b"\0" + bytes(self.attributes)


@dataclass(frozen=True, slots=True)
class PerformAction:
    """Perform the positive or negative action of one notification."""

    uid: int
    action: ActionId

    def __bytes__(self) -> bytes:
        return struct.pack("<BIB", CommandId.PERFORM_NOTIFICATION_ACTION, self.uid, self.action)


Request = GetNotificationAttributes | GetAppAttributes | PerformAction


def decode_request(value: bytes) -> Request:
    """Read a Control Point value, as the phone does.

    Raises MalformedRequest for an unknown command (`value` empty included) or a wrong layout.
    """
    if not value:
        raise MalformedRequest("An empty value is no command.")
    command, rest = value[0], value[1:]
    if command == CommandId.GET_NOTIFICATION_ATTRIBUTES:
        return _notification_attributes(rest)
    if command == CommandId.GET_APP_ATTRIBUTES:
        return _app_attributes(rest)
    if command == CommandId.PERFORM_NOTIFICATION_ACTION:
        if len(rest) != 5 or rest[4] not in ActionId.__members__.values():
            raise MalformedRequest("An action needs a notification and one of two actions.")
        return PerformAction(int.from_bytes(rest[:4], "little"), ActionId(rest[4]))
    raise MalformedRequest(f"Command {command} is reserved.")


def _notification_attributes(rest: bytes) -> GetNotificationAttributes:
    if len(rest) < 5:
        raise MalformedRequest("The command needs a notification and at least one attribute.")
    attributes: list[tuple[NotificationAttribute, int]] = []
    position = 4
    while position < len(rest):
        number = rest[position]
        if number not in NotificationAttribute.__members__.values():
            raise MalformedRequest(f"Notification attribute {number} is reserved.")
        attribute = NotificationAttribute(number)
        position += 1
        length = 0
        if attribute in SIZED_ATTRIBUTES:
            if position + 2 > len(rest):
                raise MalformedRequest("A maximum length is missing.")
            length = int.from_bytes(rest[position : position + 2], "little")
            position += 2
        attributes.append((attribute, length))
    return GetNotificationAttributes(int.from_bytes(rest[:4], "little"), tuple(attributes))


def _app_attributes(rest: bytes) -> GetAppAttributes:
    name, terminator, numbers = rest.partition(b"\0")
    if not terminator or not numbers:
        raise MalformedRequest("The command needs an app, a zero byte and at least one attribute.")
    try:
        app = name.decode()
    except UnicodeDecodeError as error:
        raise MalformedRequest("The app identifier is not UTF-8.") from error
    if any(number not in AppAttribute.__members__.values() for number in numbers):
        raise MalformedRequest("An app attribute is reserved.")
    return GetAppAttributes(app, tuple(AppAttribute(number) for number in numbers))
