# SPDX-License-Identifier: Apache-2.0
"""The phone's half of the protocol: greet a strap, keep it set, fetch its log, answer it.

It owns the order of operations, one at a time. It knows no radio, no file and no clock: those go
in. What the strap tells comes out through `tell`, the log through `deliver`.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import SupportsBytes

from wena.wena3.activity_command import ActivityStart, ActivityTimesA, ActivityTimesB
from wena.wena3.activity_kinds import Block, Kind
from wena.wena3.activity_receiver import ActivityReceiver
from wena.wena3.alarms import pack_alarms
from wena.wena3.calendar_entry import CalendarEntry, numbered
from wena.wena3.clock import Time, TimeZone
from wena.wena3.compose import incoming_call
from wena.wena3.errors import MalformedPacket
from wena.wena3.gatt import Characteristic
from wena.wena3.link import Link
from wena.wena3.music import Music, line_of
from wena.wena3.notification import CALL_ID, Notification, NotificationKind, NotificationRemove
from wena.wena3.reports import BandRequest, Battery, DeviceInfo, Request
from wena.wena3.settings import Settings
from wena.wena3.weather import Weather

MOST_REQUESTS = 32
"""That wait for an answer; a strap that asks more is not answered sooner for it."""

SUBSCRIBED = (
    Characteristic.STATE,
    Characteristic.CONTROL,
    Characteristic.INFO,
    Characteristic.MODE,
    Characteristic.NOTIFY,
    Characteristic.ACTIVITY,
)


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A value on a characteristic whose notifications nobody has explained yet."""

    characteristic: Characteristic
    value: bytes


