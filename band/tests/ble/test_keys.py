# SPDX-License-Identifier: Apache-2.0
"""Keys that outlive a restart, and who may pair."""

import asyncio
import json

import pytest
from bumble.core import BaseBumbleError
from bumble.keys import PairingKeys
from bumble.link import LocalLink

from wena.ble.errors import BadKeyFile, NoRadio, NotEncrypted
from wena.ble.key_file import KeyFile
from wena.ble.pairing import PairingPolicy, just_works
from wena.ble.radio import make_device, real_radio, simulated_radio
from wena.ble.security import encrypted

KEYS = PairingKeys(ltk=PairingKeys.Key(bytes(16)))


async def test_keys_and_identity_outlive_a_restart_and_are_the_owners_alone(tmp_path):
    path = tmp_path / "strap" / "keys.json"
    before = KeyFile(path)
    await before.update("F0:00:00:00:00:01", KEYS)

    after = KeyFile(path)

    assert after.has("F0:00:00:00:00:01")
    assert (await after.get("F0:00:00:00:00:01")).ltk.value == bytes(16)
    assert str(after.address) == str(before.address)
    assert after.identity_key == before.identity_key
    assert path.stat().st_mode & 0o077 == 0
    assert list(path.parent.iterdir()) == [path]


async def test_an_empty_key_store_is_still_a_key_store():
    assert KeyFile()


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"address": "x", "identity_key": "00", "peers": {}}', "\x00"]
)
def test_a_broken_key_file_is_refused_and_kept(tmp_path, content):
    path = tmp_path / "keys.json"
    path.write_text(content)

    with pytest.raises(BadKeyFile, match=r"keys\.json"):
        KeyFile(path)
    assert path.read_text() == content


async def test_a_peer_is_forgotten(tmp_path):
    keys = KeyFile(tmp_path / "keys.json")
    await keys.update("F0:00:00:00:00:01", KEYS)

    await keys.delete("F0:00:00:00:00:01")
    await keys.delete("F0:00:00:00:00:02")

    assert json.loads((tmp_path / "keys.json").read_text())["peers"] == {}


async def test_only_the_first_phone_pairs_until_the_strap_is_opened():
    now = [0.0]
    keys = KeyFile()
    policy = PairingPolicy(keys, clock=lambda: now[0])
    assert policy.admit()
    await keys.update("F0:00:00:00:00:01", KEYS)

    assert not policy.admit()
    assert policy.refused == 1
    policy.open(60)
    assert policy.admit()
    now[0] = 61
    assert not policy.admit()


class Pair:
    """Two devices on one link; each compares the number in its own way."""

    def __init__(self):
        link = LocalLink()
        self.keys = KeyFile()
        self.numbers = []
        self.answer = True
        self.strap = make_device(simulated_radio("strap", link), self.keys, "WNW-21A")
        self.policy = PairingPolicy(self.keys, self.compare)
        self.strap.pairing_config_factory = self.policy.config
        self.phone_keys = KeyFile()
        self.phone = make_device(simulated_radio("phone", link), self.phone_keys, "phone")
        self.phone.pairing_config_factory = PairingPolicy(self.phone_keys, self.remember).config

    async def compare(self, number):
        self.numbers.append(number)
        return self.answer

    async def remember(self, number):
        self.numbers.append(number)
        return True

    async def connect(self):
        await self.strap.power_on()
        await self.phone.power_on()
        arrived = asyncio.get_running_loop().create_future()
        self.strap.once("connection", arrived.set_result)
        await self.strap.start_advertising(advertising_interval_min=20, advertising_interval_max=20)
        theirs = await self.phone.connect(self.strap.random_address)
        return theirs, await arrived


async def test_both_sides_compare_the_same_six_digits():
    pair = Pair()
    theirs, ours = await pair.connect()
    waiting = asyncio.ensure_future(encrypted(ours, seconds=5))

    await theirs.pair()
    await waiting

    assert len(pair.numbers) == 2
    assert pair.numbers[0] == pair.numbers[1] < 1_000_000
    assert ours.is_encrypted


async def test_a_wearer_who_sees_another_number_stops_the_pairing():
    pair = Pair()
    pair.answer = False
    theirs, ours = await pair.connect()
    waiting = asyncio.ensure_future(encrypted(ours, seconds=5))

    with pytest.raises(BaseBumbleError):
        await theirs.pair()

    with pytest.raises(NotEncrypted):
        await waiting
    assert pair.keys.peers == []


async def test_a_stranger_cannot_pair_with_a_strap_that_has_an_owner():
    pair = Pair()
    await pair.keys.update("F0:00:00:00:00:01", KEYS)
    theirs, _ours = await pair.connect()

    with pytest.raises(BaseBumbleError):
        await theirs.pair()

    assert pair.keys.peers == ["F0:00:00:00:00:01"]
    assert pair.policy.refused == 1


async def test_a_phone_that_never_pairs_is_given_up():
    pair = Pair()
    _theirs, ours = await pair.connect()

    with pytest.raises(NotEncrypted):
        await encrypted(ours, seconds=0.05)


async def test_an_absent_controller_is_said_so_with_what_to_try():
    with pytest.raises(NoRadio, match="dongle"):
        async with real_radio("tcp-client:127.0.0.1:1"):
            pass


async def test_just_works_accepts_any_number():
    assert await just_works(123456)
