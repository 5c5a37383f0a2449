# SPDX-License-Identifier: Apache-2.0
"""Where Bluetooth comes from: a real controller, or a simulated one on a link in this process.

It owns how a device of ours is built on either. It knows neither services nor phones.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bumble.controller import Controller
from bumble.device import Device, DeviceConfiguration
from bumble.host import Host
from bumble.link import LocalLink
from bumble.transport import open_transport
from bumble.transport.common import AsyncPipeSink

from wena.ble.errors import NoRadio
from wena.ble.key_file import KeyFile


def simulated_radio(name: str, link: LocalLink) -> Host:
    """A controller in software. All that share the `link` hear each other."""
    controller = Controller(name, link=link)
    return Host(controller, AsyncPipeSink(controller))


@asynccontextmanager
async def real_radio(transport: str) -> AsyncIterator[Host]:
    """A controller reached over one of bumble's transports, such as `usb:0`.

    Raises NoRadio when there is none, with what to try.
    """
    try:
        opened = await open_transport(transport)
    except Exception as error:  # bumble passes on what its libraries raise, and bare Exceptions
        raise NoRadio(
            f"No Bluetooth controller answers at “{transport}” ({error}). Is the dongle plugged "
            "in, and may you use it? On Linux, stop its driver first (sudo hciconfig hci0 down) "
            "and run as a user who may open USB devices."
        ) from error
    async with opened as (source, sink):
        yield Host(source, sink)


def make_device(host: Host, keys: KeyFile, name: str) -> Device:
    """A device with its own kept identity and keys, that pairs only as it is told to later."""
    device = Device(
        config=DeviceConfiguration(name=name, address=keys.address, irk=keys.identity_key),
        host=host,
    )
    device.keystore = keys
    return device
