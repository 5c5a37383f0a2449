# SPDX-License-Identifier: Apache-2.0
"""The bytes that the strap advertises. Pure: bytes out, no radio.

An iPhone connects to accessories that solicit ANCS; the companion app of the wena 3 looks for the
exact name `WNW-21A`. Both fit into one advertisement of 31 bytes:

    02 01 flags | 11 15 ANCS UUID (solicitation) | n+1 09 complete name

and the scan response names the services: the 16-bit ones, then the wena 3 common service.
"""

from uuid import UUID

from wena.ble.errors import AdvertisementTooLong

WENA3_NAME = "WNW-21A"
WENA3_COMMON_SERVICE = UUID("4efd1501-a6c1-16f0-062f-f196cf496695")
ANCS_SERVICE = UUID("7905f431-b5ce-4e99-a40f-4b1e122d00d0")
STANDARD_SERVICES = (0x180F, 0x180A, 0x1805, 0x1814)

LE_GENERAL_DISCOVERABLE = 0x02
NO_BR_EDR = 0x04
LIMIT = 31

_FLAGS, _UUIDS_16, _UUIDS_128, _NAME, _SOLICIT_128 = 0x01, 0x02, 0x06, 0x09, 0x15


def _structure(kind: int, value: bytes) -> bytes:
    return bytes([len(value) + 1, kind]) + value


def advertisement(name: str = WENA3_NAME) -> bytes:
    """Flags, solicitation of ANCS, complete name. Raises AdvertisementTooLong over 31 bytes."""
    data = (
        _structure(_FLAGS, bytes([LE_GENERAL_DISCOVERABLE | NO_BR_EDR]))
        + _structure(_SOLICIT_128, ANCS_SERVICE.bytes[::-1])
        + _structure(_NAME, name.encode())
    )
    if len(data) > LIMIT:
        raise AdvertisementTooLong(
            f"The name “{name}” leaves no room: at most {LIMIT - 23} bytes fit."
        )
    return data


def scan_response() -> bytes:
    """Incomplete lists of the services the strap offers."""
    standard = b"".join(number.to_bytes(2, "little") for number in STANDARD_SERVICES)
    return _structure(_UUIDS_16, standard) + _structure(
        _UUIDS_128, WENA3_COMMON_SERVICE.bytes[::-1]
    )
