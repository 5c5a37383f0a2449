# SPDX-License-Identifier: Apache-2.0
"""The whole strap on the air, with a simulated iPhone and with strangers."""

import asyncio
import contextlib

import pytest
from bumble.att import ATT_Error
from bumble.core import UUID
from bumble.device import Peer
from bumble.link import LocalLink

from wena.ancs.model import ActionId, EventFlag
from wena.ble.errors import NotEncrypted
from wena.ble.key_file import KeyFile
from wena.ble.pairing import just_works, pairing_config
from wena.ble.radio import make_device, simulated_radio
from wena.notify.engine import Verdict
from wena.strap.events import Dark, Judged, LinkChanged, Lit, OwnerChanged
from wena.strap.radio import StrapRadio
from wena.strap.strap import Press, Strap
from wena.testing.iphone import SimulatedIphone
from wena.testing.notification_center import PhoneNotification, incoming_call
from wena.wena3.gatt import Characteristic

MAIL = PhoneNotification("com.apple.mobilemail", "Aya", "Lunch?", date="20261125T120000")


class Air:
    """A strap, an iPhone, and whoever else comes near."""

    def __init__(self):
        self.link = LocalLink()
        self.events = []
        self.strap = Strap()
        self.strap.events.subscribe(self.events.append)
        self.radio = StrapRadio(
            self.strap, simulated_radio("strap", self.link), confirm=just_works, timeout=1
        )
        self.phone = self.another_phone()
        self.ticking = None

    def another_phone(self):
        return SimulatedIphone(simulated_radio("phone", self.link), timeout=2)

    async def start(self):
        await self.radio.start()
        await self.phone.start()
        self.ticking = asyncio.ensure_future(self.radio.run())

    async def meet(self, phone=None):
        phone = phone or self.phone
        await phone.meet()
        await self.until(lambda: phone.ancs.is_subscribed)

    async def until(self, condition, seconds=5.0):
        async with asyncio.timeout(seconds):
            while not condition():
                await asyncio.sleep(0.005)

    def verdicts(self):
        return [event.verdict for event in self.events if isinstance(event, Judged)]

    def lit(self):
        return [event.alert.title for event in self.events if isinstance(event, Lit)]


@pytest.fixture
async def air():
    air = Air()
    await air.start()
    yield air
    air.ticking.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await air.ticking
    await air.radio.stop()


async def test_a_message_on_the_phone_lights_the_strap(air):
    await air.meet()

    air.phone.center.post(MAIL)
    await air.until(air.lit)

    assert air.lit() == ["Aya"]


async def test_what_was_on_the_phone_at_the_first_meeting_does_not_light_the_strap(air):
    air.phone.center.post(MAIL)
    await air.meet()
    await air.until(air.verdicts)

    assert air.verdicts() == [Verdict.FIRST_MEETING]


async def test_what_came_while_away_is_shown_once_and_what_was_shown_is_not_shown_again(air):
    await air.meet()
    air.phone.center.post(MAIL)
    await air.until(air.lit)
    await air.phone.leave()
    await air.until(lambda: LinkChanged(False) in air.events)
    air.strap.press(Press.SHORT)
    air.phone.center.post(PhoneNotification("com.apple.MobileSMS", "Ken", "Hi", date="t"))

    await air.meet()
    await air.until(lambda: len(air.verdicts()) == 3)

    assert air.lit() == ["Aya", "Ken"]
    assert air.verdicts()[1:] == [Verdict.SEEN_BEFORE, Verdict.SHOWN]


async def test_a_phone_that_restarts_finds_its_strap_again(air):
    await air.meet()
    await air.until(lambda: air.radio.keys.peers)
    await air.phone.leave()
    await air.phone.device.power_off()
    restarted = SimulatedIphone(simulated_radio("phone", air.link), keys=air.phone.keys, timeout=2)
    await restarted.start()

    await air.meet(restarted)
    restarted.center.post(MAIL)
    await air.until(air.lit)

    assert len(air.radio.keys.peers) == 1


async def test_a_call_stops_when_it_is_answered_on_the_phone(air):
    await air.meet()
    uid = air.phone.center.post(incoming_call("Ken"))
    await air.until(air.lit)

    air.phone.center.remove(uid)

    await air.until(lambda: isinstance(air.events[-1], Dark))


async def test_a_long_press_declines_the_call_on_the_phone(air):
    done = []
    await air.meet()
    ringing = incoming_call("Ken", acted=done.append)
    air.phone.center.post(ringing)
    await air.until(air.lit)

    air.strap.press(Press.LONG)
    await air.until(lambda: done)

    assert done == [ActionId.NEGATIVE]


async def test_a_silent_notification_of_the_phone_stays_silent(air):
    await air.meet()

    air.phone.center.post(PhoneNotification("com.apple.mobilemail", "Aya", flags=EventFlag.SILENT))
    await air.until(air.verdicts)

    assert air.verdicts() == [Verdict.SILENT]


async def test_a_stranger_can_neither_pair_nor_read_the_owners_log(air):
    await air.meet()
    await air.until(lambda: air.radio.keys.peers)
    await air.phone.leave()
    air.strap.walked(123)
    stranger = make_device(simulated_radio("stranger", air.link), KeyFile(), "stranger")
    stranger.pairing_config_factory = lambda _: pairing_config(just_works)
    await stranger.power_on()

    connection = await stranger.connect(air.radio.device.random_address)
    peer = Peer(connection)
    found = {}
    for service in await peer.discover_services():
        for characteristic in await service.discover_characteristics():
            found[characteristic.uuid] = characteristic
    for kind in (Characteristic.INFO, Characteristic.STATE):
        with pytest.raises(ATT_Error):
            await found[UUID(kind.uuid)].read_value()
    with pytest.raises(ATT_Error):
        await found[UUID(Characteristic.ACTIVITY.uuid)].write_value(b"\xff", with_response=True)
    assert air.radio.role.transfer is None

    second = air.another_phone()
    await second.start()
    await connection.disconnect()
    with pytest.raises(NotEncrypted):
        await second.meet()
    assert air.radio.policy.refused == 1


async def test_a_strap_opened_by_its_wearer_changes_hands_and_forgets(air):
    await air.meet()
    await air.until(lambda: air.radio.keys.peers)
    await air.phone.leave()
    air.strap.walked(123)
    air.strap.press(Press.LONG)
    second = air.another_phone()
    await second.start()

    await air.meet(second)
    await air.until(lambda: any(isinstance(event, OwnerChanged) for event in air.events))

    assert air.strap.steps_today == 0
    assert len(air.radio.keys.peers) == 1
    assert not air.radio.policy.is_open


async def test_anybody_may_read_the_battery_and_the_model(air):
    visitor = make_device(simulated_radio("visitor", air.link), KeyFile(), "visitor")
    await visitor.power_on()
    peer = Peer(await visitor.connect(air.radio.device.random_address))

    (battery,) = await peer.discover_service(UUID.from_16_bits(0x180F))
    (level,) = await battery.discover_characteristics()

    assert await level.read_value() == bytes([100])


async def test_an_empty_battery_hangs_up_and_silences_the_radio_until_there_is_power(air):
    await air.meet()
    air.strap.drain_to(0)
    await air.until(lambda: not air.phone.is_connected)

    seeker = SimulatedIphone(simulated_radio("seeker", air.link), timeout=0.3)
    await seeker.start()
    with pytest.raises(TimeoutError):
        await seeker.find()
    air.strap.charge(True)
    air.strap.drain_to(5)
    assert await seeker.find() == air.radio.device.random_address
