# SPDX-License-Identifier: Apache-2.0
"""From the wena 3 protocol to the event model that both phones share."""

from wena.notify.alert import Alert, Arrived, Category, Event, Gone, Key, Phone
from wena.notify.signal import Signal, Vibration
from wena.wena3.notification import Flags, Notification, NotificationKind, NotificationRemove


def event_of(packet: Notification | NotificationRemove) -> Event:
    """The event that a packet is.

    The app is the title, which an Android phone fills with the app's name. A repeat of 0 without
    `continuous` vibrates once: 0 would be endless in the event model.
    """
    if isinstance(packet, NotificationRemove):
        return Gone(_key(packet.id, packet.kind))
    is_call = packet.kind is NotificationKind.CALL
    count = 0 if packet.continuous else max(packet.repeat, 1)
    return Arrived(
        Alert(
            key=_key(packet.id, packet.kind),
            category=Category.CALL if is_call else Category.OTHER,
            app="call" if is_call else packet.title,
            app_name="" if is_call else packet.title,
            title=packet.title,
            message=packet.message,
            sent_at=str(packet.unix_ms // 1000),
            from_before=packet.flags is Flags.IS_RETRANSMISSION,
            wish=Signal(packet.led, Vibration(packet.vibration, count)),
        )
    )


def _key(id: int, kind: NotificationKind) -> Key:
    return Key(Phone.ANDROID, id, call=kind is NotificationKind.CALL)
