# SPDX-License-Identifier: Apache-2.0
"""One event model for both phones: what arrived, what changed, what went.

It owns the shape of an alert and its fingerprint. It knows neither ANCS nor the wena 3 protocol;
those translate into it. Nothing here decides whether an alert is shown.
"""

import enum
import hashlib
from dataclasses import dataclass

from wena.notify.signal import Signal


class Phone(enum.Enum):
    """Which kind of phone speaks."""

    IPHONE = "iphone"
    ANDROID = "android"


class Category(enum.Enum):
    """What an alert is about, coarsely."""

    OTHER = "other"
    CALL = "call"
    MISSED_CALL = "missed_call"
    VOICEMAIL = "voicemail"
    SOCIAL = "social"
    SCHEDULE = "schedule"
    EMAIL = "email"
    NEWS = "news"
    HEALTH = "health"
    BUSINESS = "business"
    LOCATION = "location"
    ENTERTAINMENT = "entertainment"


@dataclass(frozen=True, slots=True)
class Key:
    """Names one alert while the session with its phone lasts.

    `number` is the phone's own id; `call` separates the numbers of calls where a phone counts
    them apart (an Android phone does). A `stale` key is of a session that has ended: its number may
    name another alert by now, so no event of the phone can mean it.
    """

    phone: Phone
    number: int
    call: bool = False
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Alert:
    """One notification or call. Texts are as the phone sent them and may be cut or empty.

    `app` is what rules match on (a bundle identifier, or the app's name from an Android phone);
    `sent_at` is the phone's own text or number for the time, used to tell two alike apart;
    `wish` is the signal that the phone itself asks for, if it does.
    """

    key: Key
    category: Category
    app: str
    app_name: str = ""
    title: str = ""
    message: str = ""
    sent_at: str = ""
    important: bool = False
    silent: bool = False
    from_before: bool = False
    can_accept: bool = False
    can_decline: bool = False
    wish: Signal | None = None

    @property
    def is_call(self) -> bool:
        """Whether somebody is ringing now."""
        return self.category is Category.CALL

    def fingerprint(self) -> str:
        """The same for the same alert in any session: 32 hexadecimal digits.

        The phone's number is left out, since an iPhone numbers anew after every reconnect. It is a
        hash, so that what is kept on the strap does not tell what was written.
        """
        parts = (
            self.key.phone.value,
            self.category.value,
            self.app,
            self.title,
            self.message,
            self.sent_at,
        )
        return hashlib.sha256("\x1f".join(parts).encode(errors="replace")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Arrived:
    """An alert is new on the phone, or was there when the strap came back."""

    alert: Alert


@dataclass(frozen=True, slots=True)
class Changed:
    """An alert the strap may know has another content now."""

    alert: Alert


@dataclass(frozen=True, slots=True)
class Gone:
    """An alert was read, answered or withdrawn."""

    key: Key


Event = Arrived | Changed | Gone
