# SPDX-License-Identifier: Apache-2.0
"""What the wearer sees and feels, given what the phones say."""

from dataclasses import replace

import pytest

from wena.notify.alert import Alert, Arrived, Category, Changed, Gone, Key, Phone
from wena.notify.engine import AlertEngine, Moment, Presentation, Verdict
from wena.notify.memory import ShownMemory
from wena.notify.quiet import QuietHours
from wena.notify.rules import Rules
from wena.notify.signal import Led, VibrationKind

NOON = 12 * 60


def message(number=1, title="Aya", text="On my way", at="20261125T120000", **more):
    key = Key(more.pop("phone", Phone.IPHONE), number)
    return Alert(key, Category.SOCIAL, "com.example.chat", "", title, text, at, **more)


def call(number=9, caller="Ken", **more):
    phone = more.pop("phone", Phone.IPHONE)
    return Alert(Key(phone, number, True), Category.CALL, "phone", "", caller, **more)


class Wearer:
    """An engine with a clock, and what was presented."""

    def __init__(self, **choices):
        self.seen: list[Presentation | None] = []
        self.now = 100.0
        self.minute = NOON
        self.engine = AlertEngine(present=self.seen.append, **choices)

    def arrives(self, alert):
        return self.engine.handle(Arrived(alert), Moment(self.now, self.minute))

    def changes(self, alert):
        return self.engine.handle(Changed(alert), Moment(self.now, self.minute))

    def goes(self, alert):
        return self.engine.handle(Gone(alert.key), Moment(self.now, self.minute))

    def waits(self, seconds):
        self.now += seconds
        self.engine.tick(self.now)

    @property
    def titles(self):
        return [shown.alert.title for shown in self.seen if shown]


def test_an_alert_lights_the_led_and_vibrates_as_the_rule_of_its_app_says():
    rules = Rules.from_json(
        {"apps": {"com.example.chat": {"led": "green", "vibration": "triple", "count": 2}}}
    )
    wearer = Wearer(rules=rules)

    assert wearer.arrives(message()) is Verdict.SHOWN

    signal = wearer.seen[-1].signal
    assert signal.led is Led.GREEN
    assert (signal.vibration.kind, signal.vibration.count) == (VibrationKind.TRIPLE, 2)


def test_the_led_goes_dark_when_the_signal_is_over():
    wearer = Wearer()
    wearer.arrives(message())

    wearer.waits(4.9)
    assert wearer.engine.current is not None
    wearer.waits(0.2)

    assert wearer.seen[-1] is None
    assert wearer.engine.current is None


def test_two_alerts_are_shown_one_after_the_other():
    wearer = Wearer()
    wearer.arrives(message(1, "Aya"))

    assert wearer.arrives(message(2, "Ken")) is Verdict.WAITING
    assert wearer.titles == ["Aya"]
    wearer.waits(5)

    assert wearer.titles == ["Aya", "Ken"]


def test_an_urgent_app_is_shown_at_once_and_an_ordinary_one_waits():
    rules = Rules.from_json({"apps": {"com.example.alarm": {"priority": "urgent"}}})
    wearer = Wearer(rules=rules)
    wearer.arrives(message(1, "Aya"))
    wearer.arrives(message(2, "Ken"))

    urgent = replace(message(3, "Smoke"), app="com.example.alarm")

    assert wearer.arrives(urgent) is Verdict.SHOWN
    wearer.waits(5)
    assert wearer.titles == ["Aya", "Smoke", "Ken"]


def test_a_call_rings_until_it_is_answered():
    wearer = Wearer()
    wearer.arrives(call())

    wearer.waits(60)
    assert wearer.engine.current.alert.title == "Ken"
    assert wearer.goes(call()) is Verdict.ENDED

    assert wearer.seen[-1] is None


def test_a_call_that_nobody_ends_stops_after_two_minutes():
    wearer = Wearer()
    wearer.arrives(call())

    wearer.waits(120)

    assert wearer.engine.current is None


def test_a_call_stops_when_its_phone_walks_away():
    wearer = Wearer()
    wearer.arrives(call())

    wearer.engine.link_lost(Phone.IPHONE, wearer.now)

    assert wearer.seen[-1] is None


