# SPDX-License-Identifier: Apache-2.0
"""The strap as its wearer knows it: light, vibration, button, steps, purse and battery."""

import pytest

from wena.notify.alert import Alert, Arrived, Category, Gone, Key, Phone
from wena.notify.engine import Verdict
from wena.notify.rules import Rules
from wena.notify.signal import Led
from wena.strap.events import (
    CallHandled,
    Dark,
    LinkChanged,
    Lit,
    PowerChanged,
    PurseChanged,
    QuietChanged,
    Stepped,
    Vibrating,
)
from wena.strap.strap import Clock, Press, Strap
from wena.testing.reader import CardReader
from wena.wallet.errors import NoCard

NOON = 1_795_608_000.0  # 2026-11-25 12:00 UTC


class Worn:
    """A strap on a wrist whose time the test lets pass."""

    def __init__(self, folder=None, **choices):
        self.time = 0.0
        clock = Clock(lambda: 1000 + self.time, lambda: NOON + self.time)
        self.strap = Strap(folder, clock=clock, **choices)
        self.strap.wrist.offset = 0
        self.events = []
        self.strap.events.subscribe(self.events.append)

    def waits(self, seconds):
        self.time += seconds
        self.strap.tick()

    def kinds(self):
        return [type(event) for event in self.events]

    def last(self, kind):
        return next(event for event in reversed(self.events) if isinstance(event, kind))


def message(number=1, title="Aya", **more):
    return Arrived(
        Alert(Key(Phone.IPHONE, number), Category.SOCIAL, "chat", "", title, "Hi", "t", **more)
    )


def call(number=9):
    return Arrived(Alert(Key(Phone.IPHONE, number), Category.CALL, "phone", "", "Ken"))


def test_an_alert_lights_and_vibrates_and_goes_dark():
    worn = Worn(rules=Rules.from_json({"apps": {"chat": {"led": "cyan"}}}))

    worn.strap.handle(message())
    worn.waits(6)

    assert worn.last(Lit).led is Led.CYAN
    assert worn.last(Vibrating).strength == 0.7
    assert Dark in worn.kinds()


@pytest.mark.parametrize(("press", "accepted"), [(Press.DOUBLE, True), (Press.LONG, False)])
def test_a_call_is_accepted_or_declined_at_the_button(press, accepted):
    worn = Worn()
    answered = []
    worn.strap.answer_call = lambda alert, accept: answered.append((alert.title, accept))
    worn.strap.handle(call())

    worn.strap.press(press)

    assert answered == [("Ken", accepted)]
    assert worn.last(CallHandled).accepted is accepted
    assert worn.kinds().index(Dark) < worn.kinds().index(CallHandled)


def test_a_short_press_silences_a_call_without_answering_it():
    worn = Worn()
    answered = []
    worn.strap.answer_call = lambda *what: answered.append(what)
    worn.strap.handle(call())

    worn.strap.press(Press.SHORT)

    assert worn.kinds()[-1] is Dark
    assert answered == []


def test_a_double_press_switches_silent_mode():
    worn = Worn()
    worn.strap.press(Press.DOUBLE)

    assert worn.last(QuietChanged).quiet
    assert worn.strap.handle(message()) is Verdict.QUIET
    worn.strap.press(Press.DOUBLE)
    assert worn.strap.handle(message(2, "Ken")) is Verdict.SHOWN


def test_a_long_press_opens_the_strap_for_a_new_phone():
    worn = Worn()
    opened = []
    worn.strap.open_pairing = opened.append

    worn.strap.press(Press.LONG)

    assert opened == [120.0]


def test_what_was_shown_is_known_after_a_restart(tmp_path):
    Worn(tmp_path).strap.handle(message())

    again = Worn(tmp_path)

    assert again.strap.handle(message(7, from_before=True)) is Verdict.SEEN_BEFORE


def test_a_broken_memory_of_alerts_does_not_keep_the_strap_from_starting(tmp_path):
    (tmp_path / "shown.json").write_text("{")

    assert Worn(tmp_path).strap.handle(message()) is Verdict.SHOWN


def test_steps_are_summed_for_the_wearers_day_and_survive_a_restart(tmp_path):
    worn = Worn(tmp_path)
    worn.time = -7 * 3600  # 05:00, before the day starts at 06:00
    worn.strap.walked(100)
    worn.time = 0
    worn.strap.walked(20)
    worn.waits(61)
    worn.strap.walked(10)
    worn.waits(1)

    assert worn.last(Stepped).today == 30
    assert Worn(tmp_path).strap.steps_today == 30


def test_a_reader_pays_from_the_purse_and_the_strap_tells():
    worn = Worn()
    reader = CardReader.of_a_shop()
    reader.issue(worn.strap.purse)

    reader.top_up(worn.strap.purse, 3000)
    reader.pay(worn.strap.purse, 480)

    told = [event.balance for event in worn.events if isinstance(event, PurseChanged)]
    assert told[-2:] == [3000, 2520]


def test_an_empty_battery_ends_alerts_and_steps_but_ten_payments_remain():
    worn = Worn()
    reader = CardReader.of_a_shop()
    reader.issue(worn.strap.purse)
    reader.top_up(worn.strap.purse, 3000)
    worn.strap.handle(call())

    worn.strap.drain_to(0)

    assert worn.last(PowerChanged) == PowerChanged(0, False, awake=False)
    assert worn.strap.alerts.current is None
    assert worn.strap.handle(message()) is Verdict.UNKNOWN
    worn.strap.walked(50)
    assert worn.strap.steps_today == 0
    for _ in range(10):
        reader.pay(worn.strap.purse, 100)
    with pytest.raises(NoCard):
        reader.pay(worn.strap.purse, 100)
    assert worn.strap.purse.view().balance == 2000


def test_charging_wakes_the_strap_and_fills_the_purses_reserve():
    worn = Worn()
    worn.strap.drain_to(0)

    worn.strap.charge(True)
    worn.waits(120)

    assert worn.last(PowerChanged).awake
    assert worn.strap.handle(message()) is Verdict.SHOWN
    worn.waits(5400)
    assert worn.strap.battery.percent == 100


def test_an_idle_battery_lasts_about_a_week():
    worn = Worn()

    worn.waits(6 * 24 * 3600)
    assert worn.strap.is_awake
    worn.waits(24 * 3600 + 60)

    assert not worn.strap.is_awake


def test_a_lost_link_stops_a_call():
    worn = Worn()
    worn.strap.linked_to("F0:00:00:00:00:01")
    worn.strap.handle(call())

    worn.strap.unlinked()

    assert Dark in worn.kinds()
    assert worn.last(LinkChanged) == LinkChanged(False)


def test_an_answered_call_stops():
    worn = Worn()
    worn.strap.handle(call())

    assert worn.strap.handle(Gone(Key(Phone.IPHONE, 9))) is Verdict.ENDED
    assert worn.kinds()[-1] is Dark


def test_a_new_owner_finds_nothing_of_the_one_before_but_the_purse_stays():
    worn = Worn()
    reader = CardReader.of_a_shop()
    reader.issue(worn.strap.purse)
    reader.top_up(worn.strap.purse, 500)
    worn.strap.walked(70)

    worn.strap.new_owner("F0:00:00:00:00:02")

    assert worn.strap.steps_today == 0
    assert list(worn.strap.steps.blocks_since({})) == []
    assert worn.strap.purse.view().balance == 500
