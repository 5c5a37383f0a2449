# SPDX-License-Identifier: Apache-2.0
"""Texts: what fits, and where they are cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wena.wena3.calendar_entry import CalendarEntry
from wena.wena3.music import Music
from wena.wena3.notification import Notification
from wena.wena3.reading import Reading
from wena.wena3.text import pack_text


def test_a_message_of_86_kanji_is_cut_to_85_so_that_its_length_fits() -> None:
    packed = bytes(Notification(id=1, message="漢" * 86))
    assert packed[6] == 255
    assert Notification.from_bytes(packed).message == "漢" * 85


def test_an_emoji_that_does_not_fit_is_left_out_whole() -> None:
    packed = bytes(Notification(id=1, title="a" * 30 + "😀"))
    assert Notification.from_bytes(packed).title == "a" * 30


def test_the_full_width_space_stays_and_others_at_the_ends_go() -> None:
    assert pack_text(" \t\u3000全角\u3000\n", Reading.CAREFUL, 31).decode() == "\u3000全角\u3000"


def test_calendar_texts_keep_their_spaces() -> None:
    entry = CalendarEntry(1, 1, "  a  ", 0, 0, " b ")
    assert CalendarEntry.from_bytes(bytes(entry)).title == "  a  "


def test_half_a_pair_becomes_a_question_mark() -> None:
    assert pack_text("\ud83d!", Reading.CAREFUL, 31) == b"?!"


@pytest.mark.parametrize("length", [86, 100, 200, 239])
def test_the_strap_reads_a_message_whole_whose_length_byte_wrapped(length: int) -> None:
    sent = Notification(id=1, title="題", message="漢" * length, action="返信")
    read = Notification.from_bytes(sent.encode(Reading.SOURCE))
    assert (read.title, read.message, read.action) == ("題", "漢" * length, "返信")


def test_the_strap_reads_a_long_music_line_whole() -> None:
    assert Music.from_bytes(Music("音" * 99).encode(Reading.SOURCE)).text == "音" * 99


@given(st.text(alphabet=st.characters(), max_size=400))
def test_no_text_ever_overflows_its_length_byte(text: str) -> None:
    for units in (None, 15, 31, 99, 239):
        packed = pack_text(text, Reading.CAREFUL, units)
        assert len(packed) <= 255
        packed.decode("utf-8")


@given(st.text(alphabet=st.characters(), max_size=120))
def test_a_short_text_comes_back_as_it_was_but_for_lone_surrogates(text: str) -> None:
    packed = pack_text(text, Reading.CAREFUL)
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if len(whole.encode()) <= 255 and "\ufffd" not in whole:
        assert packed.decode() == text
