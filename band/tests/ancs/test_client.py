# SPDX-License-Identifier: Apache-2.0
"""The strap's ANCS client against the simulated iPhone, over an encrypted link."""

import asyncio
import contextlib

import pytest
from bumble.link import LocalLink

from wena.ancs.client import AncsClient
from wena.ancs.model import ActionId
from wena.ble.advertising import advertisement, scan_response
from wena.ble.key_file import KeyFile
from wena.ble.pairing import PairingPolicy, just_works
from wena.ble.radio import make_device, simulated_radio
from wena.ble.security import encrypted
from wena.notify.alert import Arrived, Changed, Gone
from wena.testing.iphone import SimulatedIphone
from wena.testing.notification_center import PhoneNotification, incoming_call

MAIL = PhoneNotification("com.apple.mobilemail", "Aya", "Lunch?", date="20261125T120000")


class Wrist:
    """A bare peripheral with our client, and an iPhone beside it."""

    def __init__(self):
        link = LocalLink()
        self.keys = KeyFile()
        self.device = make_device(simulated_radio("strap", link), self.keys, "WNW-21A")
        self.device.pairing_config_factory = PairingPolicy(self.keys, just_works).config
        self.phone = SimulatedIphone(simulated_radio("phone", link), timeout=5)
        self.events = []
        self.available = []
        self.clients = []
        self.client = None
        self.device.on("connection", self._on_connection)

    def _on_connection(self, connection):
        self.clients.append(asyncio.ensure_future(self._serve(connection)))

    async def _serve(self, connection):
        await encrypted(connection, seconds=5)
        self.client = AncsClient(
            connection, self.events.append, available=self.available.append, timeout=0.5
        )
        await self.client.run()

    async def start(self, **choices):
        await self.device.power_on()
        await self.device.start_advertising(
            auto_restart=True,
            advertising_data=advertisement(),
            scan_response_data=scan_response(),
            advertising_interval_min=20,
            advertising_interval_max=20,
        )
        await self.phone.start(**choices)

    async def until(self, condition, seconds=5.0):
        async with asyncio.timeout(seconds):
            while not condition():
                await asyncio.sleep(0.005)

    async def meet(self):
        await self.phone.meet()
        await self.until(lambda: self.available[-1:] == [True])


@pytest.fixture
async def wrist():
    wrist = Wrist()
    yield wrist
    await wrist.phone.leave()
    await asyncio.sleep(0)
    for task in wrist.clients:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await task


def titles(wrist):
    return [event.alert.title for event in wrist.events if not isinstance(event, Gone)]


async def test_a_notification_on_the_phone_reaches_the_strap_encrypted(wrist):
    await wrist.start()
    await wrist.meet()

    wrist.phone.center.post(MAIL)
    await wrist.until(lambda: wrist.events)

    assert isinstance(wrist.events[0], Arrived)
    assert titles(wrist) == ["Aya"]
    assert wrist.phone.connection.is_encrypted
    await wrist.until(lambda: len(wrist.keys.peers) == 1)


async def test_what_was_on_the_phone_before_is_announced_as_such(wrist):
    wrist.phone.center.post(MAIL)
    await wrist.start()
    await wrist.meet()
    await wrist.until(lambda: wrist.events)

    assert wrist.events[0].alert.from_before


async def test_a_phone_that_walks_away_and_returns_needs_no_second_pairing(wrist):
    await wrist.start()
    await wrist.meet()
    await wrist.phone.leave()
    await wrist.until(lambda: wrist.available[-1] is False)
    wrist.phone.center.post(MAIL)

    await wrist.meet()
    await wrist.until(lambda: wrist.events)

    assert titles(wrist) == ["Aya"]
    assert len(wrist.keys.peers) == 1


async def test_the_service_may_come_late_and_vanish_and_return_with_other_handles(wrist):
    await wrist.start(ancs=False)
    await wrist.phone.meet()
    await asyncio.sleep(0.1)
    assert wrist.available == []

    await wrist.phone.ancs.publish()
    await wrist.until(lambda: wrist.available[-1:] == [True])
    wrist.phone.center.post(MAIL)
    await wrist.until(lambda: titles(wrist) == ["Aya"])
    await wrist.phone.ancs.withdraw()
    await wrist.until(lambda: wrist.available[-1] is False)
    await wrist.phone.ancs.publish()
    await wrist.until(lambda: wrist.available[-1] is True)
    wrist.phone.center.post(PhoneNotification("com.apple.MobileSMS", "Ken"))

    await wrist.until(lambda: titles(wrist)[-1] == "Ken")


async def test_a_long_text_arrives_although_the_phone_sends_it_in_crumbs(wrist):
    await wrist.start()
    wrist.phone.ancs.faults.fragment = 3
    await wrist.meet()

    wrist.phone.center.post(PhoneNotification("com.apple.mobilemail", "東京", "夜" * 200))
    await wrist.until(lambda: wrist.events)

    assert wrist.events[0].alert.message == "夜" * 80


async def test_a_phone_that_does_not_answer_does_not_silence_what_comes_after(wrist):
    await wrist.start()
    await wrist.meet()
    wrist.phone.ancs.faults.deaf = True
    wrist.phone.center.post(MAIL)
    await wrist.until(lambda: wrist.phone.ancs.requests == 2)
    await wrist.until(lambda: wrist.events)
    wrist.phone.ancs.faults.deaf = False
    wrist.phone.center.post(PhoneNotification("com.apple.MobileSMS", "Ken"))

    await wrist.until(lambda: titles(wrist) == ["", "Ken"])


async def test_a_call_declined_on_the_strap_ends_on_the_phone(wrist):
    await wrist.start()
    await wrist.meet()
    uid = wrist.phone.center.post(incoming_call("Ken"))
    await wrist.until(lambda: wrist.events)

    await wrist.client.session.perform(uid, ActionId.NEGATIVE)

    await wrist.until(lambda: isinstance(wrist.events[-1], Gone))
    assert len(wrist.phone.center) == 0


async def test_a_change_on_the_phone_is_told(wrist):
    await wrist.start()
    await wrist.meet()
    uid = wrist.phone.center.post(MAIL)
    await wrist.until(lambda: wrist.events)

    wrist.phone.center.change(uid, message="Dinner?")
    await wrist.until(lambda: len(wrist.events) == 2)

    assert isinstance(wrist.events[1], Changed)
    assert wrist.events[1].alert.message == "Dinner?"


async def test_a_link_cut_in_the_middle_of_a_question_ends_the_client_cleanly(wrist):
    await wrist.start()
    await wrist.meet()
    wrist.phone.ancs.faults.deaf = True
    wrist.phone.center.post(MAIL)
    await wrist.until(lambda: wrist.phone.ancs.requests)

    await wrist.phone.leave()

    await asyncio.wait_for(wrist.clients[0], 2)
    assert wrist.available[-1] is False
