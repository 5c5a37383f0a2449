# SPDX-License-Identifier: Apache-2.0
"""The strap's side of ANCS on a Bluetooth link: finds the service, loses it, finds it again.

An adapter: it maps bumble's connection to an `AncsSession` and an `AncsReader`. The phone may
publish its service late and withdraw it at any time, so Service Changed is subscribed to first.
Every operation has a time limit and fails when the link goes.

Traps of bumble 0.0.236 that are handled here: a disconnect cancels what waits (see `bounded`); a
service found again is added to a list and keeps stale handles, so nothing is taken from that list;
subscribers of old handles stay, so they are removed.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from bumble.att import ATT_Error
from bumble.core import UUID, BaseBumbleError
from bumble.device import Connection, Peer
from bumble.gatt import GATT_GENERIC_ATTRIBUTE_SERVICE, GATT_SERVICE_CHANGED_CHARACTERISTIC
from bumble.gatt_client import CharacteristicProxy

from wena.ancs.app_names import AppNames
from wena.ancs.bounded import bounded
from wena.ancs.errors import AncsError, LinkLost, RequestTimedOut, ServiceGone, refusal
from wena.ancs.model import CONTROL_POINT_UUID, DATA_SOURCE_UUID, NOTIFICATION_SOURCE_UUID
from wena.ancs.model import SERVICE_UUID as ANCS_SERVICE_UUID
from wena.ancs.reader import AncsReader
from wena.ancs.session import AncsSession
from wena.notify.alert import Event

MTU = 247
SETTLE_SECONDS = 0.05

Result = TypeVar("Result")
Notify = CharacteristicProxy[bytes]


class AncsClient:
    """ANCS on one encrypted connection. `run` it for as long as the connection lives.

    `deliver` gets the events, `named` names of apps, and `available` whether the service is there.
    `timeout` is seconds for each operation.
    """

    def __init__(
        self,
        connection: Connection,
        deliver: Callable[[Event], None],
        *,
        names: AppNames | None = None,
        named: Callable[[str, str], None] = lambda _app, _name: None,
        available: Callable[[bool], None] = lambda _there: None,
        timeout: float = 5.0,
    ) -> None:
        self._connection = connection
        self._peer = Peer(connection)
        self._deliver = deliver
        self._names = names or AppNames()
        self._named = named
        self._available = available
        self._timeout = timeout
        self._lost: asyncio.Future[AncsError] = asyncio.get_running_loop().create_future()
        self._changed = asyncio.Event()
        self._reader: AncsReader | None = None
        self.session: AncsSession | None = None
        connection.on(connection.EVENT_DISCONNECTION, self._on_disconnection)
        # What the phone refused to an unencrypted link it may allow now.
        connection.on(connection.EVENT_CONNECTION_ENCRYPTION_CHANGE, self._changed.set)

    async def run(self) -> None:
        """Serve until the link is lost, and return then. Cancel it to stop sooner."""
        try:
            await self._prepare()
            while True:
                self._changed.clear()
                characteristics = await self._discover()
                if characteristics is None:
                    await self._wait_for_change()
                    continue
                await self._serve(*characteristics)
        except RequestTimedOut:
            # A bearer on which a request was never answered may not be used again (Core
            # specification, volume 3, part F, 3.3.3): a new connection is the way out.
            await self._hang_up()
        except LinkLost:
            return
        finally:
            self._end(LinkLost())

    def service_changed(self, _value: bytes = b"") -> None:
        """The phone says that its services are others now."""
        self._changed.set()
        self._end(ServiceGone())

    async def _prepare(self) -> None:
        try:
            await self._bounded(self._peer.request_mtu(MTU))
            for service in await self._bounded(
                self._peer.discover_service(GATT_GENERIC_ATTRIBUTE_SERVICE)
            ):
                for found in await self._bounded(service.discover_characteristics()):
                    if found.uuid == GATT_SERVICE_CHANGED_CHARACTERISTIC:
                        await self._bounded(found.subscribe(self.service_changed))
        except BaseBumbleError:
            # A phone that cannot say that its services change is served while they do not.
            return

    async def _discover(self) -> tuple[Notify, Notify, Notify] | None:
        try:
            services = await self._bounded(self._peer.discover_service(UUID(ANCS_SERVICE_UUID)))
            if not services:
                return None
            characteristics = await self._bounded(services[0].discover_characteristics())
        except BaseBumbleError:
            return None
        found = {characteristic.uuid: characteristic for characteristic in characteristics}
        wanted = (NOTIFICATION_SOURCE_UUID, CONTROL_POINT_UUID, DATA_SOURCE_UUID)
        if any(UUID(uuid) not in found for uuid in wanted):
            return None
        source, control, data = (found[UUID(uuid)] for uuid in wanted)
        return source, control, data

    async def _serve(self, source: Notify, control: Notify, data: Notify) -> None:
        async def write(value: bytes) -> None:
            try:
                await control.write_value(value, with_response=True)
            except ATT_Error as error:
                raise refusal(error.error_code) from error
            except BaseBumbleError as error:
                raise LinkLost from error

        session = AncsSession(write, self._timeout)
        reader = AncsReader(session, self._names, self._deliver, self._named)
        self.session, self._reader = session, reader
        try:
            # The Data Source first: nothing announced by the other may find us deaf to answers.
            await self._bounded(data.subscribe(session.feed))
            await self._bounded(source.subscribe(reader.announce))
            if self._changed.is_set():  # it changed again while we were finding our way
                session.end(ServiceGone())
            if not session.is_over:
                self._available(True)
                await reader.run()
        except BaseBumbleError:
            # Withdrawn while we subscribed, or not allowed yet: wait for the phone to say so.
            await self._wait_for_change()
        finally:
            self._end(ServiceGone())
            self._forget_handles(source, data)
            self._available(False)
        if session.is_stuck:
            raise RequestTimedOut
        if self._lost.done():
            raise LinkLost
        await asyncio.sleep(SETTLE_SECONDS)

    async def _hang_up(self) -> None:
        if self._lost.done():
            return
        with contextlib.suppress(AncsError, BaseBumbleError):
            await self._bounded(self._connection.disconnect())

    async def _wait_for_change(self) -> None:
        waiting = asyncio.ensure_future(self._changed.wait())
        try:
            both: set[asyncio.Future[Any]] = {waiting, self._lost}
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()
        if self._lost.done():
            raise LinkLost

    def _forget_handles(self, *characteristics: Notify) -> None:
        client = self._peer.gatt_client
        for characteristic in characteristics:
            client.notification_subscribers.pop(characteristic.handle, None)

    def _end(self, reason: AncsError) -> None:
        if self.session is not None:
            self.session.end(reason)
        if self._reader is not None:
            self._reader.stop()

    def _on_disconnection(self, *_: Any) -> None:
        if not self._lost.done():
            self._lost.set_result(LinkLost())
        self._end(LinkLost())

    async def _bounded(self, work: Awaitable[Result]) -> Result:
        return await bounded(work, seconds=self._timeout, ended=self._lost)
