# SPDX-License-Identifier: Apache-2.0
"""The standard services on a device of ours: battery, device information, time, running speed.

An adapter from the byte layouts beside it to bumble. Battery, model and time may be read by anybody
near; what tells of the wearer's movement needs an encrypted link.
"""

from collections.abc import Callable
from datetime import datetime

from bumble.core import UUID
from bumble.device import Connection, Device
from bumble.gatt import Characteristic, CharacteristicValue, Service

from wena.ble import battery_level, current_time, device_information, running_speed
from wena.ble.battery_level import encode_level
from wena.ble.current_time import LocalTime, encode_current_time
from wena.ble.device_information import DeviceInformation
from wena.ble.running_speed import LOCATION_OTHER, STRAP_FEATURES, RunningSpeed

_READ = Characteristic.Properties.READ
_NOTIFY = Characteristic.Properties.NOTIFY
_OPEN = Characteristic.Permissions.READABLE
_ENCRYPTED = _OPEN | Characteristic.Permissions.READ_REQUIRES_ENCRYPTION


class StandardServices:
    """`battery` gives percent, `now` the local time of day with its zone."""

    def __init__(
        self,
        device: Device,
        battery: Callable[[], int],
        now: Callable[[], datetime],
        information: DeviceInformation | None = None,
    ) -> None:
        self._device = device
        self._battery = battery
        self._now = now
        self._level = self._live(battery_level.BATTERY_LEVEL, lambda: encode_level(battery()))
        self._speed: Characteristic[bytes] = Characteristic(
            UUID.from_16_bits(running_speed.MEASUREMENT), _NOTIFY, _ENCRYPTED, b""
        )
        values = (information or DeviceInformation()).values().items()
        for number, held in (
            (battery_level.SERVICE, [self._level]),
            (device_information.SERVICE, [_fixed(kind, value) for kind, value in values]),
            (current_time.SERVICE, self._times()),
            (running_speed.SERVICE, [self._speed, *_speed_features()]),
        ):
            device.add_service(Service(UUID.from_16_bits(number), held))

    async def battery_changed(self) -> None:
        """Tell the phones that subscribed."""
        await self._device.notify_subscribers(self._level, encode_level(self._battery()))

    async def moved(self, speed: RunningSpeed) -> None:
        """Tell the phones that subscribed how fast the wearer walks."""
        await self._device.notify_subscribers(self._speed, bytes(speed))

    def _times(self) -> list[Characteristic[bytes]]:
        return [
            self._live(current_time.CURRENT_TIME, lambda: encode_current_time(self._now())),
            self._live(current_time.LOCAL_TIME_INFORMATION, self._zone, _READ),
        ]

    def _zone(self) -> bytes:
        offset = self._now().utcoffset()
        quarters = None if offset is None else int(offset.total_seconds()) // current_time.QUARTER
        return bytes(LocalTime(quarters, 0))

    def _live(
        self,
        number: int,
        value: Callable[[], bytes],
        properties: Characteristic.Properties = _READ | _NOTIFY,
    ) -> Characteristic[bytes]:
        def read(_: Connection) -> bytes:
            return value()

        return Characteristic(
            UUID.from_16_bits(number), properties, _OPEN, CharacteristicValue(read)
        )


def _fixed(number: int, value: bytes) -> Characteristic[bytes]:
    return Characteristic(UUID.from_16_bits(number), _READ, _OPEN, value)


def _speed_features() -> list[Characteristic[bytes]]:
    return [
        _fixed(running_speed.FEATURE, STRAP_FEATURES.to_bytes(2, "little")),
        _fixed(running_speed.SENSOR_LOCATION, bytes([LOCATION_OTHER])),
    ]
