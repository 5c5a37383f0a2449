# SPDX-License-Identifier: Apache-2.0
"""The demo's little world: a strap, a simulated iPhone and a till, on a radio in this process.

It owns what can be done in it and what can be seen of it (`snapshot`). It knows no page and no
server. All of it lives in one event loop.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bumble.core import BaseBumbleError
from bumble.link import LocalLink

from wena.ble.errors import BleError
from wena.ble.pairing import just_works
from wena.ble.radio import simulated_radio
from wena.demo import seen
from wena.demo.errors import NoSuchApp, NotReachable, TooLong
from wena.demo.walker import Walker
from wena.notify.rules import Rules
from wena.strap.events import StrapEvent
from wena.strap.radio import StrapRadio
from wena.strap.strap import Press, Strap
from wena.testing.iphone import SimulatedIphone
from wena.testing.notification_center import PhoneNotification, incoming_call
from wena.testing.reader import CardReader

JOURNAL_LENGTH = 40
LONGEST_TEXT = 200
LISTENING_SECONDS = 5.0
FIRST_MONEY = 3_000
STEPS_BEFORE = 5_214

RULES = {
    "default": {"led": "blue", "vibration": "basic", "count": 1},
    "apps": {
        "com.apple.MobileSMS": {"led": "green", "vibration": "triple"},
        "com.apple.mobilemail": {"led": "yellow", "vibration": "basic"},
        "com.apple.mobilecal": {"led": "purple", "vibration": "step_up", "count": 2},
        "com.example.news": {"led": "cyan", "vibration": "short"},
        "com.example.home": {"led": "red", "vibration": "siren", "priority": "urgent"},
    },
}
APPS = {"com.example.news": "News", "com.example.home": "Home"}


class World:
    """Everything the demo shows. `changed` is called when something can be seen anew."""

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        link = LocalLink()  # type: ignore[no-untyped-call] # bumble leaves it untyped
        self.strap = Strap(rules=Rules.from_json(RULES))
        self.radio = StrapRadio(self.strap, simulated_radio("strap", link), confirm=just_works)
        self.phone = SimulatedIphone(simulated_radio("iPhone", link))
        self.phone.center.apps.update(APPS)
        self.reader = CardReader.of_a_shop("JPY")
        self.walker = Walker(self.strap)
        self.changed = changed
        self.journal: deque[dict[str, Any]] = deque(maxlen=JOURNAL_LENGTH)
        self.vibrations = 0
        self.vibration: dict[str, Any] | None = None
        self._ringing: int | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._turn = asyncio.Lock()

    async def start(self) -> None:
        """Switch everything on, pair, and put money into the purse."""
        self.reader.issue(self.strap.purse)
        self.reader.top_up(self.strap.purse, FIRST_MONEY)
        self.walker.walked_before(STEPS_BEFORE)
        self.strap.battery.level = 82
        self.strap.events.subscribe(self._on_event)
        await self.radio.start()
        await self.phone.start()
        self._tasks = [
            asyncio.ensure_future(self.radio.run()),
            asyncio.ensure_future(self.walker.run()),
        ]
        await self.link_up()

    async def stop(self) -> None:
        """Switch everything off."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.phone.leave()
        await self.radio.stop()

    async def notify(self, app: str, title: str, text: str) -> None:
        """A notification appears on the phone. Raises NoSuchApp, TooLong."""
        if app not in self.phone.center.apps:
            raise NoSuchApp
        if max(len(title), len(text)) > LONGEST_TEXT:
            raise TooLong
        self.phone.center.post(PhoneNotification(app, title, text, date=_now()))
        self.changed()

    async def call(self, caller: str) -> None:
        """Somebody rings the phone; while it rings, they give up. Raises TooLong."""
        if len(caller) > LONGEST_TEXT:
            raise TooLong
        if self._ringing in self.phone.center.uids():
            self.phone.center.remove(self._ringing)
        else:
            self._ringing = self.phone.center.post(
                incoming_call(caller, _now(), lambda _action: self.changed())
            )
        self.changed()

    async def read_all(self) -> None:
        """Everything on the phone is read there."""
        for uid in self.phone.center.uids():
            self.phone.center.remove(uid)
        self.changed()

    async def link_up(self) -> None:
        """The phone comes near, until the strap listens to it. Raises NotReachable."""
        async with self._turn:
            if not self.strap.is_awake:
                raise NotReachable  # it would not be found: nobody need wait for that
            if self.phone.is_connected:
                return
            try:
                await self.phone.meet()
                async with asyncio.timeout(LISTENING_SECONDS):
                    while not self.phone.ancs.is_subscribed:
                        await asyncio.sleep(0.01)
            except (BleError, BaseBumbleError, TimeoutError) as error:
                raise NotReachable from error

    async def link_down(self) -> None:
        """The phone walks away."""
        async with self._turn:
            await self.phone.leave()

    async def pay(self, amount: int) -> None:
        """Hold the strap to the till and pay. Raises WalletError."""
        self.reader.pay(self.strap.purse, amount)
        self.changed()

    async def top_up(self, amount: int) -> None:
        """Hold the strap to the till and put money in. Raises WalletError."""
        self.reader.top_up(self.strap.purse, amount)
        self.changed()

    async def walk(self, on: bool) -> None:
        """Begin or stop walking."""
        self.walker.is_walking = on
        self.changed()

    async def press(self, press: Press) -> None:
        """Press the strap's button."""
        self.strap.press(press)

    async def charge(self, on: bool) -> None:
        """Lay the strap into its cradle or take it out; an empty one gets a little at once."""
        self.strap.charge(on)
        if on and not self.strap.is_awake:
            self.strap.drain_to(5)
            with contextlib.suppress(NotReachable):
                await self.link_up()

    async def drain(self, percent: int) -> None:
        """Have so little charge left; at 0 the strap falls asleep and its radio with it."""
        self.strap.battery.charging = False
        self.strap.drain_to(max(0, min(percent, 100)))

    def snapshot(self) -> dict[str, Any]:
        """What can be seen now, ready for JSON."""
        strap = self.strap
        return {
            "shown": seen.shown(strap.alerts.current, self.phone.center.apps),
            "waiting": strap.alerts.waiting,
            "vibration": self.vibration,
            "battery": {
                "percent": strap.battery.percent,
                "charging": strap.battery.charging,
                "awake": strap.is_awake,
            },
            "linked": bool(strap.linked),
            "silent": strap.is_silent,
            "steps": {
                "today": strap.steps_today,
                "goal": strap.wrist.goal,
                "walking": self.walker.is_walking,
            },
            "purse": seen.purse(strap.purse.view()),
            "phone": seen.notifications(self.phone.center),
            "ringing": self._ringing in self.phone.center.uids(),
            "journal": list(self.journal),
        }

    def _on_event(self, event: StrapEvent) -> None:
        if (vibration := seen.vibration(event)) is not None:
            self.vibrations += 1
            self.vibration = {"number": self.vibrations, **vibration}
        if (entry := seen.entry(event, self.phone.center.apps)) is not None:
            self.journal.appendleft({"at": self.strap.clock.unix(), **entry})
        self.changed()


def _now() -> str:
    return datetime.now().astimezone().strftime("%Y%m%dT%H%M%S")
