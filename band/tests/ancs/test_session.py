# SPDX-License-Identifier: Apache-2.0
"""A conversation with a phone that may be late, wrong or gone."""

import asyncio

import pytest

from wena.ancs.app_names import AppNames
from wena.ancs.backlog import Backlog
from wena.ancs.errors import (
    LinkLost,
    MalformedResponse,
    RequestTimedOut,
    ServiceGone,
    UnknownNotification,
)
from wena.ancs.model import ActionId, CategoryId, EventFlag, EventId
from wena.ancs.notification import SourceEvent
from wena.ancs.reader import AncsReader
from wena.ancs.session import AncsSession
from wena.ancs.translate import question
from wena.notify.alert import Arrived, Changed, Gone
from wena.testing.notification_center import NotificationCenter, PhoneNotification, incoming_call

MAIL = PhoneNotification("com.apple.mobilemail", "Aya", "Lunch?", date="20261125T120000")


class Phone:
    """A notification center reached without a radio. `lost` answers never come."""

    def __init__(self, timeout=0.2):
        self.center = NotificationCenter(self.announce)
        self.session = AncsSession(self.write, timeout)
        self.events = []
        self.named = {}
        self.names = AppNames()
        self.reader = AncsReader(
            self.session, self.names, self.events.append, self.named.__setitem__
        )
        self.written = []
        self.lost = 0
        self.stuck = False

    def announce(self, value):
        self.reader.announce(value)

    async def write(self, value):
        self.written.append(value)
        if self.stuck:
            await asyncio.sleep(3600)
        answer = self.center.answer(value)
        if self.lost:
            self.lost -= 1
            return
        for at in range(0, len(answer), 11):
            self.session.feed(answer[at : at + 11])

    async def settle(self, seconds=0.02):
        task = asyncio.ensure_future(self.reader.run())
        await asyncio.sleep(seconds)
        self.session.end(LinkLost())
        self.reader.stop()
        await task


async def test_a_notification_becomes_an_alert_with_its_texts_and_then_its_apps_name():
    phone = Phone()
    phone.center.post(MAIL)

    await phone.settle()

    (arrived,) = phone.events
    assert isinstance(arrived, Arrived)
    assert (arrived.alert.title, arrived.alert.message) == ("Aya", "Lunch?")
    assert arrived.alert.sent_at == "20261125T120000"
    assert phone.named == {"com.apple.mobilemail": "Mail"}


async def test_a_name_is_asked_for_once():
    phone = Phone()
    phone.center.post(MAIL)
    phone.center.post(MAIL)

    await phone.settle()

    assert sum(value[0] == 1 for value in phone.written) == 1


async def test_an_empty_date_and_a_character_cut_in_two_are_read():
    phone = Phone()
    phone.center.post(PhoneNotification("com.apple.mobilemail", "東" * 40, "夜" * 100))

    await phone.settle()

    alert = phone.events[0].alert
    assert alert.sent_at == ""
    assert alert.title == "東" * 32
    assert alert.message == "夜" * 80


async def test_an_answer_that_never_comes_is_asked_for_once_more():
    phone = Phone(timeout=0.02)
    phone.lost = 1
    phone.center.post(MAIL)

    await phone.settle(0.1)

    assert phone.events[0].alert.title == "Aya"


async def test_a_phone_that_never_answers_still_lets_the_wearer_know_that_something_came():
    phone = Phone(timeout=0.02)
    phone.lost = 2
    phone.center.post(incoming_call("Ken"))

    await phone.settle(0.1)

    assert phone.events[0].alert.is_call
    assert phone.events[0].alert.title == ""


async def test_a_notification_that_is_gone_before_we_ask_is_left_out():
    phone = Phone()
    uid = phone.center.post(MAIL)
    phone.center.remove(uid)
    phone.reader.announce(bytes(SourceEvent(EventId.ADDED, EventFlag(0), CategoryId.EMAIL, 1, 77)))

    await phone.settle()

    assert [type(event) for event in phone.events] == [Gone]


async def test_a_change_is_told_as_a_change():
    phone = Phone()
    uid = phone.center.post(MAIL)
    task = asyncio.ensure_future(phone.reader.run())
    await asyncio.sleep(0.01)
    phone.center.change(uid, message="Dinner?")
    await asyncio.sleep(0.01)
    task.cancel()

    assert isinstance(phone.events[1], Changed)
    assert phone.events[1].alert.message == "Dinner?"


