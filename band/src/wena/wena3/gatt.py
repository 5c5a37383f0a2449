# SPDX-License-Identifier: Apache-2.0
"""The GATT map of a wena 3: three services, six characteristics, one name in advertising.

All UUIDs are 4EFDxxxx-A6C1-16F0-062F-F196CF496695.
"""

import enum

ADVERTISED_NAME = "WNW-21A"


class Service(enum.IntEnum):
    """The three services, by the four digits of their UUID."""

    COMMON = 0x1501
    NOTIFICATION = 0x4001
    ACTIVITY = 0x3001

    @property
    def uuid(self) -> str:
        """The whole UUID, in lower case."""
        return full_uuid(self)


class Characteristic(enum.IntEnum):
    """The six characteristics, by the four digits of their UUID."""

    MODE = 0x1503
    CONTROL = 0x1514
    INFO = 0x1520
    STATE = 0x1521
    NOTIFY = 0x4002
    ACTIVITY = 0x3002

    @property
    def uuid(self) -> str:
        """The whole UUID, in lower case."""
        return full_uuid(self)

    @property
    def service(self) -> Service:
        """The service that holds it."""
        if self is Characteristic.NOTIFY:
            return Service.NOTIFICATION
        return Service.ACTIVITY if self is Characteristic.ACTIVITY else Service.COMMON


def full_uuid(digits: int) -> str:
    """The 128-bit UUID for the four digits used in the documentation."""
    return f"4efd{digits:04x}-a6c1-16f0-062f-f196cf496695"
