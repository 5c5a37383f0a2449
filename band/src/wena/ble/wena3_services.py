# SPDX-License-Identifier: Apache-2.0
"""The three services of the wena 3 protocol on a device of ours: from a StrapRole to bumble.

Every characteristic needs an encrypted link, so that nobody but the bonded phone reads the log or
writes settings. Long values arrive by prepared writes, which bumble joins. A notification goes only
to a phone that subscribed.
"""

from bumble.core import UUID, BaseBumbleError
from bumble.device import Connection, Device
from bumble.gatt import Characteristic as GattCharacteristic
from bumble.gatt import CharacteristicValue
from bumble.gatt import Service as GattService

from wena.wena3.errors import LinkLost
from wena.wena3.gatt import Characteristic, Service
from wena.wena3.strap_role import StrapRole

ATT_HEADER = 3
_PROPERTIES = GattCharacteristic.Properties
_PERMISSIONS = GattCharacteristic.Permissions
_ENCRYPTED = (
    _PERMISSIONS.READABLE
    | _PERMISSIONS.WRITEABLE
    | _PERMISSIONS.READ_REQUIRES_ENCRYPTION
    | _PERMISSIONS.WRITE_REQUIRES_ENCRYPTION
)
_WRITE_NOTIFY = _PROPERTIES.WRITE | _PROPERTIES.NOTIFY
_READ_NOTIFY = _PROPERTIES.READ | _PROPERTIES.NOTIFY
PROPERTIES = {
    Characteristic.MODE: _READ_NOTIFY | _PROPERTIES.WRITE,
    Characteristic.CONTROL: _WRITE_NOTIFY,
    Characteristic.INFO: _READ_NOTIFY,
    Characteristic.STATE: _READ_NOTIFY,
    Characteristic.NOTIFY: _WRITE_NOTIFY,
    Characteristic.ACTIVITY: _WRITE_NOTIFY,
}


class Wena3Services:
    """The services on `device`. Set `role` before the device is switched on."""

    def __init__(self, device: Device) -> None:
        self.role: StrapRole | None = None
        self._device = device
        self._attributes = {kind: self._characteristic(kind) for kind in Characteristic}
        for service in Service:
            held = [self._attributes[kind] for kind in Characteristic if kind.service is service]
            device.add_service(GattService(UUID(service.uuid), held))
        device.on(device.EVENT_CONNECTION, self._on_connection)

    async def notify(self, characteristic: Characteristic, value: bytes) -> None:
        """Tell the connected phone, if it subscribed. Raises LinkLost without a phone."""
        connections = [one for one in self._device.connections.values() if one.is_encrypted]
        if not connections:
            raise LinkLost
        try:
            await self._device.notify_subscriber(
                connections[0], self._attributes[characteristic], value
            )
        except BaseBumbleError as error:
            raise LinkLost from error

    def _characteristic(self, kind: Characteristic) -> GattCharacteristic[bytes]:
        def read(_: Connection) -> bytes:
            return self.role.read(kind) if self.role else b""

        def write(_: Connection, value: bytes) -> None:
            if self.role:
                self.role.write(kind, value)

        return GattCharacteristic(
            UUID(kind.uuid), PROPERTIES[kind], _ENCRYPTED, CharacteristicValue(read, write)
        )

    def _on_connection(self, connection: Connection) -> None:
        def fit() -> None:
            if self.role:
                self.role.largest = connection.att_mtu - ATT_HEADER

        def over(_: int) -> None:
            if self.role:
                self.role.link_lost()

        fit()
        connection.on(connection.EVENT_CONNECTION_ATT_MTU_UPDATE, fit)
        connection.on(connection.EVENT_DISCONNECTION, over)
