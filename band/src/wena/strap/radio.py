# SPDX-License-Identifier: Apache-2.0
"""The strap on the air: advertising, pairing, and a conversation with whichever phone comes.

It owns connections and their tasks. An iPhone serves ANCS and is read by our client; an Android
phone writes to the wena 3 services. Both may be one phone after the other; the owner is one.
"""

import asyncio
import contextlib
from collections.abc import Coroutine
from datetime import datetime, timedelta, timezone
from typing import Any

from bumble.core import BaseBumbleError
from bumble.device import Connection
from bumble.host import Host

from wena.ancs.app_names import AppNames
from wena.ancs.client import AncsClient
from wena.ancs.errors import AncsError
from wena.ancs.model import ActionId
from wena.ble.advertising import WENA3_NAME, advertisement, scan_response
from wena.ble.errors import NotEncrypted
from wena.ble.key_file import KeyFile
from wena.ble.pairing import Confirm, PairingPolicy
from wena.ble.radio import make_device
from wena.ble.running_speed import estimate
from wena.ble.security import encrypted
from wena.ble.standard_services import StandardServices
from wena.ble.wena3_services import Wena3Services
from wena.notify.alert import Alert, Event, Phone
from wena.strap.events import PowerChanged, StrapEvent
from wena.strap.phone_wishes import carry_out
from wena.strap.strap import Strap
from wena.wena3.errors import LinkLost
from wena.wena3.reports import Battery, DeviceInfo
from wena.wena3.strap_role import StrapRole

ADVERTISING_MS = 100
INFO = DeviceInfo("0.1.0", 1)


