# SPDX-License-Identifier: Apache-2.0
"""A simulated iPhone: it looks for an accessory that solicits ANCS, bonds with it and notifies it.

Shipped, so that whoever builds a strap can try it without a phone. It follows Apple's
specification; it has not been compared with a real iPhone.

    link = LocalLink()
    phone = SimulatedIphone(simulated_radio("iPhone", link))
    await phone.start()
    await phone.meet()
    phone.center.post(PhoneNotification("com.apple.MobileSMS", "Aya", "On my way"))
"""

import asyncio
import contextlib

from bumble.core import AdvertisingData, BaseBumbleError
from bumble.device import Advertisement, Connection
from bumble.hci import Address
from bumble.host import Host

from wena.ble.advertising import ANCS_SERVICE
from wena.ble.errors import NotEncrypted
from wena.ble.key_file import KeyFile
from wena.ble.pairing import Confirm, just_works, pairing_config
from wena.ble.radio import make_device
from wena.testing.ancs_service import AncsService
from wena.testing.notification_center import NotificationCenter

_SOLICITATION = AdvertisingData.Type.LIST_OF_128_BIT_SERVICE_SOLICITATION_UUIDS


class SimulatedIphone:
    """One phone. `confirm` is its owner, who compares the numbers while pairing."""

    def __init__(
        self,
        host: Host,
        keys: KeyFile | None = None,
        confirm: Confirm | None = just_works,
        *,
        timeout: float = 10.0,
    ) -> None:
        self.keys = keys or KeyFile()
        self.center = NotificationCenter()
        self.device = make_device(host, self.keys, "iPhone")
        self.device.pairing_config_factory = lambda _: pairing_config(confirm)
        self.ancs = AncsService(self.device, self.center)
        self.connection: Connection | None = None
        self._timeout = timeout
        self._strap: Address | None = None

    async def start(self, *, ancs: bool = True) -> None:
        """Switch the phone on; without `ancs` its service is not there yet."""
        await self.device.power_on()
        if ancs:
            await self.ancs.publish()

    @property
    def is_connected(self) -> bool:
        """Whether a strap is linked now."""
        return self.connection is not None

    async def find(self) -> Address:
        """The address of the first accessory that solicits ANCS. Raises TimeoutError."""
        found: asyncio.Future[Address] = asyncio.get_running_loop().create_future()

        def look(advertisement: Advertisement) -> None:
            solicited = advertisement.data.get_all(_SOLICITATION, raw=True)
            if ANCS_SERVICE.bytes[::-1] in solicited and not found.done():
                found.set_result(advertisement.address)

        self.device.on(self.device.EVENT_ADVERTISEMENT, look)
        await self.device.start_scanning()
        try:
            return await asyncio.wait_for(found, self._timeout)
        finally:
            self.device.remove_listener(self.device.EVENT_ADVERTISEMENT, look)
            await self.device.stop_scanning()

    async def meet(self) -> Connection:
        """Find the strap, connect, and pair, or encrypt with the keys of an earlier meeting.

        Raises NotEncrypted when the strap does not pair, TimeoutError when there is none.
        """
        if self._strap is None:
            self._strap = await self.find()
        connection = await asyncio.wait_for(
            self.device.connect(self._strap, timeout=self._timeout), self._timeout + 1
        )
        connection.on(connection.EVENT_DISCONNECTION, self._on_disconnection)
        self.connection = connection
        await self._secure(connection)
        return connection

    async def leave(self) -> None:
        """Walk out of reach."""
        if self.connection is not None:
            gone = self.connection
            self.connection = None
            with contextlib.suppress(BaseBumbleError):
                await gone.disconnect()

    async def _secure(self, connection: Connection) -> None:
        known = self.keys.has(str(connection.peer_address))
        try:
            async with asyncio.timeout(self._timeout):
                if known:
                    await connection.encrypt()
                else:
                    await connection.pair()
        except (BaseBumbleError, TimeoutError) as error:
            await self.leave()
            raise NotEncrypted from error
        except asyncio.CancelledError:
            # bumble cancels what waits when the link goes; our own cancellation has no such cause.
            if self.connection is not None:
                raise
            raise NotEncrypted from None

    def _on_disconnection(self, _reason: int) -> None:
        self.connection = None
