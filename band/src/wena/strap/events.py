# SPDX-License-Identifier: Apache-2.0
"""Everything that can be noticed of a strap, as one stream of events.

Whoever draws, logs or tests a strap listens here. Nothing in this module acts on anything.
"""

from collections.abc import Callable
from dataclasses import dataclass

from wena.notify.alert import Alert
from wena.notify.engine import Verdict
from wena.notify.signal import Led, Vibration


@dataclass(frozen=True, slots=True)
class Lit:
    """The LED shines in a colour for an alert, until `Dark`."""

    led: Led
    alert: Alert


@dataclass(frozen=True, slots=True)
class Vibrating:
    """The motor plays a pattern, at a strength from 0 to 1."""

    vibration: Vibration
    strength: float


@dataclass(frozen=True, slots=True)
class Dark:
    """LED and motor are off."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of an alert."""

    alert: Alert
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """A phone is linked (encrypted), or none is. `address` is the phone's identity, or empty."""

    connected: bool
    address: str = ""


@dataclass(frozen=True, slots=True)
class PowerChanged:
    """Battery in percent; `awake` is false when only the purse still works."""

    percent: int
    charging: bool
    awake: bool


@dataclass(frozen=True, slots=True)
class Stepped:
    """Steps of the wearer's day so far, and the goal."""

    today: int
    goal: int


@dataclass(frozen=True, slots=True)
class PurseChanged:
    """A payment or a top-up; the balance after it, in the smallest unit."""

    balance: int


@dataclass(frozen=True, slots=True)
class OwnerChanged:
    """Another phone owns the strap now; what the one before had left is gone."""

    address: str


@dataclass(frozen=True, slots=True)
class QuietChanged:
    """Silent mode was switched at the button."""

    quiet: bool


@dataclass(frozen=True, slots=True)
class PairingOpened:
    """A new phone may pair for this many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class CallHandled:
    """The wearer accepted or declined a call on the strap."""

    alert: Alert
    accepted: bool


StrapEvent = (
    Lit
    | Vibrating
    | Dark
    | Judged
    | LinkChanged
    | PowerChanged
    | Stepped
    | PurseChanged
    | OwnerChanged
    | QuietChanged
    | PairingOpened
    | CallHandled
)
Listener = Callable[[StrapEvent], None]


class EventStream:
    """Passes events on to its listeners, in the order of their subscription."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have `listener` called for every event from now on; call the result to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def emit(self, event: StrapEvent) -> None:
        """Tell everybody."""
        for listener in list(self._listeners):
            listener(event)