class StrapRadio:
    """Puts `strap` on the air over `host`. `confirm` compares the numbers of a pairing."""

    def __init__(
        self,
        strap: Strap,
        host: Host,
        keys: KeyFile | None = None,
        confirm: Confirm | None = None,
        *,
        timeout: float = 5.0,
    ) -> None:
        self.strap = strap
        self.keys = keys or KeyFile()
        self.policy = PairingPolicy(self.keys, confirm)
        self.device = make_device(host, self.keys, WENA3_NAME)
        self.device.pairing_config_factory = self.policy.config
        self.names = AppNames()
        self._timeout = timeout
        self._is_on = False
        self._was_awake = strap.is_awake
        self._switching = asyncio.Lock()
        self._is_first_meeting = False
        self._client: AncsClient | None = None
        self._connection: Connection | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._standard = StandardServices(self.device, lambda: strap.battery.percent, self._now)
        self._services = Wena3Services(self.device)
        self.role = StrapRole(
            strap.steps,
            self._services.notify,
            info=INFO,
            battery=Battery(strap.battery.percent),
            on_change=lambda packet: carry_out(strap, packet),
        )
        self._services.role = self.role
        strap.answer_call = self._answer
        strap.open_pairing = self.policy.open
        strap.events.subscribe(self._on_event)
        self.device.on(self.device.EVENT_CONNECTION, self._on_connection)

    async def start(self) -> None:
        """Switch the radio on and be found."""
        await self.device.power_on()
        self._is_on = True
        await self._follow_power()

    async def run(self) -> None:
        """Let time pass on the strap, for ever. Cancel it to stop."""
        told = 0
        while True:
            self.strap.tick()
            cadence = self.strap.cadence()
            if cadence != told and self.strap.linked:
                told = cadence
                self._spawn(self._standard.moved(estimate(cadence, self.strap.wrist.height)))
            await asyncio.sleep(max(0.02, self.strap.until_next()))

    async def stop(self) -> None:
        """Hang up, stop what is under way and switch the radio off."""
        self._is_on = False
        await self.hang_up()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with contextlib.suppress(BaseBumbleError, asyncio.CancelledError):
            await self.device.power_off()

    async def hang_up(self) -> None:
        """Cut the link, as when the strap walks out of reach."""
        for connection in list(self.device.connections.values()):
            with contextlib.suppress(BaseBumbleError):
                await connection.disconnect()

    async def _follow_power(self) -> None:
        """Be found while there is power for it and nobody is here; an empty strap is silent."""
        async with self._switching:
            if not self._is_on:
                return
            if not self.strap.is_awake:
                await self.device.stop_advertising()
                await self.hang_up()
            elif not self.device.connections:
                await self._advertise()

    async def _advertise(self) -> None:
        # Not left to bumble's own restart, which would undo stop_advertising after a hang-up.
        await self.device.start_advertising(
            auto_restart=False,
            advertising_data=advertisement(),
            scan_response_data=scan_response(),
            advertising_interval_min=ADVERTISING_MS,
            advertising_interval_max=ADVERTISING_MS,
        )

    def _now(self) -> datetime:
        zone = timezone(timedelta(seconds=self.strap.wrist.offset))
        return datetime.fromtimestamp(self.strap.clock.unix(), zone)

    def _on_connection(self, connection: Connection) -> None:
        paired: list[str] = []
        connection.on(
            connection.EVENT_PAIRING, lambda *_: paired.append(str(connection.peer_address))
        )
        connection.on(connection.EVENT_DISCONNECTION, lambda _reason: self._on_gone())
        self._spawn(self._serve(connection, paired))

    async def _serve(self, connection: Connection, paired: list[str]) -> None:
        before = set(self.keys.peers)
        try:
            await encrypted(connection, seconds=60)
        except NotEncrypted:
            with contextlib.suppress(BaseBumbleError):
                await connection.disconnect()
            return
        self._connection = connection
        connection.on(connection.EVENT_DISCONNECTION, lambda _reason: self._on_end(connection))
        is_new = not before or str(connection.peer_address) not in before
        if is_new:
            await self._settle_owner(connection, before, paired)
        self.strap.linked_to(str(connection.peer_address))
        self._is_first_meeting = is_new
        client = self._client = AncsClient(
            connection,
            self._deliver,
            names=self.names,
            available=self._ancs_came,
            timeout=self._timeout,
        )
        await client.run()

    async def _settle_owner(
        self, connection: Connection, before: set[str], paired: list[str]
    ) -> None:
        for _ in range(100):  # the keys arrive a moment after the encryption
            if paired:
                break
            await asyncio.sleep(0.02)
        address = str(connection.peer_address)
        self.policy.close()
        for other in before - {address}:
            await self.keys.delete(other)
        if before:
            self.strap.new_owner(address)

    def _deliver(self, event: Event) -> None:
        self.strap.handle(event)

    def _ancs_came(self, there: bool) -> None:
        alerts = self.strap.alerts
        if there:  # the phone numbers its alerts anew whenever its service appears
            alerts.session_began(Phone.IPHONE, first_meeting=self._is_first_meeting)
            self._is_first_meeting = False
        else:
            alerts.link_lost(Phone.IPHONE, self.strap.clock.monotonic())

    def _on_end(self, connection: Connection) -> None:
        if self._connection is connection:
            self._connection = self._client = None
            self.strap.unlinked()

    def _on_gone(self) -> None:
        if self._is_on:
            self._spawn(self._follow_power())

    def _answer(self, alert: Alert, accept: bool) -> None:
        if alert.key.stale:
            return
        if alert.key.phone is Phone.IPHONE and self._client and self._client.session:
            action = ActionId.POSITIVE if accept else ActionId.NEGATIVE
            self._spawn(self._client.session.perform(alert.key.number, action))
        elif alert.key.phone is Phone.ANDROID and not accept:
            self._spawn(self.role.dismiss(alert.key.number))

    def _on_event(self, event: StrapEvent) -> None:
        if not isinstance(event, PowerChanged) or not self._is_on:
            return
        if event.awake != self._was_awake:
            self._was_awake = event.awake
            self._spawn(self._follow_power())
        if self.strap.linked:
            self._spawn(self._tell_battery(event.percent))

    async def _tell_battery(self, percent: int) -> None:
        await self._standard.battery_changed()
        await self.role.set_battery(Battery(percent))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        async def quietly() -> None:
            with contextlib.suppress(AncsError, LinkLost, BaseBumbleError):
                await work

        task = asyncio.get_running_loop().create_task(quietly())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