def test_a_call_goes_on_when_another_phone_walks_away():
    wearer = Wearer()
    wearer.arrives(call())

    wearer.engine.link_lost(Phone.ANDROID, wearer.now)

    assert wearer.engine.current is not None


def test_a_call_that_the_wearer_silenced_stays_silent_after_a_reconnect():
    wearer = Wearer()
    wearer.arrives(call(at := 9))
    wearer.engine.dismiss(wearer.now)
    wearer.engine.link_lost(Phone.IPHONE, wearer.now)
    wearer.engine.session_began(Phone.IPHONE)

    again = call(at + 1, from_before=True)

    assert wearer.arrives(again) is Verdict.SEEN_BEFORE
    assert wearer.titles == ["Ken"]


def test_a_call_still_ringing_after_a_reconnect_rings_on():
    wearer = Wearer()
    wearer.arrives(call(9))
    wearer.engine.link_lost(Phone.IPHONE, wearer.now)
    wearer.engine.session_began(Phone.IPHONE)

    assert wearer.arrives(call(0, from_before=True)) is Verdict.SHOWN


def test_the_same_call_announced_twice_while_another_rings_is_shown_once():
    wearer = Wearer()
    wearer.arrives(call(1, "Ken"))
    wearer.arrives(call(2, "Mio"))
    wearer.arrives(call(2, "Mio"))

    wearer.goes(call(1))
    wearer.goes(call(2))

    assert wearer.titles == ["Ken", "Mio"]
    assert wearer.engine.current is None


def test_what_was_shown_is_not_shown_again_after_a_reconnect_with_new_numbers():
    wearer = Wearer()
    wearer.arrives(message(41))
    wearer.waits(5)
    wearer.engine.session_began(Phone.IPHONE)

    assert wearer.arrives(message(0, from_before=True)) is Verdict.SEEN_BEFORE
    assert wearer.titles == ["Aya"]


def test_what_was_missed_while_away_is_shown_after_the_reconnect():
    wearer = Wearer()
    wearer.arrives(message(41))
    wearer.waits(5)
    wearer.engine.session_began(Phone.IPHONE)

    assert wearer.arrives(message(1, "Mio", from_before=True)) is Verdict.SHOWN


def test_the_memory_survives_a_restart_of_the_strap():
    before = Wearer()
    before.arrives(message())
    kept = ShownMemory.from_json(before.engine.memory.to_json())

    after = Wearer(memory=kept)

    assert after.arrives(message(7, from_before=True)) is Verdict.SEEN_BEFORE
    assert after.seen == []


def test_what_still_waited_when_the_power_went_is_shown_after_all():
    before = Wearer()
    before.arrives(message(1, "Aya"))
    before.arrives(message(2, "Ken"))
    after = Wearer(memory=ShownMemory.from_json(before.engine.memory.to_json()))

    after.arrives(message(0, "Aya", from_before=True))
    after.arrives(message(1, "Ken", from_before=True))

    assert after.titles == ["Ken"]


def test_at_a_first_meeting_old_alerts_are_taken_as_known():
    wearer = Wearer()
    wearer.engine.session_began(Phone.IPHONE, first_meeting=True)

    assert wearer.arrives(message(0, from_before=True)) is Verdict.FIRST_MEETING
    assert wearer.arrives(message(1, "Ken")) is Verdict.SHOWN


def test_an_event_of_the_new_session_does_not_end_what_an_old_number_began():
    wearer = Wearer()
    wearer.arrives(message(5, "Aya"))
    wearer.arrives(message(6, "Ken"))
    wearer.engine.session_began(Phone.IPHONE)

    wearer.goes(message(5))
    wearer.goes(message(6))
    wearer.waits(5)

    assert wearer.titles == ["Aya", "Ken"]


def test_an_alert_recognised_after_a_reconnect_ends_with_its_new_number():
    wearer = Wearer()
    wearer.arrives(message(5, "Aya"))
    wearer.engine.session_began(Phone.IPHONE)
    wearer.arrives(message(0, "Aya", from_before=True))

    assert wearer.goes(message(0)) is Verdict.ENDED
    assert wearer.seen[-1] is None


