# SPDX-License-Identifier: Apache-2.0
"""The wearer's choices, as they are written down."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wena.notify.alert import Alert, Category, Key, Phone
from wena.notify.errors import BadMemory, BadRule
from wena.notify.memory import ShownMemory
from wena.notify.quiet import QuietHours
from wena.notify.rules import Priority, Rules
from wena.notify.signal import Led, Signal, Vibration, VibrationKind

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def alert(app="com.example.chat", category=Category.SOCIAL, **more):
    return Alert(Key(Phone.ANDROID, 1), category, app, **more)


def test_without_rules_an_alert_is_blue_and_basic_once_and_a_call_white_and_endless():
    rules = Rules()

    assert rules.for_alert(alert()).signal == Signal(Led.BLUE, Vibration(VibrationKind.BASIC, 1))
    ringing = rules.for_alert(alert(category=Category.CALL))
    assert ringing.signal.led is Led.WHITE
    assert ringing.signal.is_endless
    assert ringing.priority is Priority.CALL


def test_an_app_goes_before_the_phones_wish_and_the_wish_before_the_category():
    rules = Rules.from_json(
        {"apps": {"chat": {"led": "green"}}, "categories": {"social": {"led": "red"}}}
    )
    wish = Signal(Led.PURPLE, Vibration(VibrationKind.SHORT, 1))

    assert rules.for_alert(alert("chat", wish=wish)).signal.led is Led.GREEN
    assert rules.for_alert(alert("news", wish=wish)).signal.led is Led.PURPLE
    assert rules.for_alert(alert("news")).signal.led is Led.RED


def test_a_field_left_out_comes_from_the_default():
    rules = Rules.from_json(
        {"default": {"vibration": "siren", "count": 3}, "apps": {"chat": {"led": "cyan"}}}
    )

    assert rules.for_alert(alert("chat")).signal == Signal(
        Led.CYAN, Vibration(VibrationKind.SIREN, 3)
    )


def test_an_app_can_be_named_as_people_name_it():
    rules = Rules.from_json({"apps": {"Messages": {"led": "green"}}})

    assert rules.for_alert(alert("com.apple.MobileSMS", app_name="Messages")).signal.led == 3


def test_a_muted_phone_app_mutes_its_calls():
    rules = Rules.from_json({"apps": {"voip": {"muted": True}}})

    assert rules.for_alert(alert("voip", Category.CALL)).muted


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ([], "one JSON object"),
        ({"app": {}}, "“app”"),
        ({"apps": []}, "“apps”"),
        ({"apps": {"chat": {"led": "pink"}}}, "“led” of “chat”"),
        ({"apps": {"chat": {"count": 5}}}, "0 to 4"),
        ({"apps": {"chat": {"count": True}}}, "0 to 4"),
        ({"apps": {"chat": {"sound": 1}}}, "“sound”"),
        ({"categories": {"chitchat": {}}}, "chitchat"),
        ({"calls_break_quiet": 1}, "true or false"),
        ({"apps": {str(number): {} for number in range(257)}}, "256"),
    ],
)
def test_a_rule_that_cannot_be_read_says_what_is_wrong(data, says):
    with pytest.raises(BadRule, match=says):
        Rules.from_json(data)


@given(json_values)
def test_any_json_is_read_or_refused(data):
    with contextlib.suppress(BadRule):
        assert Rules.from_json(data).for_alert(alert())


@given(json_values)
def test_any_kept_memory_is_read_or_refused(data):
    with contextlib.suppress(BadMemory):
        assert ShownMemory.from_json(data).to_json() == data


def test_the_memory_forgets_the_oldest_first():
    memory = ShownMemory(2)
    for fingerprint in ("a" * 32, "b" * 32, "a" * 32, "c" * 32):
        memory.add(fingerprint)

    assert memory.to_json() == ["a" * 32, "c" * 32]


@pytest.mark.parametrize(
    ("start", "end", "minute", "quiet"),
    [
        (22 * 60, 6 * 60, 23 * 60, True),
        (22 * 60, 6 * 60, 5 * 60 + 59, True),
        (22 * 60, 6 * 60, 6 * 60, False),
        (13 * 60, 14 * 60, 13 * 60, True),
        (13 * 60, 14 * 60, 14 * 60, False),
        (0, 0, 700, True),
    ],
)
def test_quiet_hours_hold_from_their_start_to_just_before_their_end(start, end, minute, quiet):
    assert QuietHours(True, start, end).covers(minute) is quiet


def test_quiet_hours_that_are_off_hold_nothing_back():
    assert not QuietHours(False, 0, 0).covers(700)


def test_a_fingerprint_tells_texts_apart_but_not_sessions():
    one = alert(title="Aya", message="Hi")

    assert (
        one.fingerprint()
        == Alert(
            Key(Phone.ANDROID, 99), one.category, one.app, title="Aya", message="Hi"
        ).fingerprint()
    )
    assert one.fingerprint() != alert(title="Aya", message="Ho").fingerprint()
