# SPDX-License-Identifier: Apache-2.0
"""The strap: alerts, steps, purse, battery and buttons in one, without a radio.

Time goes in, events come out. `radio` connects it to phones; a reader is held to `purse`. When the
battery is empty the strap sleeps, and only the purse still answers, for as long as its reserve
lasts.
"""

import enum
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from wena.notify.alert import Alert, Changed, Event, Gone, Phone
from wena.notify.engine import AlertEngine, Moment, Presentation, Verdict
from wena.notify.quiet import QuietHours
from wena.notify.rules import Rules
from wena.notify.signal import Led, VibrationKind
from wena.strap import battery as power
from wena.strap.battery import Battery
from wena.strap.events import (
    CallHandled,
    Dark,
    EventStream,
    Judged,
    LinkChanged,
    Lit,
    OwnerChanged,
    PairingOpened,
    PowerChanged,
    PurseChanged,
    QuietChanged,
    Stepped,
    Vibrating,
)
from wena.strap.shown_file import ShownFile
from wena.strap.step_log import StepLog, day_start
from wena.wallet.purse import Purse
from wena.wallet.store import FileMedium, MemoryMedium

PAIRING_SECONDS = 120.0
CADENCE_SECONDS = 10.0


class Press(enum.Enum):
    """How the button is pressed."""

    SHORT = "short"
    LONG = "long"
    DOUBLE = "double"


@dataclass
class Wrist:
    """What the phone has told about its owner's wishes. `strength` 0 to 1; `offset` east, s;
    `height` m."""

    quiet: QuietHours = field(default_factory=QuietHours)
    strength: float = 0.7
    goal: int = 8000
    day_start_hour: int = 6
    offset: int = 0
    height: float = 1.70


@dataclass(frozen=True)
class Clock:
    """Seconds that only go up, and Unix seconds."""

    monotonic: Callable[[], float] = time.monotonic
    unix: Callable[[], float] = time.time


