# SPDX-License-Identifier: Apache-2.0
"""What can be seen of the demo's world, as plain values for JSON. Pure."""

from collections.abc import Mapping
from typing import Any

from wena.notify.engine import Presentation, Verdict
from wena.strap.events import (
    CallHandled,
    Judged,
    LinkChanged,
    PairingOpened,
    PurseChanged,
    QuietChanged,
    StrapEvent,
    Vibrating,
)
from wena.testing.notification_center import NotificationCenter
from wena.wallet.purse import PurseView


def shown(presentation: Presentation | None, apps: Mapping[str, str]) -> dict[str, Any] | None:
    """The alert on the strap and its colour."""
    if presentation is None:
        return None
    alert = presentation.alert
    return {
        "led": presentation.signal.led.name.lower(),
        "app": apps.get(alert.app, alert.app),
        "title": alert.title,
        "message": alert.message,
        "call": alert.is_call,
    }


def vibration(event: StrapEvent) -> dict[str, Any] | None:
    """The vibration that begins, if one does."""
    if not isinstance(event, Vibrating):
        return None
    played = event.vibration
    return {
        "kind": played.kind.name.lower(),
        "count": played.count,
        "seconds": played.seconds(),
        "strength": event.strength,
    }


def purse(view: PurseView) -> dict[str, Any]:
    """Balance and history, newest first."""
    return {
        "balance": view.balance,
        "reserve": view.payments_at_empty,
        "history": [
            {
                "kind": receipt.kind.name.lower(),
                "amount": receipt.amount,
                "balance": receipt.balance,
                "at": receipt.time,
            }
            for receipt in view.history
        ],
    }


def notifications(center: NotificationCenter) -> list[dict[str, str]]:
    """What is unread on the phone, newest first."""
    return [
        {"app": center.apps.get(held.app, held.app), "title": held.title, "text": held.message}
        for held in reversed(center.held())
    ]


def entry(event: StrapEvent, apps: Mapping[str, str]) -> dict[str, Any] | None:
    """A line of the journal: a key of the texts, and what is named in it."""
    if isinstance(event, Judged):
        if event.verdict is Verdict.UPDATED:
            return None
        app = apps.get(event.alert.app, event.alert.app)
        return {"what": f"alert_{event.verdict.value}", "name": event.alert.title or app}
    if isinstance(event, LinkChanged):
        return {"what": "linked" if event.connected else "unlinked"}
    if isinstance(event, CallHandled):
        what = "call_accepted" if event.accepted else "call_declined"
        return {"what": what, "name": event.alert.title}
    if isinstance(event, QuietChanged):
        return {"what": "silent_on" if event.quiet else "silent_off"}
    if isinstance(event, PairingOpened):
        return {"what": "pairing_opened"}
    if isinstance(event, PurseChanged):
        return {"what": "purse_changed", "amount": event.balance}
    return None
