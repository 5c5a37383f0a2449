# SPDX-License-Identifier: Apache-2.0
"""The companion and a strap over simulated Bluetooth: pair, set, fetch, come back, be refused."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bumble.core import AdvertisingData
from bumble.device import Device
from bumble.hci import Address
from bumble.link import LocalLink

from wena.ble.key_file import KeyFile
from wena.ble.pairing import PairingPolicy
from wena.ble.radio import make_device, simulated_radio
from wena.ble.wena3_services import Wena3Services
from wena.companion.bumble_link import companion_device, connect, scan
from wena.companion.home import Home
from wena.companion.owner_agent import OwnerAgent
from wena.companion.simulated_log import SimulatedLog
from wena.companion.sync import Patience, fetch_log
from wena.companion.verbs.pair_verb import become_phone
from wena.companion.visit import visit_over
from wena.wena3.clock import TimeZone
from wena.wena3.companion_role import Told
from wena.wena3.errors import LinkLost, StrapRefused
from wena.wena3.gatt import ADVERTISED_NAME, Characteristic
from wena.wena3.reports import Battery, DeviceInfo, Request
from wena.wena3.strap_role import StrapRole

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
PATIENCE = Patience(quiet_s=0.2, silence_s=2.0)


class Strap:
    """A strap on a simulated radio."""

    def __init__(self, radio: LocalLink) -> None:
        self.radio = radio
        keys = KeyFile()
        self.device = make_device(simulated_radio("strap", radio), keys, ADVERTISED_NAME)
        self.pairing = PairingPolicy(keys)
        self.device.pairing_config_factory = self.pairing.config
        self.services = Wena3Services(self.device)
        self.role = StrapRole(
            SimulatedLog(NOW, UTC, days=1),
            self.services.notify,
            info=DeviceInfo("1.2.3", 7),
            battery=Battery(64),
        )
        self.services.role = self.role

    async def advertise(self) -> None:
        name = (AdvertisingData.Type.COMPLETE_LOCAL_NAME, ADVERTISED_NAME.encode())
        self.device.advertising_data = bytes(AdvertisingData([name]))
        await self.device.power_on()
        await self.device.start_advertising(auto_restart=True)

    @property
    def address(self) -> Address:
        return self.device.random_address


@pytest.fixture
async def strap() -> Strap:
    strap = Strap(LocalLink())  # type: ignore[no-untyped-call]
    await strap.advertise()
    return strap


async def our_device(strap: Strap, home: Home) -> Device:
    async def yes(_: str) -> str:
        return "y"

    host = simulated_radio(f"companion {home.folder.name}", strap.radio)
    device = companion_device(host, home, OwnerAgent(yes))
    await device.power_on()
    return device


async def test_a_new_owner_pairs_and_gets_the_whole_log(strap: Strap, tmp_path: Path) -> None:
    """Given a new strap, when paired and synced twice, all records are there, each once."""
    home = Home(tmp_path / "a")
    device = await our_device(strap, home)
    ((address, _),) = await scan(device, 1.5)
    link = await connect(device, Address(address), is_new=True)
    answers = iter(["n", "y"])

    async def ask(_: str) -> str:
        return next(answers)

    await become_phone(home, link, address, ask)
    assert TimeZone in strap.role.shown.settings
    assert strap.role.malformed == 0
    async with visit_over(home, link) as here:
        await here.role.subscribe()
        fetched = await fetch_log(here.role, link, patience=PATIENCE)
        assert fetched.is_complete
        assert here.new_records > 8_000
        again = here.store.count()
        await fetch_log(here.role, link, patience=PATIENCE)
        assert here.store.count() == again
    await link.close()


async def test_a_bonded_owner_comes_back_without_pairing(strap: Strap, tmp_path: Path) -> None:
    home = Home(tmp_path / "a")
    device = await our_device(strap, home)
    link = await connect(device, strap.address, is_new=True)
    await link.close()
    await asyncio.sleep(0.1)
    link = await connect(device, strap.address, is_new=False)
    assert await link.read(Characteristic.STATE) == b"\x40"
    await link.close()


async def test_a_stranger_reads_nothing(strap: Strap, tmp_path: Path) -> None:
    """Given a strap with an owner, when another pairs or just connects, then it learns nothing."""
    owner = await our_device(strap, Home(tmp_path / "a"))
    await (await connect(owner, strap.address, is_new=True)).close()
    await asyncio.sleep(0.1)
    stranger = await our_device(strap, Home(tmp_path / "b"))
    with pytest.raises(StrapRefused):
        await connect(stranger, strap.address, is_new=True)


async def test_requests_of_the_strap_arrive(strap: Strap, tmp_path: Path) -> None:
    home = Home(tmp_path / "a")
    device = await our_device(strap, home)
    link = await connect(device, strap.address, is_new=True)
    told: list[Told] = []
    async with visit_over(home, link, told.append) as here:
        await here.role.subscribe()
        await strap.role.ask(Request.FIND_PHONE)
        asked = await asyncio.wait_for(here.role.requests.get(), 2)
        assert asked.request is Request.FIND_PHONE
        await strap.role.set_battery(Battery(9))
        await asyncio.sleep(0.1)
        assert Battery(9) in told
    await link.close()


async def test_a_cut_link_fails_what_is_under_way_and_later_writes(
    strap: Strap, tmp_path: Path
) -> None:
    device = await our_device(strap, Home(tmp_path / "a"))
    link = await connect(device, strap.address, is_new=True)
    waiting = asyncio.ensure_future(link.until_lost())
    await asyncio.sleep(0)
    await next(iter(strap.device.connections.values())).disconnect()
    with pytest.raises(LinkLost):
        await asyncio.wait_for(waiting, 2)
    with pytest.raises(LinkLost):
        await link.write(Characteristic.CONTROL, b"\x16\x06")
