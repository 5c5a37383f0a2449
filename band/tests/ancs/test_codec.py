# SPDX-License-Identifier: Apache-2.0
"""The bytes of ANCS, as Apple's specification lays them out, and what is no such bytes."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wena.ancs.errors import (
    AncsError,
    MalformedNotification,
    MalformedRequest,
    MalformedResponse,
    ResponseTooLong,
)
from wena.ancs.model import ActionId, CategoryId, EventFlag, EventId, NotificationAttribute
from wena.ancs.notification import SourceEvent
from wena.ancs.request import (
    GetAppAttributes,
    GetNotificationAttributes,
    PerformAction,
    decode_request,
)
from wena.ancs.response import Reassembler, encode_answer, text

APP, TITLE, DATE = (
    NotificationAttribute.APP_IDENTIFIER,
    NotificationAttribute.TITLE,
    NotificationAttribute.DATE,
)
QUESTION = GetNotificationAttributes(7, ((APP, 0), (TITLE, 16), (DATE, 0)))
ANSWER = [(APP, b"com.example"), (TITLE, b"Aya"), (DATE, b"")]


def test_an_incoming_call_is_announced_in_eight_bytes():
    event = SourceEvent.from_bytes(bytes.fromhex("0018010102030405"))

    assert event == SourceEvent(
        EventId.ADDED,
        EventFlag.POSITIVE_ACTION | EventFlag.NEGATIVE_ACTION,
        CategoryId.INCOMING_CALL,
        1,
        0x05040302,
    )
    assert bytes(event).hex() == "0018010102030405"


def test_reserved_flags_are_dropped_and_a_reserved_category_is_other():
    event = SourceEvent.from_bytes(bytes.fromhex("00e4c80100000000"))

    assert event.flags == EventFlag.PRE_EXISTING
    assert event.category is CategoryId.OTHER


@pytest.mark.parametrize("value", ["", "00", "00" * 7, "00" * 9, "03" + "00" * 7])
def test_what_is_no_announcement_is_refused(value):
    with pytest.raises(MalformedNotification):
        SourceEvent.from_bytes(bytes.fromhex(value))


def test_the_three_commands_have_the_bytes_of_the_specification():
    assert bytes(QUESTION).hex() == "00070000000001100005"
    assert bytes(GetAppAttributes("com.a")) == b"\x01com.a\x00\x00"
    assert bytes(PerformAction(7, ActionId.NEGATIVE)).hex() == "020700000001"


@given(
    st.one_of(
        st.builds(
            GetNotificationAttributes,
            st.integers(0, 2**32 - 1),
            st.lists(
                st.tuples(st.sampled_from([APP, DATE]), st.just(0))
                | st.tuples(st.just(TITLE), st.integers(0, 65535)),
                min_size=1,
            ).map(tuple),
        ),
        st.builds(
            GetAppAttributes,
            st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
        ),
        st.builds(PerformAction, st.integers(0, 2**32 - 1), st.sampled_from(ActionId)),
    )
)
def test_a_command_reads_as_it_was_written(request_):
    assert decode_request(bytes(request_)) == request_


@given(st.binary(max_size=64))
def test_any_bytes_are_a_command_or_refused(value):
    with contextlib.suppress(MalformedRequest):
        assert bytes(decode_request(value)) == value


def test_an_app_identifier_with_a_zero_byte_cannot_be_asked_about():
    with pytest.raises(MalformedRequest):
        bytes(GetAppAttributes("com.\0evil"))


@given(st.lists(st.integers(1, 40), max_size=40))
def test_an_answer_is_found_however_it_is_cut(cuts):
    whole = encode_answer(QUESTION, ANSWER)
    assembling = Reassembler(QUESTION)
    found, at = None, 0
    for cut in [*cuts, len(whole)]:
        if at < len(whole):
            assert found is None
            found = assembling.feed(whole[at : at + cut])
            at += cut

    assert found == dict(ANSWER)


def test_the_tail_of_an_earlier_answer_is_dropped_and_counted():
    assembling = Reassembler(QUESTION)

    assert assembling.feed(b"rest of what came late") is None
    assert assembling.feed(encode_answer(QUESTION, ANSWER)) == dict(ANSWER)
    assert assembling.dropped == 22


def test_an_answer_about_another_notification_is_no_answer():
    other = GetNotificationAttributes(8, QUESTION.attributes)

    assert Reassembler(QUESTION).feed(encode_answer(other, ANSWER)) is None


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ([(TITLE, b"x" * 17)], ResponseTooLong),
        ([(APP, b"x" * 1025)], ResponseTooLong),
        ([(NotificationAttribute.MESSAGE, b"x")], MalformedResponse),
        ([(APP, b"a"), (APP, b"a")], MalformedResponse),
    ],
)
def test_an_answer_that_does_not_fit_the_question_is_refused(values, fault):
    with pytest.raises(fault):
        Reassembler(QUESTION).feed(encode_answer(QUESTION, values))


@given(st.lists(st.binary(max_size=600), max_size=60))
def test_any_fragments_leave_memory_bounded(fragments):
    assembling = Reassembler(QUESTION)
    for fragment in [encode_answer(QUESTION, [])[:4], *fragments]:
        try:
            if assembling.feed(fragment) is not None:
                break
        except AncsError:
            break
        assert len(assembling._buffer) <= 2 * 1024 + 16 + 600


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(0, 40))
def test_a_text_cut_inside_a_character_loses_that_character_alone(written, cut):
    value = written.encode()[:cut]

    assert written.startswith(text(value))
    assert len(value) - len(text(value).encode()) < 4


def test_bytes_that_are_no_text_do_not_stop_anything():
    assert text(b"a\xff\xfeb") == "a��b"
