# SPDX-License-Identifier: Apache-2.0
"""The names and numbers of the Apple Notification Center Service (ANCS).

Source: Apple, "Apple Notification Center Service (ANCS) Specification", appendix. This module
holds UUIDs and enumerations only; the byte layouts are in the modules beside it.
"""

import enum

SERVICE_UUID = "7905F431-B5CE-4E99-A40F-4B1E122D00D0"
NOTIFICATION_SOURCE_UUID = "9FBF120D-6301-42D9-8C58-25E699A21DBD"
CONTROL_POINT_UUID = "69D1D8F3-45E1-49A8-9821-9BBDFDAAD9D9"
DATA_SOURCE_UUID = "22EAC6E9-24D6-4BB5-BE44-B36ACE7C7BFB"


class EventId(enum.IntEnum):
    """What happened to a notification on the phone."""

    ADDED = 0
    MODIFIED = 1
    REMOVED = 2


class EventFlag(enum.IntFlag):
    """Bits that accompany an event."""

    SILENT = 1
    IMPORTANT = 2
    PRE_EXISTING = 4
    POSITIVE_ACTION = 8
    NEGATIVE_ACTION = 16


class CategoryId(enum.IntEnum):
    """The kind of a notification. 12 to 255 are reserved and read as `OTHER`."""

    OTHER = 0
    INCOMING_CALL = 1
    MISSED_CALL = 2
    VOICEMAIL = 3
    SOCIAL = 4
    SCHEDULE = 5
    EMAIL = 6
    NEWS = 7
    HEALTH_AND_FITNESS = 8
    BUSINESS_AND_FINANCE = 9
    LOCATION = 10
    ENTERTAINMENT = 11


class CommandId(enum.IntEnum):
    """First byte of a Control Point value."""

    GET_NOTIFICATION_ATTRIBUTES = 0
    GET_APP_ATTRIBUTES = 1
    PERFORM_NOTIFICATION_ACTION = 2


class NotificationAttribute(enum.IntEnum):
    """What can be asked about a notification."""

    APP_IDENTIFIER = 0
    TITLE = 1
    SUBTITLE = 2
    MESSAGE = 3
    MESSAGE_SIZE = 4
    DATE = 5
    POSITIVE_ACTION_LABEL = 6
    NEGATIVE_ACTION_LABEL = 7


SIZED_ATTRIBUTES = frozenset(
    {
        NotificationAttribute.TITLE,
        NotificationAttribute.SUBTITLE,
        NotificationAttribute.MESSAGE,
    }
)
"""Attributes that are asked for with a maximum length (two bytes) after their number."""


class AppAttribute(enum.IntEnum):
    """What can be asked about an app."""

    DISPLAY_NAME = 0


class ActionId(enum.IntEnum):
    """What the wearer can do about a notification."""

    POSITIVE = 0
    NEGATIVE = 1