Told = Battery | DeviceInfo | BandRequest | Unexplained


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a companion role needs from outside.

    `now` gives Unix milliseconds, `utc_offset` seconds east of UTC at that moment; `newest` the
    newest stored Unix second of each kind; `deliver` takes a block of the log; `tell` takes what
    the strap says.
    """

    now: Callable[[], int]
    utc_offset: Callable[[int], int]
    newest: Callable[[], Mapping[Kind, int]]
    deliver: Callable[[Block], None]
    tell: Callable[[Told], None]


class CompanionRole:
    """One link to one strap."""

    def __init__(self, link: Link, surroundings: Surroundings, settings: Settings) -> None:
        self.settings = settings
        self.calendar: Sequence[CalendarEntry] = ()
        self.weather: Weather | None = None
        self.log_on_request = True
        """Whether the strap may start a transfer of its log by itself."""
        self.receiver = ActivityReceiver()
        self.received = asyncio.Event()
        """Set whenever a piece of the log arrives."""
        self.requests: asyncio.Queue[BandRequest] = asyncio.Queue(MOST_REQUESTS)
        """What the strap asked and nobody has answered yet; see `serve`."""
        self._link = link
        self._around = surroundings
        self._music = Music()
        self._is_playing = False
        self._turn = asyncio.Lock()

    async def greet(self, only: Collection[str] | None = None) -> None:
        """The whole session after a connection, the log's transfer begun at its end.

        With `only`, of the settings just those named, and the calendar where it is switched on:
        for a strap that was set up elsewhere, whose own settings cannot be read.
        """
        await self.send_time()
        for packet in self.settings.session_packets(only):
            await self.set(packet)
        if only is None or self.settings.notification_switches.calendar:
            await self.send_calendar()
        await self.read_battery()
        await self.subscribe()
        await self.read_info()
        await self.begin_log()

    async def subscribe(self) -> None:
        """Have everything delivered that the strap can tell."""
        for characteristic in SUBSCRIBED:
            async with self._turn:
                await self._link.subscribe(characteristic, self._taker(characteristic))

    async def set(self, packet: SupportsBytes) -> None:
        """Write one setting."""
        await self._write(Characteristic.CONTROL, packet)

    async def send_time(self) -> None:
        """Time and zone, at connection and whenever the phone's clock or zone changes."""
        now = self._around.now()
        await self.set(Time(now))
        await self.set(TimeZone(self._around.utc_offset(now)))

    async def send_profile(self) -> None:
        """Body and step goal."""
        for packet in self.settings.profile_packets():
            await self.set(packet)

    async def send_alarms(self) -> None:
        """All nine alarms."""
        for packet in pack_alarms(self.settings.alarms):
            await self.set(packet)

    async def send_calendar(self) -> None:
        """The whole calendar, or an empty one where it is switched off."""
        entries = self.calendar if self.settings.notification_switches.calendar else ()
        for packet in numbered(entries):
            await self.message(packet)

    async def message(self, packet: SupportsBytes) -> None:
        """Write one packet to the strap's notification service."""
        await self._write(Characteristic.NOTIFY, packet)

    async def notify(self, notification: Notification) -> None:
        """Show a notification, unless they are switched off."""
        if self.settings.notification_switches.notifications:
            await self.message(notification)

    async def remove(self, id: int, kind: NotificationKind = NotificationKind.APP) -> None:
        """Take a notification back."""
        await self.message(NotificationRemove(kind, id))

    async def call(self, number: str, name: str) -> None:
        """Somebody rings."""
        await self.message(incoming_call(number, name, self._around.now()))

    async def end_call(self) -> None:
        """The call was answered or is over."""
        await self.remove(CALL_ID, NotificationKind.CALL)

    async def play(self, track: str | None, artist: str | None) -> None:
        """Something is playing."""
        self._music = line_of(track, artist)
        await self.resume()

    async def resume(self) -> None:
        """It is playing again: show the title."""
        self._is_playing = True
        await self.message(self._music)

    async def pause(self) -> None:
        """It is paused or stopped: hide the title."""
        self._is_playing = False
        await self.message(Music())

    async def send_weather(self, weather: Weather | None) -> None:
        """A new report; nothing is sent without one."""
        if weather is not None:
            self.weather = weather
            await self.message(weather)

    async def read_battery(self) -> Battery:
        """The charge now. Raises MalformedPacket."""
        battery = Battery.from_bytes(await self._read(Characteristic.STATE))
        self._around.tell(battery)
        return battery

    async def read_info(self) -> DeviceInfo:
        """Firmware and serial number. Raises MalformedPacket."""
        info = DeviceInfo.from_bytes(await self._read(Characteristic.INFO))
        self._around.tell(info)
        return info

    async def begin_log(self) -> None:
        """Ask for all of the log that is newer than what is stored."""
        newest = self._around.newest()
        known = {kind.name.lower(): newest.get(kind) for kind in Kind}
        first = {name: known[name] for name in ("steps", "heart_rate", "behavior", "vo2max")}
        second = {name: known[name] for name in ("stress", "energy", "calories")}
        await self._write(Characteristic.ACTIVITY, ActivityTimesA(**first))
        await self._write(Characteristic.ACTIVITY, ActivityTimesB(**second))
        await self._write(Characteristic.ACTIVITY, ActivityStart())

    def close_log(self) -> None:
        """Deliver what came in order before the link was cut."""
        self._deliver(self.receiver.close())

    async def answer(self, asked: BandRequest) -> None:
        """Do what the strap asks, and tell of it; unknown requests are only told."""
        self._around.tell(asked)
        if asked.request is Request.SYNC_REQUEST and self.log_on_request:
            await self.begin_log()
        elif asked.request is Request.CALENDAR_REQUEST:
            await self.send_calendar()
        elif asked.request is Request.WEATHER_REQUEST:
            await self.send_weather(self.weather)
        elif asked.request is Request.MUSIC_REQUEST and self._is_playing:
            await self.message(self._music)

    async def serve(self) -> None:
        """Answer requests as they come, for ever. Raises LinkLost, NoAnswer, StrapRefused."""
        while True:
            await self.answer(await self.requests.get())

    def _taker(self, characteristic: Characteristic) -> Callable[[bytes], None]:
        if characteristic is Characteristic.ACTIVITY:
            return self._take_log
        if characteristic is Characteristic.STATE:
            return self._take_state
        return lambda value: self._take_other(characteristic, value)

    def _take_log(self, value: bytes) -> None:
        self._deliver(self.receiver.feed(value))
        self.received.set()

    def _take_state(self, value: bytes) -> None:
        try:
            self._around.tell(Battery.from_bytes(value))
        except MalformedPacket:
            self._around.tell(Unexplained(Characteristic.STATE, value))

    def _take_other(self, characteristic: Characteristic, value: bytes) -> None:
        if characteristic is Characteristic.NOTIFY and value and not self.requests.full():
            self.requests.put_nowait(BandRequest.from_bytes(value))
        else:
            self._around.tell(Unexplained(characteristic, value))

    def _deliver(self, block: Block | None) -> None:
        if block is not None:
            self._around.deliver(block)

    async def _write(self, characteristic: Characteristic, packet: SupportsBytes) -> None:
        async with self._turn:
            await self._link.write(characteristic, bytes(packet))

    async def _read(self, characteristic: Characteristic) -> bytes:
        async with self._turn:
            return await self._link.read(characteristic)
