# SPDX-License-Identifier: Apache-2.0
"""A link to a strap over a real radio (or a simulated one), by bumble: the companion's adapter.

It owns finding, pairing, reconnecting and the mapping of errors. Every wait is bounded; a cut link
fails what is under way. Not known of a real wena 3, so tried in the order most likely to work: how
it pairs (a number to compare, a code to type in, or nothing), the MTU it takes, and whether writes
need an answer (they get one where the characteristic allows it).
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import TypeVar

from bumble.att import ATT_Error
from bumble.core import UUID, BaseBumbleError, ProtocolError
from bumble.device import Advertisement, Connection, Device, Peer
from bumble.gatt import Characteristic as GattCharacteristic
from bumble.gatt_client import CharacteristicProxy
from bumble.hci import Address
from bumble.host import Host
from bumble.pairing import PairingConfig

from wena.ble.errors import NoRadio
from wena.ble.key_file import KeyFile
from wena.ble.radio import make_device, real_radio
from wena.companion.errors import NotPaired, StrapNotFound
from wena.companion.home import Home
from wena.companion.owner_agent import OwnerAgent
from wena.wena3.errors import LinkLost, NoAnswer, StrapRefused
from wena.wena3.gatt import ADVERTISED_NAME, Characteristic, Service
from wena.wena3.link import OnValue

ANSWER_S = 10.0
CONNECT_S = 20.0
PAIR_S = 60.0
WANTED_MTU = 247
NAME = "wena companion"
Result = TypeVar("Result")


class BumbleLink:
    """A connected, encrypted strap whose characteristics have been found."""

    def __init__(
        self, connection: Connection, found: dict[Characteristic, CharacteristicProxy[bytes]]
    ):
        self._connection = connection
        self._found = found
        self._lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        connection.on(connection.EVENT_DISCONNECTION, self._on_lost)

    async def write(self, characteristic: Characteristic, value: bytes) -> None:
        proxy = self._proxy(characteristic)
        answered = bool(proxy.properties & GattCharacteristic.Properties.WRITE)
        await self._do(proxy.write_value(value, with_response=answered))

    async def read(self, characteristic: Characteristic) -> bytes:
        value: bytes = await self._do(self._proxy(characteristic).read_value())
        return value

    async def subscribe(self, characteristic: Characteristic, on_value: OnValue) -> None:
        proxy = self._found.get(characteristic)
        can_tell = GattCharacteristic.Properties.NOTIFY | GattCharacteristic.Properties.INDICATE
        if proxy is not None and proxy.properties & can_tell:
            await self._do(proxy.subscribe(on_value))

    async def until_lost(self) -> None:
        await asyncio.shield(self._lost)
        raise LinkLost

    async def close(self) -> None:
        if not self._lost.done():
            await bounded(self._connection.disconnect(), ANSWER_S)

    def _on_lost(self, _reason: int) -> None:
        if not self._lost.done():
            self._lost.set_result(None)

    def _proxy(self, characteristic: Characteristic) -> CharacteristicProxy[bytes]:
        if self._lost.done():
            raise LinkLost
        if characteristic not in self._found:
            name = characteristic.name.lower()
            raise StrapRefused(f"This device has no “{name}”: is it a wena 3?")
        return self._found[characteristic]

    async def _do(self, work: Awaitable[Result]) -> Result:
        try:
            return await bounded(work, ANSWER_S, self._lost)
        except ATT_Error as error:
            raise StrapRefused(f"The strap refused ({error}). {StrapRefused.__doc__}") from error


async def bounded(
    work: Awaitable[Result], seconds: float, lost: "asyncio.Future[None] | None" = None
) -> Result:
    """The result of `work`. Raises NoAnswer after `seconds`, LinkLost when the link is cut."""
    task = asyncio.ensure_future(work)
    waiting: set[asyncio.Future[object]] = {task}  # type: ignore[arg-type]
    if lost is not None:
        waiting.add(lost)  # type: ignore[arg-type]
    try:
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if task.done() and not task.cancelled():
            return task.result()
    except ATT_Error:
        raise
    except (BaseBumbleError, ProtocolError) as error:
        raise LinkLost from error
    finally:
        task.cancel()
    if task.cancelled() or (lost is not None and lost.done()):
        raise LinkLost
    raise NoAnswer


async def scan(device: Device, seconds: float) -> list[tuple[str, int]]:
    """Addresses and signal strengths (dBm) of the straps heard, the strongest first."""
    heard: dict[str, int] = {}

    def take(advertisement: Advertisement) -> None:
        if name_of(advertisement) == ADVERTISED_NAME:
            heard[str(advertisement.address)] = advertisement.rssi

    device.on(device.EVENT_ADVERTISEMENT, take)
    await device.start_scanning(active=True)
    try:
        await asyncio.sleep(seconds)
    finally:
        await device.stop_scanning()
        device.remove_listener(device.EVENT_ADVERTISEMENT, take)
    return sorted(heard.items(), key=lambda pair: -pair[1])


def name_of(advertisement: Advertisement) -> str | None:
    """The name in advertising, whole or short."""
    data = advertisement.data
    for kind in (data.Type.COMPLETE_LOCAL_NAME, data.Type.SHORTENED_LOCAL_NAME):
        name = data.get(kind)
        if name is not None:
            return str(name)
    return None


async def connect(device: Device, address: Address, *, is_new: bool) -> BumbleLink:
    """Connect, pair where `is_new`, else encrypt with the kept keys, and find what is there.

    Raises StrapNotFound, StrapRefused, LinkLost, NoAnswer.
    """
    try:
        connection = await bounded(device.connect(address, timeout=CONNECT_S), CONNECT_S + 5)
    except (LinkLost, NoAnswer) as error:
        raise StrapNotFound from error
    try:
        await bounded(connection.pair() if is_new else connection.encrypt(), PAIR_S)
    except LinkLost as error:
        if not is_new and not connection.is_encrypted:
            raise StrapRefused(
                "The strap no longer knows this computer. Pair again: wena companion pair"
            ) from error
        raise StrapRefused("Pairing failed. " + str(StrapRefused.__doc__)) from error
    peer = Peer(connection)
    await bounded(peer.request_mtu(WANTED_MTU), ANSWER_S)
    return BumbleLink(connection, await _discover(peer))


async def _discover(peer: Peer) -> dict[Characteristic, CharacteristicProxy[bytes]]:
    await bounded(peer.discover_services([UUID(service.uuid) for service in Service]), ANSWER_S)
    found = {}
    for service in peer.services:
        await bounded(service.discover_characteristics(), ANSWER_S)
        for proxy in service.characteristics:
            for characteristic in Characteristic:
                if proxy.uuid == UUID(characteristic.uuid):
                    found[characteristic] = proxy
    return found


def companion_device(host: Host, home: Home, agent: OwnerAgent) -> Device:
    """Our side of the radio: keys kept in the home folder, pairing as the owner answers."""
    home.make()
    device = make_device(host, KeyFile(home.keys), NAME)
    device.pairing_config_factory = lambda _: PairingConfig(
        sc=True,
        mitm=True,
        bonding=True,
        identity_address_type=PairingConfig.AddressType.RANDOM,
        delegate=agent,
    )
    return device


def paired_address(home: Home) -> Address:
    """The strap that was paired. Raises NotPaired."""
    try:
        kept = json.loads(home.strap.read_text(encoding="utf-8"))
        return Address(kept["address"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotPaired from error


def keep_address(home: Home, address: str) -> None:
    """Remember the strap that was paired."""
    home.strap.write_text(json.dumps({"address": address}) + "\n", encoding="utf-8")


@asynccontextmanager
async def paired_link(transport: str, home: Home) -> AsyncIterator[BumbleLink]:
    """A link to the paired strap. Raises NotPaired, NoRadio and the errors of `connect`."""
    address = paired_address(home)
    async with powered(transport, home, OwnerAgent()) as device:
        link = await connect(device, address, is_new=False)
        try:
            yield link
        finally:
            await link.close()


@asynccontextmanager
async def powered(transport: str, home: Home, agent: OwnerAgent) -> AsyncIterator[Device]:
    """Our device on a real radio, switched on. Raises NoRadio."""
    async with real_radio(transport) as host:
        device = companion_device(host, home, agent)
        try:
            await bounded(device.power_on(), ANSWER_S)
        except (LinkLost, NoAnswer) as error:
            raise NoRadio(f"The Bluetooth controller at “{transport}” does not answer.") from error
        try:
            yield device
        finally:
            await device.power_off()
