# SPDX-License-Identifier: Apache-2.0
"""The rule engine: events of either phone go in, one signal at a time comes out.

It owns order, do-not-disturb, duplicates, calls that stop, and that nothing is shown twice. It has
no clock, no radio and no motor: the time is passed in, and `present` is called when what the
wearer sees and feels changes.

An alert counts as shown when its signal begins, so that one that still waits when the power goes
is shown after all. Fingerprints and not the phone's numbers tell what was shown, because an iPhone
numbers anew in every session.
"""

import enum
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace

from wena.notify.alert import Alert, Changed, Event, Gone, Key, Phone
from wena.notify.memory import ShownMemory
from wena.notify.queue import AlertQueue, Waiting
from wena.notify.quiet import QuietHours
from wena.notify.rules import Priority, Rules
from wena.notify.signal import Signal

DUPLICATE_SECONDS = 10.0
LONGEST_RING_SECONDS = 120.0
MAX_OPEN = 128


class Verdict(enum.Enum):
    """What became of an event."""

    SHOWN = "shown"
    WAITING = "waiting"
    SEEN_BEFORE = "seen_before"
    DUPLICATE = "duplicate"
    FIRST_MEETING = "first_meeting"
    QUIET = "quiet"
    MUTED = "muted"
    SILENT = "silent"
    UPDATED = "updated"
    ENDED = "ended"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Presentation:
    """What is shown now. `until` is when it ends by itself, on the caller's clock."""

    alert: Alert
    signal: Signal
    priority: Priority
    since: float
    until: float


@dataclass(frozen=True, slots=True)
class Moment:
    """The time of an event: seconds that only go up, and the local minute of the day."""

    now: float
    minute: int


