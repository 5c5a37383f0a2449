# SPDX-License-Identifier: Apache-2.0
"""Alerts that wait for their turn: urgent ones first, then in the order they came; bounded."""

from dataclasses import dataclass, replace

from wena.notify.alert import Alert, Key, Phone
from wena.notify.rules import Priority
from wena.notify.signal import Signal

CAPACITY = 32


@dataclass(frozen=True, slots=True)
class Waiting:
    """An alert with the signal it will get."""

    alert: Alert
    signal: Signal
    priority: Priority


class AlertQueue:
    """`lost` counts alerts pushed out because too many waited; the least important go first."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._entries: list[Waiting] = []
        self.lost = 0

    def __len__(self) -> int:
        return len(self._entries)

    def push(self, entry: Waiting) -> None:
        """Put it behind all of its own priority and before all of a lower one."""
        place = len(self._entries)
        while place and self._entries[place - 1].priority < entry.priority:
            place -= 1
        self._entries.insert(place, entry)
        if len(self._entries) > self._capacity:
            self._entries.pop()
            self.lost += 1

    def pop(self) -> Waiting | None:
        """The next one, or None."""
        return self._entries.pop(0) if self._entries else None

    def renumber(self, alert: Alert) -> bool:
        """Give the waiting alert with the same fingerprint the key of `alert`, if there is one."""
        for place, entry in enumerate(self._entries):
            if entry.alert.fingerprint() == alert.fingerprint():
                self._entries[place] = replace(entry, alert=alert)
                return True
        return False

    def update(self, entry: Waiting) -> bool:
        """Replace the waiting alert of the same key, if there is one; it keeps its place."""
        for place, old in enumerate(self._entries):
            if old.alert.key == entry.alert.key:
                self._entries[place] = entry
                return True
        return False

    def make_stale(self, phone: Phone) -> None:
        """The numbers of this phone mean nothing any more; what waits still gets its turn."""
        self._entries = [
            replace(entry, alert=replace(entry.alert, key=replace(entry.alert.key, stale=True)))
            if entry.alert.key.phone is phone
            else entry
            for entry in self._entries
        ]

    def drop(self, key: Key) -> None:
        """Forget the alert with this key."""
        self._entries = [entry for entry in self._entries if entry.alert.key != key]

    def drop_calls(self, phone: Phone) -> None:
        """Forget the calls of this phone."""
        self._entries = [
            entry
            for entry in self._entries
            if not (entry.alert.is_call and entry.alert.key.phone is phone)
        ]