class Strap:
    """One strap. With a `folder`, what it knows survives a restart."""

    def __init__(
        self, folder: Path | None = None, *, rules: Rules | None = None, clock: Clock | None = None
    ) -> None:
        self.events = EventStream()
        self.clock = clock or Clock()
        self.wrist = Wrist(offset=_local_offset())
        self.battery = Battery()
        self.steps = StepLog(folder and folder / "steps.json")
        self._shown = ShownFile(folder and folder / "shown.json")
        self.purse = Purse(
            FileMedium(folder / "purse") if folder else MemoryMedium(),
            battery=lambda: self.battery.percent,
            on_change=self._purse_changed,
        )
        self.alerts = AlertEngine(rules, memory=self._shown.memory, present=self._present)
        self.is_silent = False
        self.linked = ""
        self.answer_call: Callable[[Alert, bool], None] = lambda _alert, _accept: None
        self.open_pairing: Callable[[float], None] = lambda _seconds: None
        self._ticked = self.clock.monotonic()
        self._told_power: PowerChanged | None = None
        self._lately: deque[tuple[float, int]] = deque(maxlen=100)

    @property
    def is_awake(self) -> bool:
        """Whether there is power for more than the purse."""
        return self.battery.percent > 0

    @property
    def steps_today(self) -> int:
        """Steps since the wearer's day began."""
        wrist, now = self.wrist, self.clock.unix()
        return self.steps.since(day_start(now, wrist.offset, wrist.day_start_hour))

    def handle(self, event: Event) -> Verdict:
        """An event of a phone: light up, wait, or leave it."""
        if not self.is_awake:
            return Verdict.UNKNOWN
        now = self.clock.monotonic()
        self.alerts.quiet = QuietHours(True, 0, 0) if self.is_silent else self.wrist.quiet
        verdict = self.alerts.handle(event, Moment(now, self._minute()))
        if not isinstance(event, Gone):
            if isinstance(event, Changed) and verdict is Verdict.UPDATED:
                return verdict
            self.events.emit(Judged(event.alert, verdict))
        self._shown.save()
        return verdict

    def tick(self) -> None:
        """Let time pass: end signals, drain or charge, keep what changed."""
        now = self.clock.monotonic()
        self.battery.pass_time(max(0.0, now - self._ticked), linked=bool(self.linked))
        self._ticked = now
        if self.is_awake:
            self.alerts.tick(now)
        elif self.alerts.current is not None:
            self.alerts.dismiss(now)
        self._shown.save()
        self.steps.save()
        self.tell_power()

    def until_next(self) -> float:
        """Seconds until `tick` has something to do, at most one."""
        shown = self.alerts.current
        return 1.0 if shown is None else min(1.0, max(0.0, shown.until - self.clock.monotonic()))

    def press(self, press: Press) -> None:
        """The wearer presses the button.

        While somebody rings: short silences, double accepts, long declines. Else: short ends the
        signal, double switches silent mode, long lets a new phone pair.
        """
        if not self.is_awake:
            return
        now, shown = self.clock.monotonic(), self.alerts.current
        rings = shown is not None and shown.alert.is_call
        if press is Press.SHORT or rings:
            alert = self.alerts.dismiss(now)
            if rings and alert is not None and press in (Press.DOUBLE, Press.LONG):
                accepted = press is Press.DOUBLE
                self.answer_call(alert, accepted)
                self.events.emit(CallHandled(alert, accepted))
        elif press is Press.DOUBLE:
            self.is_silent = not self.is_silent
            self.events.emit(QuietChanged(self.is_silent))
        else:
            self.open_pairing(PAIRING_SECONDS)
            self.events.emit(PairingOpened(PAIRING_SECONDS))

    def walked(self, steps: int) -> None:
        """The counter has found steps just now."""
        if self.is_awake and steps > 0:
            self.steps.add(self.clock.unix(), steps)
            self._lately.append((self.clock.monotonic(), steps))
            self.tell_steps()

    def cadence(self) -> int:
        """Steps a minute, from those of the last ten seconds."""
        since = self.clock.monotonic() - CADENCE_SECONDS
        while self._lately and self._lately[0][0] <= since:
            self._lately.popleft()
        return round(sum(steps for _, steps in self._lately) * 60 / CADENCE_SECONDS)

    def linked_to(self, address: str) -> None:
        """A phone is linked and encrypted."""
        self.linked = address
        self.events.emit(LinkChanged(True, address))

    def unlinked(self) -> None:
        """No phone is linked: calls stop, for nobody could tell that they ended."""
        self.linked = ""
        for phone in Phone:
            self.alerts.link_lost(phone, self.clock.monotonic())
        self.events.emit(LinkChanged(False))

    def new_owner(self, address: str) -> None:
        """Another phone has paired: it finds nothing of the one before. The purse stays."""
        self.steps.clear()
        self.wrist = Wrist(offset=_local_offset())
        self.events.emit(OwnerChanged(address))
        self.tell_steps()

    def charge(self, charging: bool) -> None:
        """Lay the strap into its cradle, or take it out."""
        self.tick()
        self.battery.charging = charging
        self.tell_power()

    def drain_to(self, percent: float) -> None:
        """Have only so much charge left: for trying out what an empty battery does."""
        self.battery.level = percent
        self.tick()

    def tell_power(self) -> None:
        """Tell of the battery where it is another than last told."""
        told = PowerChanged(self.battery.percent, self.battery.charging, self.is_awake)
        if told != self._told_power:
            self._told_power = told
            self.events.emit(told)

    def tell_steps(self) -> None:
        """Tell of the steps of the day."""
        self.events.emit(Stepped(self.steps_today, self.wrist.goal))

    def _minute(self) -> int:
        return int(self.clock.unix() + self.wrist.offset) // 60 % (24 * 60)

    def _present(self, shown: Presentation | None) -> None:
        if shown is None:
            self.events.emit(Dark())
            return
        signal = shown.signal
        self.battery.use(power.LED_PER_SECOND * signal.seconds())
        if signal.led is not Led.NONE:
            self.events.emit(Lit(signal.led, shown.alert))
        if signal.vibration.kind is not VibrationKind.NONE:
            self.battery.use(power.MOTOR_PER_SECOND * signal.vibration.seconds())
            self.events.emit(Vibrating(signal.vibration, self.wrist.strength))

    def _purse_changed(self) -> None:
        self.battery.use(power.TOUCH)
        self.events.emit(PurseChanged(self.purse.view().balance))


def _local_offset() -> int:
    offset = datetime.now(UTC).astimezone().utcoffset()
    return int(offset.total_seconds()) if offset else 0