def test_a_repetition_within_ten_seconds_is_left_out():
    wearer = Wearer()
    wearer.arrives(message(1, at="20261125T120000"))
    wearer.waits(6)

    assert wearer.arrives(message(2, at="20261125T120006")) is Verdict.DUPLICATE


def test_a_message_repeated_for_long_is_shown_now_and_then():
    wearer = Wearer()
    verdicts = []
    for number in range(5):
        verdicts.append(wearer.arrives(message(number, at=str(number))))
        wearer.waits(6)

    assert verdicts.count(Verdict.SHOWN) == 3


def test_alerts_without_any_text_are_never_taken_for_repetitions():
    wearer = Wearer()
    wearer.arrives(message(1, "", "", ""))
    wearer.waits(6)

    assert wearer.arrives(message(2, "", "", "")) is Verdict.SHOWN


def test_quiet_hours_hold_back_alerts_and_they_do_not_come_later():
    wearer = Wearer(quiet=QuietHours(enabled=True, start=22 * 60, end=6 * 60))
    wearer.minute = 23 * 60
    assert wearer.arrives(message()) is Verdict.QUIET

    wearer.minute = 7 * 60
    wearer.engine.session_began(Phone.IPHONE)

    assert wearer.arrives(message(0, from_before=True)) is Verdict.SEEN_BEFORE
    assert wearer.seen == []


@pytest.mark.parametrize(("lets_through", "verdict"), [(True, "SHOWN"), (False, "QUIET")])
def test_a_call_breaks_quiet_hours_only_where_the_wearer_wants_it(lets_through, verdict):
    wearer = Wearer(
        quiet=QuietHours(True, 0, 0), rules=Rules.from_json({"calls_break_quiet": lets_through})
    )

    assert wearer.arrives(call()) is Verdict[verdict]


def test_a_muted_app_does_not_light_anything():
    wearer = Wearer(rules=Rules.from_json({"apps": {"com.example.chat": {"muted": True}}}))

    assert wearer.arrives(message()) is Verdict.MUTED
    assert wearer.seen == []


def test_an_alert_that_the_phone_delivers_silently_stays_silent():
    assert Wearer().arrives(message(silent=True)) is Verdict.SILENT


def test_a_message_read_on_the_phone_while_it_waits_is_never_shown():
    wearer = Wearer()
    wearer.arrives(message(1, "Aya"))
    wearer.arrives(message(2, "Ken"))

    wearer.goes(message(2))
    wearer.waits(5)

    assert wearer.titles == ["Aya"]


def test_a_changed_text_of_a_waiting_alert_is_the_one_that_is_shown():
    wearer = Wearer()
    wearer.arrives(message(1, "Aya"))
    wearer.arrives(message(2, "Ken", "draft"))

    wearer.changes(message(2, "Ken", "final"))
    wearer.waits(5)

    assert wearer.engine.current.alert.message == "final"


def test_a_changed_text_of_an_alert_already_shown_is_shown_as_new():
    wearer = Wearer()
    wearer.arrives(message(1, text="1 new message"))
    wearer.waits(5)

    assert wearer.changes(message(1, text="2 new messages")) is Verdict.SHOWN


def test_a_flood_is_bounded_and_the_newest_ordinary_alerts_are_let_go():
    wearer = Wearer()
    for number in range(500):
        wearer.arrives(message(number, f"n{number}", at=str(number)))

    assert wearer.engine.waiting == 32
    assert len(wearer.engine.open_alerts) == 128


def test_both_phones_share_one_wearer_and_keep_their_numbers_apart():
    wearer = Wearer()
    wearer.arrives(message(1, "Aya", phone=Phone.IPHONE))
    wearer.arrives(message(1, "Ken", phone=Phone.ANDROID))

    wearer.goes(message(1, phone=Phone.ANDROID))

    assert wearer.engine.current.alert.title == "Aya"
    assert wearer.engine.waiting == 0