async def test_a_hostile_app_identifier_does_not_stop_the_alerts_after_it():
    phone = Phone()
    phone.center.post(PhoneNotification("com.\0evil", "one"))
    phone.center.post(PhoneNotification("x" * 900, "two"))
    phone.center.post(PhoneNotification("unknown.app", "three"))
    phone.center.post(MAIL)

    await phone.settle()

    assert [event.alert.title for event in phone.events] == ["one", "two", "three", "Aya"]
    assert phone.named["unknown.app"] == "unknown.app"


async def test_values_that_are_no_announcement_are_counted_and_harmless():
    phone = Phone()
    for value in (b"", b"\x09" * 8, b"\x00" * 20):
        phone.reader.announce(value)
    phone.center.post(MAIL)

    await phone.settle()

    assert phone.reader.malformed == 3
    assert len(phone.events) == 1


async def test_a_ringing_call_is_read_before_a_crowd_of_old_notifications():
    phone = Phone()
    for _ in range(20):
        phone.center.post(MAIL)
    old = phone.center.new_session()
    phone.reader = AncsReader(phone.session, phone.names, phone.events.append)
    for value in old:
        phone.reader.announce(value)
    phone.center.post(incoming_call("Ken"))

    await phone.settle()

    assert phone.events[0].alert.title == "Ken"
    assert len(phone.events) == 21


def test_a_backlog_is_bounded_and_lets_the_old_go_first():
    backlog = Backlog(4)
    new, old = EventFlag(0), EventFlag.PRE_EXISTING
    for uid, flags in enumerate([new, old, new, old, new]):
        backlog.put(SourceEvent(EventId.ADDED, flags, CategoryId.OTHER, 1, uid))

    assert (len(backlog), backlog.lost) == (4, 1)
    kept = [backlog.take() for _ in range(4)]
    assert sum(event.is_pre_existing for event in kept) == 1


async def test_an_unknown_notification_is_a_refusal_with_its_code():
    phone = Phone()

    with pytest.raises(UnknownNotification) as refusal:
        await phone.session.ask(question(5))

    assert (refusal.value.code, refusal.value.status) == ("ancs_unknown_notification", 0xA2)


async def test_a_call_is_answered_from_the_strap():
    phone = Phone()
    done = []
    ringing = incoming_call("Ken")
    uid = phone.center.post(
        PhoneNotification(
            ringing.app, ringing.title, category=ringing.category, positive="Answer",
            negative="Decline", acted=done.append,
        )
    )  # fmt: skip

    await phone.session.perform(uid, ActionId.POSITIVE)

    assert done == [ActionId.POSITIVE]
    assert phone.events == [Gone(phone.events[0].key)]


async def test_a_late_answer_is_not_taken_for_the_next_one():
    phone = Phone(timeout=0.02)
    first, second = phone.center.post(MAIL), phone.center.post(incoming_call("Ken"))
    phone.lost = 1
    with pytest.raises(RequestTimedOut):
        await phone.session.ask(question(first))

    asking = asyncio.ensure_future(phone.session.ask(question(second)))
    phone.session.feed(phone.center.answer(bytes(question(first))))
    found = await asking

    assert found[1] == b"Ken"
    assert phone.session.dropped > 0


async def test_what_is_under_way_fails_when_the_service_goes():
    phone = Phone(timeout=5)
    phone.lost = 1
    uid = phone.center.post(MAIL)
    asking = asyncio.ensure_future(phone.session.ask(question(uid)))
    await asyncio.sleep(0)
    phone.session.end(ServiceGone())

    with pytest.raises(ServiceGone):
        await asking
    with pytest.raises(ServiceGone):
        await phone.session.ask(question(uid))


async def test_a_write_that_is_never_answered_ends_the_session():
    phone = Phone(timeout=0.02)
    phone.stuck = True
    uid = phone.center.post(MAIL)

    with pytest.raises(LinkLost):
        await phone.session.ask(question(uid))

    assert phone.session.is_stuck
    assert phone.session.is_over


async def test_a_malformed_answer_fails_its_request_and_not_the_next():
    phone = Phone()
    phone.lost = 1
    uid = phone.center.post(MAIL)
    asking = asyncio.ensure_future(phone.session.ask(question(uid)))
    await asyncio.sleep(0)
    phone.session.feed(phone.center.answer(bytes(question(uid)))[:5] + b"\xee\x00\x00")
    with pytest.raises(MalformedResponse):
        await asking

    assert (await phone.session.ask(question(uid)))[1] == b"Aya"


async def test_names_are_bounded_and_forget_what_was_used_longest_ago():
    names = AppNames(2)

    async def ask(request):
        return {0: request.app.upper().encode()}

    for app in ("a", "b", "a", "c"):
        await names.name(app, ask)

    assert [names.known(app) for app in "abc"] == ["A", None, "C"]
