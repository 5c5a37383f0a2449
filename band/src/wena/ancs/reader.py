# SPDX-License-Identifier: Apache-2.0
"""Turns what the Notification Source announces into events of the common model.

It asks the phone for the attributes of each notification, one after the other, and delivers an
event for each. A phone that is late is asked once more; when that fails too, or the answer makes
no sense, the wearer is still told that something came, without the text.
"""

import asyncio
from collections.abc import Callable

from wena.ancs import translate
from wena.ancs.app_names import AppNames
from wena.ancs.backlog import Backlog
from wena.ancs.errors import (
    AncsError,
    LinkLost,
    MalformedNotification,
    RequestTimedOut,
    ServiceGone,
    UnknownNotification,
)
from wena.ancs.model import EventId, NotificationAttribute
from wena.ancs.notification import SourceEvent
from wena.ancs.response import Attributes, text
from wena.ancs.session import AncsSession
from wena.notify.alert import Arrived, Changed, Event, Gone

MAX_NAMELESS = 64


class AncsReader:
    """Reads one session. `deliver` gets every event; `malformed` counts values that were refused.

    App names known already go with the event. A name that is not known is asked for after the
    event was delivered, so that the LED does not wait for it; `named` then gets app and name.
    """

    def __init__(
        self,
        session: AncsSession,
        names: AppNames,
        deliver: Callable[[Event], None],
        named: Callable[[str, str], None] = lambda _app, _name: None,
    ) -> None:
        self._session = session
        self._names = names
        self._deliver = deliver
        self._named = named
        self._backlog = Backlog()
        self._nameless: dict[str, None] = {}
        self._wake = asyncio.Event()
        self._reading: int | None = None
        self.malformed = 0

    def announce(self, value: bytes) -> None:
        """Take one Notification Source value. Never raises."""
        try:
            event = SourceEvent.from_bytes(value)
        except MalformedNotification:
            self.malformed += 1
            return
        if event.event is EventId.REMOVED:
            self._backlog.discard(event.uid)
            if self._reading == event.uid:
                self._reading = None
            self._deliver(Gone(translate.key(event.uid)))
            return
        self._backlog.put(event)
        self._wake.set()

    async def run(self) -> None:
        """Work until the session ends. Returns then; cancel it to stop sooner."""
        while not self._session.is_over:
            event = self._backlog.take()
            try:
                if event is not None:
                    await self._read(event)
                elif self._nameless:
                    await self._name(next(iter(self._nameless)))
                else:
                    self._wake.clear()
                    await self._wake.wait()
            except (LinkLost, ServiceGone):
                break
        self._backlog.clear()

    def stop(self) -> None:
        """Let `run` see that the session has ended."""
        self._wake.set()

    async def _read(self, event: SourceEvent) -> None:
        self._reading = event.uid
        try:
            attributes = await self._ask_twice(event.uid)
        except UnknownNotification:
            return
        except (LinkLost, ServiceGone):
            raise
        except AncsError:
            attributes = {}
        if self._reading is None:  # it went while we asked about it
            return
        app = text(attributes.get(NotificationAttribute.APP_IDENTIFIER, b""))
        name = self._names.known(app)
        alert = translate.alert(event, attributes, name or "")
        if app and name is None and len(self._nameless) < MAX_NAMELESS:
            self._nameless[app] = None
        self._deliver(Changed(alert) if event.event is EventId.MODIFIED else Arrived(alert))

    async def _ask_twice(self, uid: int) -> Attributes:
        request = translate.question(uid)
        try:
            return await self._session.ask(request)
        except RequestTimedOut:
            return await self._session.ask(request)

    async def _name(self, app: str) -> None:
        del self._nameless[app]
        try:
            name = await self._names.name(app, self._session.ask)
        except RequestTimedOut:
            return
        self._named(app, name)
