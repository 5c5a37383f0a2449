# SPDX-License-Identifier: Apache-2.0
"""The strap's half of the protocol: take settings and messages, send the log, ask the phone.

It owns what the phone has set and shown, and the transfer of the log. It knows no radio: writes are
passed in, notifications go out through `notify`. A value that is malformed changes nothing and is
counted. Nothing of the log is readable but through a transfer on the bonded link that asked.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from wena.wena3.activity_command import ActivityStart, ActivityTimesA, ActivityTimesB
from wena.wena3.activity_kinds import Block, Kind
from wena.wena3.activity_sender import SMALLEST_LARGEST, pack_transfer
from wena.wena3.alarms import SLOTS, Alarm, Alarms
from wena.wena3.calendar_entry import CalendarEmpty, CalendarEntry
from wena.wena3.dispatch import (
    LogCommand,
    Message,
    Setting,
    read_log_command,
    read_message,
    read_setting,
)
from wena.wena3.errors import LinkLost, MalformedPacket
from wena.wena3.gatt import Characteristic
from wena.wena3.music import Music
from wena.wena3.notification import Notification, NotificationRemove
from wena.wena3.reports import BandRequest, Battery, DeviceInfo, Request
from wena.wena3.weather import Weather

MOST_NOTIFICATIONS = 64
"""Kept to be looked at; the oldest goes first."""

Known = Mapping[Kind, int | None]
"""The newest Unix second that the phone has of each kind; None for nothing."""

Notify = Callable[[Characteristic, bytes], Awaitable[None]]
"""Sends a notification and returns when the link has taken it. Raises LinkLost."""


class Log(Protocol):
    """Where the strap's log comes from."""

    def blocks_since(self, known: Known) -> Iterable[Block]:
        """Everything from the newest that is known on, oldest first, one kind after the other."""


@dataclass(slots=True)
class Shown:
    """What the phone has put on the strap."""

    settings: dict[type, Setting] = field(default_factory=dict)
    alarms: list[Alarm | None] = field(default_factory=lambda: [None] * SLOTS)
    notifications: dict[tuple[int, int], Notification] = field(default_factory=dict)
    calendar: dict[int, CalendarEntry] = field(default_factory=dict)
    weather: Weather | None = None
    music: Music = field(default_factory=Music)


class StrapRole:
    """One strap. `largest` is the room in one notification, MTU minus 3."""

    def __init__(
        self,
        log: Log,
        notify: Notify,
        *,
        info: DeviceInfo,
        battery: Battery,
        on_change: Callable[[Setting | Message], None] = lambda _: None,
    ) -> None:
        self.shown = Shown()
        self.largest = SMALLEST_LARGEST
        self.malformed = 0
        self.mode = 3
        self.transfer: asyncio.Task[None] | None = None
        self._log = log
        self._notify = notify
        self._info = info
        self._battery = battery
        self._on_change = on_change
        self._known: dict[Kind, int | None] = {}

    def read(self, characteristic: Characteristic) -> bytes:
        """The value of a readable characteristic; empty for the others."""
        if characteristic is Characteristic.STATE:
            return bytes(self._battery)
        if characteristic is Characteristic.INFO:
            return bytes(self._info)
        return bytes([self.mode]) if characteristic is Characteristic.MODE else b""

    def write(self, characteristic: Characteristic, value: bytes) -> None:
        """Take what the phone writes. Never raises: what is malformed is counted in `malformed`."""
        try:
            if characteristic is Characteristic.CONTROL:
                self._set(read_setting(value))
            elif characteristic is Characteristic.NOTIFY:
                self._show(read_message(value))
            elif characteristic is Characteristic.ACTIVITY:
                self._command(read_log_command(value))
            elif characteristic is Characteristic.MODE and len(value) == 1:
                self.mode = value[0]
            else:
                self.malformed += 1
        except MalformedPacket:
            self.malformed += 1

    async def ask(self, request: Request, detail: bytes = b"") -> None:
        """Ask something of the phone."""
        await self._notify(Characteristic.NOTIFY, bytes(BandRequest(request, detail)))

    async def dismiss(self, id: int) -> None:
        """The wearer has dismissed a notification: take it off and tell the phone."""
        for key in [key for key in self.shown.notifications if key[1] == id]:
            del self.shown.notifications[key]
        await self.ask(Request.NOTIFICATION_DISMISSED, id.to_bytes(4, "little", signed=True))

    async def set_battery(self, battery: Battery) -> None:
        """The charge has changed: tell the phone."""
        self._battery = battery
        await self._notify(Characteristic.STATE, bytes(battery))

    def link_lost(self) -> None:
        """Stop a transfer under way and forget what this link had asked for."""
        self._known.clear()
        if self.transfer is not None:
            self.transfer.cancel()
            self.transfer = None

    def _set(self, packet: Setting) -> None:
        if isinstance(packet, Alarms):
            for place, alarm in enumerate(packet.alarms, start=packet.first_slot):
                self.shown.alarms[place] = alarm
        else:
            self.shown.settings[type(packet)] = packet
        self._on_change(packet)

    def _show(self, packet: Message) -> None:
        if isinstance(packet, Notification):
            self.shown.notifications[packet.kind, packet.id] = packet
            while len(self.shown.notifications) > MOST_NOTIFICATIONS:
                del self.shown.notifications[next(iter(self.shown.notifications))]
        elif isinstance(packet, NotificationRemove):
            self.shown.notifications.pop((packet.kind, packet.id), None)
        elif isinstance(packet, CalendarEntry):
            self._place(packet)
        elif isinstance(packet, CalendarEmpty):
            self.shown.calendar.clear()
        elif isinstance(packet, Weather):
            self.shown.weather = packet
        elif isinstance(packet, Music):
            self.shown.music = packet
        self._on_change(packet)

    def _place(self, entry: CalendarEntry) -> None:
        if entry.position <= 1:
            self.shown.calendar.clear()
        self.shown.calendar[entry.position] = entry

    def _command(self, command: LogCommand) -> None:
        if isinstance(command, ActivityTimesA):
            self._known[Kind.STEPS] = command.steps
            self._known[Kind.HEART_RATE] = command.heart_rate
            self._known[Kind.BEHAVIOR] = command.behavior
            self._known[Kind.VO2MAX] = command.vo2max
        elif isinstance(command, ActivityTimesB):
            self._known[Kind.STRESS] = command.stress
            self._known[Kind.ENERGY] = command.energy
            self._known[Kind.CALORIES] = command.calories
        elif isinstance(command, ActivityStart):
            if self.transfer is not None:
                self.transfer.cancel()
            self.transfer = asyncio.ensure_future(self._send_log(dict(self._known)))

    async def _send_log(self, known: Known) -> None:
        with contextlib.suppress(LinkLost):  # the next transfer begins where the phone's log ends
            for value in pack_transfer(self._log.blocks_since(known), self.largest):
                await self._notify(Characteristic.ACTIVITY, value)
