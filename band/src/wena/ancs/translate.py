# SPDX-License-Identifier: Apache-2.0
"""From ANCS to the common event model: which attributes are asked for, and what they mean."""

from wena.ancs.model import CategoryId, EventFlag, NotificationAttribute
from wena.ancs.notification import SourceEvent
from wena.ancs.request import GetNotificationAttributes
from wena.ancs.response import Attributes, text
from wena.notify.alert import Alert, Category, Key, Phone

TITLE_BYTES = 96
MESSAGE_BYTES = 240

CATEGORIES = {
    CategoryId.OTHER: Category.OTHER,
    CategoryId.INCOMING_CALL: Category.CALL,
    CategoryId.MISSED_CALL: Category.MISSED_CALL,
    CategoryId.VOICEMAIL: Category.VOICEMAIL,
    CategoryId.SOCIAL: Category.SOCIAL,
    CategoryId.SCHEDULE: Category.SCHEDULE,
    CategoryId.EMAIL: Category.EMAIL,
    CategoryId.NEWS: Category.NEWS,
    CategoryId.HEALTH_AND_FITNESS: Category.HEALTH,
    CategoryId.BUSINESS_AND_FINANCE: Category.BUSINESS,
    CategoryId.LOCATION: Category.LOCATION,
    CategoryId.ENTERTAINMENT: Category.ENTERTAINMENT,
}


def key(uid: int) -> Key:
    """The key of the notification with this uid."""
    return Key(Phone.IPHONE, uid)


def question(uid: int) -> GetNotificationAttributes:
    """What the strap asks about every notification: app, title, message, time."""
    return GetNotificationAttributes(
        uid,
        (
            (NotificationAttribute.APP_IDENTIFIER, 0),
            (NotificationAttribute.TITLE, TITLE_BYTES),
            (NotificationAttribute.MESSAGE, MESSAGE_BYTES),
            (NotificationAttribute.DATE, 0),
        ),
    )


def alert(event: SourceEvent, attributes: Attributes, app_name: str = "") -> Alert:
    """The alert that `event` announces. Attributes that are missing become empty texts.

    The date stays the phone's own text (`yyyyMMdd'T'HHmmSS`, or empty): it only tells two alerts
    apart, and an iPhone may leave it out.
    """

    def value(attribute: NotificationAttribute) -> str:
        return text(attributes.get(attribute, b""))

    return Alert(
        key=key(event.uid),
        category=CATEGORIES[event.category],
        app=value(NotificationAttribute.APP_IDENTIFIER),
        app_name=app_name,
        title=value(NotificationAttribute.TITLE),
        message=value(NotificationAttribute.MESSAGE),
        sent_at=value(NotificationAttribute.DATE),
        important=EventFlag.IMPORTANT in event.flags,
        silent=EventFlag.SILENT in event.flags,
        from_before=event.is_pre_existing,
        can_accept=EventFlag.POSITIVE_ACTION in event.flags,
        can_decline=EventFlag.NEGATIVE_ACTION in event.flags,
    )
