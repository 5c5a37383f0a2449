# SPDX-License-Identifier: Apache-2.0
"""The notifications of a simulated iPhone, and how it answers about them. Bytes only, no radio.

It behaves as Apple's specification says, uids that begin anew with every session included, and can
be told to misbehave by the adapter around it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from wena.ancs.errors import (
    ActionFailed,
    InvalidCommand,
    MalformedRequest,
    UnknownCommand,
    UnknownNotification,
)
from wena.ancs.model import (
    SIZED_ATTRIBUTES,
    ActionId,
    AppAttribute,
    CategoryId,
    CommandId,
    EventFlag,
    EventId,
    NotificationAttribute,
)
from wena.ancs.notification import SourceEvent
from wena.ancs.request import (
    GetAppAttributes,
    GetNotificationAttributes,
    PerformAction,
    decode_request,
)
from wena.ancs.response import encode_answer

NO_FLAGS = EventFlag(0)
APPS = {
    "com.apple.MobileSMS": "Messages",
    "com.apple.mobilecal": "Calendar",
    "com.apple.mobilemail": "Mail",
    "com.apple.mobilephone": "Phone",
}


@dataclass(frozen=True, slots=True)
class PhoneNotification:
    """One notification on the phone. `date` is `yyyyMMdd'T'HHmmSS`, or empty.

    A notification with an action label offers that action; `acted` gets what was performed.
    """

    app: str
    title: str = ""
    message: str = ""
    subtitle: str = ""
    date: str = ""
    category: CategoryId = CategoryId.OTHER
    flags: EventFlag = NO_FLAGS
    positive: str = ""
    negative: str = ""
    acted: Callable[[ActionId], None] = field(default=lambda _action: None, compare=False)

    def all_flags(self) -> EventFlag:
        """The flags as announced."""
        flags = self.flags
        if self.positive:
            flags |= EventFlag.POSITIVE_ACTION
        if self.negative:
            flags |= EventFlag.NEGATIVE_ACTION
        return flags


def _ignore(_action: ActionId) -> None:
    pass


def incoming_call(
    caller: str, date: str = "", acted: Callable[[ActionId], None] = _ignore
) -> PhoneNotification:
    """Somebody rings; the wearer can accept or decline, which `acted` gets to know."""
    return PhoneNotification(
        "com.apple.mobilephone",
        title=caller,
        message="Incoming Call",
        date=date,
        category=CategoryId.INCOMING_CALL,
        positive="Answer",
        negative="Decline",
        acted=acted,
    )


class NotificationCenter:
    """What is on the phone. `announce` gets every Notification Source value."""

    def __init__(self, announce: Callable[[bytes], None] = lambda _value: None) -> None:
        self.announce = announce
        self.apps = dict(APPS)
        self._held: dict[int, PhoneNotification] = {}
        self._next = 0

    def __len__(self) -> int:
        return len(self._held)

    def new_session(self) -> list[bytes]:
        """Number everything anew, and return what is announced of it to a fresh subscriber."""
        old = list(self._held.values())
        self._held = {}
        values = []
        for notification in old:
            uid = self._keep(notification)
            values.append(self._event(uid, EventId.ADDED, EventFlag.PRE_EXISTING))
        return values

    def post(self, notification: PhoneNotification) -> int:
        """A notification appears; its uid, which is good for this session."""
        uid = self._keep(notification)
        self.announce(self._event(uid, EventId.ADDED))
        return uid

    def change(self, uid: int, **changes: str) -> None:
        """Some of its texts become others."""
        self._held[uid] = replace(self._held[uid], **changes)  # type: ignore[arg-type]
        self.announce(self._event(uid, EventId.MODIFIED))

    def remove(self, uid: int) -> None:
        """It was read, answered or cleared."""
        value = self._event(uid, EventId.REMOVED)
        del self._held[uid]
        self.announce(value)

    def held(self) -> list[PhoneNotification]:
        """What is there, oldest first."""
        return list(self._held.values())

    def uids(self) -> list[int]:
        """The numbers of what is there, oldest first."""
        return list(self._held)

    def answer(self, value: bytes) -> bytes:
        """The whole answer to a Control Point value; empty for an action.

        Raises UnknownCommand (0xA0), InvalidCommand (0xA1), UnknownNotification (0xA2) and
        ActionFailed (0xA3).
        """
        if value[:1] and value[0] not in CommandId.__members__.values():
            raise UnknownCommand(0xA0)
        try:
            request = decode_request(value)
        except MalformedRequest as error:
            raise InvalidCommand(0xA1) from error
        if isinstance(request, GetAppAttributes):
            return self._about_app(request)
        if request.uid not in self._held:
            raise UnknownNotification(0xA2)
        if isinstance(request, PerformAction):
            self._perform(request)
            return b""
        return self._about_notification(request)

    def _keep(self, notification: PhoneNotification) -> int:
        uid, self._next = self._next, (self._next + 1) & 0xFFFF_FFFF
        self._held[uid] = notification
        return uid

    def _event(self, uid: int, event: EventId, extra: EventFlag | None = None) -> bytes:
        notification = self._held[uid]
        category = notification.category
        count = sum(other.category is category for other in self._held.values())
        flags = notification.all_flags() | (extra or NO_FLAGS)
        return bytes(SourceEvent(event, flags, category, min(count, 255), uid))

    def _perform(self, request: PerformAction) -> None:
        notification = self._held[request.uid]
        positive = request.action is ActionId.POSITIVE
        if not (notification.positive if positive else notification.negative):
            raise ActionFailed(0xA3)
        self.remove(request.uid)
        notification.acted(request.action)

    def _about_app(self, request: GetAppAttributes) -> bytes:
        name = self.apps.get(request.app)
        if name is None:
            raise UnknownNotification(0xA2)
        return encode_answer(request, [(AppAttribute.DISPLAY_NAME, name.encode())])

    def _about_notification(self, request: GetNotificationAttributes) -> bytes:
        notification = self._held[request.uid]
        values = []
        for attribute, length in request.attributes:
            value = _text(notification, attribute).encode()
            if attribute in SIZED_ATTRIBUTES:
                value = value[:length]  # cuts through a character, as a phone may
            values.append((int(attribute), value))
        return encode_answer(request, values)


def _text(notification: PhoneNotification, attribute: NotificationAttribute) -> str:
    return {
        NotificationAttribute.APP_IDENTIFIER: notification.app,
        NotificationAttribute.TITLE: notification.title,
        NotificationAttribute.SUBTITLE: notification.subtitle,
        NotificationAttribute.MESSAGE: notification.message,
        NotificationAttribute.MESSAGE_SIZE: str(len(notification.message.encode())),
        NotificationAttribute.DATE: notification.date,
        NotificationAttribute.POSITIVE_ACTION_LABEL: notification.positive,
        NotificationAttribute.NEGATIVE_ACTION_LABEL: notification.negative,
    }[attribute]
