# SPDX-License-Identifier: Apache-2.0
"""The byte layout of the Battery Service (0x180F): Battery Level (2A19), one byte, 0 to 100 %."""

from wena.ble.errors import MalformedValue

SERVICE = 0x180F
BATTERY_LEVEL = 0x2A19


def encode_level(percent: int) -> bytes:
    """The value for a percentage; what lies outside 0 to 100 is limited."""
    return bytes([max(0, min(percent, 100))])


def decode_level(value: bytes) -> int:
    """The percentage. Raises MalformedValue for another length or a reserved value over 100."""
    if len(value) != 1 or value[0] > 100:
        raise MalformedValue("A battery level is one byte from 0 to 100.")
    return value[0]
