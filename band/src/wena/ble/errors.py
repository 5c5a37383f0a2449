# SPDX-License-Identifier: Apache-2.0
"""What can go wrong with the radio, its keys and the standard services."""


class BleError(Exception):
    """Something went wrong with Bluetooth."""

    code = "ble"

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__class__.__doc__ or "").strip())


class MalformedValue(BleError):
    """A value of a standard service does not follow its format."""

    code = "ble_malformed_value"


class AdvertisementTooLong(BleError):
    """An advertisement holds at most 31 bytes; choose a shorter name."""

    code = "ble_advertisement_too_long"


class BadKeyFile(BleError):
    """The file of Bluetooth keys cannot be read. Move it away and pair again."""

    code = "ble_bad_key_file"


class NotEncrypted(BleError):
    """The phone did not pair with the strap in time."""

    code = "ble_not_encrypted"


class NoRadio(BleError):
    """The Bluetooth controller cannot be reached."""

    code = "ble_no_radio"
