# SPDX-License-Identifier: Apache-2.0
"""Short values from the strap.

`band_request`, a notification on `notify`: request i8, and for some a detail.
`battery`, read from or notified by `state`: percent; further bytes are ignored.
`device_info`, read from `info`: 8 bytes firmware text, i32 serial number; more is ignored.
"""

import enum
from dataclasses import dataclass

from wena.wena3.errors import MalformedPacket
from wena.wena3.reading import Reading
from wena.wena3.text import read_text
from wena.wena3.wire import pack_i32, read_i32

FIRMWARE_SIZE = 8


class Request(enum.IntEnum):
    """What the strap asks of the phone."""

    SYNC_REQUEST = 0
    CALENDAR_REQUEST = 1
    FIND_PHONE = 2
    WEATHER_REQUEST = 3
    RIIIVER_BUTTON = 4
    RIIIVER_HOME_ICON = 5
    UNKNOWN_6 = 6
    NOTIFICATION_DISMISSED = 10
    MUSIC_REQUEST = 11


@dataclass(frozen=True, slots=True)
class BandRequest:
    """A request by number, known or not, with the bytes that follow it."""

    number: int
    detail: bytes = b""

    @classmethod
    def from_bytes(cls, value: bytes) -> "BandRequest":
        """Raises MalformedPacket for an empty value."""
        if not value:
            raise MalformedPacket("A request has at least one byte.")
        return cls(value[0] - 256 if value[0] > 127 else value[0], value[1:])

    def __bytes__(self) -> bytes:
        return bytes([self.number & 0xFF]) + self.detail

    @property
    def request(self) -> Request | None:
        """What is asked, if it is known."""
        try:
            return Request(self.number)
        except ValueError:
            return None

    @property
    def name(self) -> str:
        """The name used in documents, or `unknown`."""
        return "unknown" if self.request is None else self.request.name.lower()

    @property
    def dismissed_id(self) -> int | None:
        """The id of the notification that the wearer dismissed, where this says so."""
        if self.request is not Request.NOTIFICATION_DISMISSED or len(self.detail) < 4:
            return None
        return read_i32(self.detail, 0)


@dataclass(frozen=True, slots=True)
class Battery:
    """The charge in percent. Whether it is being charged is not told."""

    percent: int

    @classmethod
    def from_bytes(cls, value: bytes, reading: Reading = Reading.CAREFUL) -> "Battery":
        """Raises MalformedPacket for an empty value, and above 127 in the careful reading.

        The source reads a signed byte, so 255 is -1 there.
        """
        if not value:
            raise MalformedPacket("A battery level has at least one byte.")
        percent = value[0]
        if percent > 127:
            if reading is Reading.CAREFUL:
                raise MalformedPacket(f"{percent} percent is not a battery level.")
            percent -= 256
        return cls(percent)

    def __bytes__(self) -> bytes:
        return bytes([self.percent & 0xFF])


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """Firmware text as sent (zero bytes stay in `firmware`), and the serial number, signed."""

    firmware: str
    serial: int

    @classmethod
    def from_bytes(cls, value: bytes) -> "DeviceInfo":
        """Raises MalformedPacket for fewer than 12 bytes."""
        if len(value) < FIRMWARE_SIZE + 4:
            raise MalformedPacket(f"Device information has 12 bytes; this has {len(value)}.")
        return cls(read_text(value[:FIRMWARE_SIZE]), read_i32(value, FIRMWARE_SIZE))

    def __bytes__(self) -> bytes:
        text = self.firmware.encode()[:FIRMWARE_SIZE].ljust(FIRMWARE_SIZE, b"\x00")
        return text + pack_i32(self.serial, "serial")

    @property
    def version(self) -> str:
        """The firmware for people: without zero bytes and spaces."""
        return self.firmware.replace("\x00", " ").strip()
