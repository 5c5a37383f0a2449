# SPDX-License-Identifier: Apache-2.0
"""ANCS as a GATT service of a simulated iPhone: it can appear, vanish and misbehave.

An adapter from `NotificationCenter` to bumble. Subscriptions and commands need an encrypted link,
as on a real iPhone.
"""

import asyncio
import struct
from dataclasses import dataclass

from bumble.att import ATT_Error, Attribute
from bumble.core import UUID
from bumble.device import Connection, Device
from bumble.gatt import (
    GATT_CLIENT_CHARACTERISTIC_CONFIGURATION_DESCRIPTOR,
    GATT_GENERIC_ATTRIBUTE_SERVICE,
    GATT_SERVICE_CHANGED_CHARACTERISTIC,
    Characteristic,
    CharacteristicValue,
    Descriptor,
    Service,
)

from wena.ancs.errors import PhoneRefused
from wena.ancs.model import (
    CONTROL_POINT_UUID,
    DATA_SOURCE_UUID,
    NOTIFICATION_SOURCE_UUID,
    SERVICE_UUID,
)
from wena.testing.notification_center import NotificationCenter

_ENCRYPTED_WRITE = Attribute.WRITEABLE | Attribute.WRITE_REQUIRES_ENCRYPTION
_NOTIFY = Characteristic.Properties.NOTIFY


@dataclass
class Faults:
    """How the phone misbehaves. `fragment` is bytes a Data Source value; None: what the link takes.

    `deaf` leaves requests without an answer, `delay` waits that many seconds before each.
    """

    deaf: bool = False
    delay: float = 0.0
    fragment: int | None = None


class AncsService:
    """The service on `device`. Publishing it again gives it other handles."""

    def __init__(self, device: Device, center: NotificationCenter) -> None:
        self.faults = Faults()
        self.requests = 0
        self._device = device
        self._center = center
        self._published: list[Service] = []
        self._generation = 0
        self._late: set[asyncio.Task[None]] = set()
        self._source: Characteristic[bytes] | None = None
        self._data: Characteristic[bytes] | None = None
        center.announce = self._announce

    @property
    def is_published(self) -> bool:
        """Whether the service is there now."""
        return bool(self._published)

    @property
    def is_subscribed(self) -> bool:
        """Whether a strap listens to both sources now."""
        wanted = {one.handle for one in (self._source, self._data) if one is not None}
        return any(
            wanted <= {handle for handle, value in held.items() if value[0]}
            for held in self._device.gatt_server.subscribers.values()
            if wanted
        )

    async def publish(self) -> None:
        """The service appears, and a connected strap that asked for it is told so."""
        if self._published:
            return
        self._generation += 1
        service = self._make()
        # Every second time something stands before it, so that its handles move.
        spacer = [Service(UUID.from_16_bits(0x180A), [])] if self._generation % 2 == 0 else []
        self._published = [*spacer, service]
        self._device.gatt_server.add_services(self._published)
        await self._tell()

    async def withdraw(self) -> None:
        """The service vanishes, as when the phone switches its notifications off."""
        server = self._device.gatt_server
        if not self._published:
            return
        first = self._published[0].handle
        server.services = [one for one in server.services if one not in self._published]
        server.attributes = [one for one in server.attributes if one.handle < first]
        server.attributes_by_handle.clear()
        for subscriptions in server.subscribers.values():
            for handle in [handle for handle in subscriptions if handle >= first]:
                del subscriptions[handle]
        self._published, self._source, self._data = [], None, None
        await self._tell()

    def _make(self) -> Service:
        self._source = self._notifying(NOTIFICATION_SOURCE_UUID)
        self._data = self._notifying(DATA_SOURCE_UUID)
        self._source.on(Characteristic.EVENT_SUBSCRIPTION, self._on_subscription)
        control: Characteristic[bytes] = Characteristic(
            UUID(CONTROL_POINT_UUID),
            Characteristic.Properties.WRITE,
            _ENCRYPTED_WRITE,
            CharacteristicValue(write=self._on_command),
        )
        return Service(UUID(SERVICE_UUID), [self._source, control, self._data])

    def _notifying(self, uuid: str) -> Characteristic[bytes]:
        descriptors: list[Descriptor] = []
        characteristic: Characteristic[bytes] = Characteristic(
            UUID(uuid), _NOTIFY, Characteristic.Permissions(0), b"", descriptors
        )
        descriptors.append(
            Descriptor(
                GATT_CLIENT_CHARACTERISTIC_CONFIGURATION_DESCRIPTOR,
                Attribute.READABLE | _ENCRYPTED_WRITE,
                self._device.gatt_server.make_descriptor_value(characteristic),
            )
        )
        return characteristic

    def _on_subscription(self, _bearer: Connection, enabled: bool, _indicate: bool) -> None:
        if enabled:
            for value in self._center.new_session():
                self._announce(value)

    def _announce(self, value: bytes) -> None:
        if self._source is not None:
            self._spawn_notify(self._source, [value])

    async def _on_command(self, connection: Connection, value: bytes) -> None:
        self.requests += 1
        try:
            answer = self._center.answer(value)
        except PhoneRefused as error:
            raise ATT_Error(error.status) from error
        if not self.faults.deaf and answer and self._data is not None:
            size = self.faults.fragment or connection.att_mtu - 3
            fragments = [answer[at : at + size] for at in range(0, len(answer), size)]
            self._spawn_notify(self._data, fragments, self.faults.delay)

    def _spawn_notify(
        self, characteristic: Characteristic[bytes], values: list[bytes], delay: float = 0.0
    ) -> None:
        async def send() -> None:
            if delay:
                await asyncio.sleep(delay)
            for value in values:
                await self._device.notify_subscribers(characteristic, value)

        task = asyncio.get_running_loop().create_task(send())
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    async def _tell(self) -> None:
        found = self._device.gatt_server.get_characteristic_attributes(
            GATT_GENERIC_ATTRIBUTE_SERVICE, GATT_SERVICE_CHANGED_CHARACTERISTIC
        )
        if found is not None:
            value = struct.pack("<HH", 1, 0xFFFF)
            await self._device.indicate_subscribers(found[1], value)