class AlertEngine:
    """One wearer's alerts. `present` gets the presentation that begins, or None for dark."""

    def __init__(
        self,
        rules: Rules | None = None,
        *,
        quiet: QuietHours | None = None,
        memory: ShownMemory | None = None,
        present: Callable[[Presentation | None], None] = lambda _: None,
    ) -> None:
        self.rules = rules or Rules()
        self.quiet = quiet or QuietHours()
        self.memory = ShownMemory() if memory is None else memory  # an empty one is false
        self.current: Presentation | None = None
        self._present = present
        self._queue = AlertQueue()
        self._open: OrderedDict[Key, Alert] = OrderedDict()
        self._recent: OrderedDict[tuple[str, str, str], float] = OrderedDict()
        self._silenced = ShownMemory(16)
        self._strangers: set[Phone] = set()

    @property
    def open_alerts(self) -> list[Alert]:
        """Alerts still unread on their phone, oldest first."""
        return list(self._open.values())

    @property
    def waiting(self) -> int:
        """How many alerts wait for their turn."""
        return len(self._queue)

    def session_began(self, phone: Phone, *, first_meeting: bool = False) -> None:
        """The phone is back and numbers its alerts anew.

        At a first meeting, alerts from before are taken as known instead of all being shown.
        """
        for key in [key for key in self._open if key.phone is phone]:
            del self._open[key]
        self._queue.make_stale(phone)
        shown = self.current
        if shown is not None and shown.alert.key.phone is phone:
            stale = replace(shown.alert, key=replace(shown.alert.key, stale=True))
            self.current = replace(shown, alert=stale)
        self._strangers.discard(phone)
        if first_meeting:
            self._strangers.add(phone)

    def link_lost(self, phone: Phone, now: float) -> None:
        """The phone is out of reach: nobody could tell that a call ended, so calls stop."""
        self._queue.drop_calls(phone)
        shown = self.current
        if shown is not None and shown.alert.is_call and shown.alert.key.phone is phone:
            self._next(now)

    def handle(self, event: Event, moment: Moment) -> Verdict:
        """Take one event and say what became of it."""
        self.tick(moment.now)
        if isinstance(event, Gone):
            return self._gone(event.key, moment.now)
        known = self._open.get(event.alert.key)
        self._remember_open(event.alert)
        if isinstance(event, Changed) and known is not None:
            return self._changed(known, event.alert, moment)
        return self._arrived(event.alert, moment)

    def tick(self, now: float) -> None:
        """End what has been shown long enough and begin what waits."""
        if self.current is not None and now >= self.current.until:
            self._next(now)

    def dismiss(self, now: float) -> Alert | None:
        """The wearer has noticed: end the current signal. The alert that was shown, or None.

        A call silenced like this stays silent, even when the link goes and comes back meanwhile.
        """
        shown = self.current
        if shown is None:
            return None
        if shown.alert.is_call:
            self._silenced.add(shown.alert.fingerprint())
        self._next(now)
        return shown.alert

    def _arrived(self, alert: Alert, moment: Moment) -> Verdict:
        seen = self._ringing(alert) if alert.is_call else self._seen(alert, moment.now)
        if seen is not None:
            return seen
        rule = self.rules.for_alert(alert)
        if held := self._held_back(alert, rule.muted, rule.priority, rule.signal, moment):
            self.memory.add(alert.fingerprint())
            return held
        return self._submit(Waiting(alert, rule.signal, rule.priority), moment.now)

    def _ringing(self, alert: Alert) -> Verdict | None:
        shown = self.current
        if shown is not None and shown.alert.key == alert.key:
            return Verdict.UPDATED
        if alert.from_before and alert.fingerprint() in self._silenced:
            return Verdict.SEEN_BEFORE
        return Verdict.WAITING if self._queue.renumber(alert) else None

    def _seen(self, alert: Alert, now: float) -> Verdict | None:
        fingerprint = alert.fingerprint()
        if self._queue.renumber(alert):
            return Verdict.WAITING
        if fingerprint in self.memory and (alert.from_before or alert.sent_at):
            self._rekey_current(alert, fingerprint)
            return Verdict.SEEN_BEFORE
        if alert.from_before and alert.key.phone in self._strangers:
            self.memory.add(fingerprint)
            return Verdict.FIRST_MEETING
        content = (alert.app, alert.title, alert.message)
        before = self._recent.get(content)
        # An alert of which nothing is known but its app is never taken for a repetition. The
        # first one counts, so that a message repeated for an hour is not silent for an hour.
        if (
            before is not None
            and now - before < DUPLICATE_SECONDS
            and (alert.title or alert.message)
        ):
            self.memory.add(fingerprint)
            return Verdict.DUPLICATE
        self._recent[content] = now
        self._recent.move_to_end(content)
        while len(self._recent) > MAX_OPEN:
            self._recent.popitem(last=False)
        return None

    def _rekey_current(self, alert: Alert, fingerprint: str) -> None:
        shown = self.current
        if shown is not None and shown.alert.fingerprint() == fingerprint:
            self.current = replace(shown, alert=alert)

    def _held_back(
        self, alert: Alert, muted: bool, priority: Priority, signal: Signal, moment: Moment
    ) -> Verdict | None:
        if alert.silent:
            return Verdict.SILENT
        if muted or signal.is_nothing:
            return Verdict.MUTED
        breaks = priority is Priority.URGENT or (
            priority is Priority.CALL and self.rules.calls_break_quiet
        )
        if self.quiet.covers(moment.minute) and not breaks:
            return Verdict.QUIET
        return None

    def _changed(self, known: Alert, alert: Alert, moment: Moment) -> Verdict:
        shown = self.current
        if shown is not None and shown.alert.key == alert.key:
            self.current = replace(shown, alert=alert)
        rule = self.rules.for_alert(alert)
        waiting = self._queue.update(Waiting(alert, rule.signal, rule.priority))
        if waiting or alert.is_call or known.fingerprint() == alert.fingerprint():
            return Verdict.UPDATED
        return self._arrived(alert, moment)

    def _submit(self, entry: Waiting, now: float) -> Verdict:
        shown = self.current
        urgent = entry.priority >= Priority.URGENT
        if shown is None or (urgent and entry.priority > shown.priority):
            self._begin(entry, now)
            return Verdict.SHOWN
        self._queue.push(entry)
        return Verdict.WAITING

    def _begin(self, entry: Waiting, now: float) -> None:
        length = LONGEST_RING_SECONDS if entry.signal.is_endless else entry.signal.seconds()
        self.current = Presentation(entry.alert, entry.signal, entry.priority, now, now + length)
        self.memory.add(entry.alert.fingerprint())
        self._present(self.current)

    def _next(self, now: float) -> None:
        self.current = None
        entry = self._queue.pop()
        if entry is None:
            self._present(None)
        else:
            self._begin(entry, now)

    def _gone(self, key: Key, now: float) -> Verdict:
        known = self._open.pop(key, None)
        self._queue.drop(key)
        shown = self.current
        if shown is not None and shown.alert.key == key:
            self._next(now)
            return Verdict.ENDED
        return Verdict.ENDED if known is not None else Verdict.UNKNOWN

    def _remember_open(self, alert: Alert) -> None:
        self._open[alert.key] = alert
        while len(self._open) > MAX_OPEN:
            self._open.popitem(last=False)
