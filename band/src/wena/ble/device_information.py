# SPDX-License-Identifier: Apache-2.0
"""What the Device Information Service (0x180A) of the strap says: texts in UTF-8, nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass

SERVICE = 0x180A
MODEL_NUMBER = 0x2A24
SERIAL_NUMBER = 0x2A25
FIRMWARE_REVISION = 0x2A26
SOFTWARE_REVISION = 0x2A28
MANUFACTURER_NAME = 0x2A29


@dataclass(frozen=True, slots=True)
class DeviceInformation:
    """Who made this strap and which one it is. It does not claim to be the maker's own."""

    manufacturer: str = "First Flight"
    model: str = "WNW-21A (software strap)"
    serial: str = "00000001"
    firmware: str = "0.1.0"
    software: str = "wena 0.1.0"

    def values(self) -> Mapping[int, bytes]:
        """Characteristic number to value."""
        return {
            MANUFACTURER_NAME: self.manufacturer.encode(),
            MODEL_NUMBER: self.model.encode(),
            SERIAL_NUMBER: self.serial.encode(),
            FIRMWARE_REVISION: self.firmware.encode(),
            SOFTWARE_REVISION: self.software.encode(),
        }
