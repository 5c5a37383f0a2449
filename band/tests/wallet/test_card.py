# SPDX-License-Identifier: Apache-2.0
"""The card answers as FeliCa Lite-S does: frames, blocks, rights, codes and counters."""

import pytest

from band.tests.wallet.cards import (
    FACTORY_KEY,
    IDM,
    blank_card,
    challenge,
    read,
    signed_write,
    status,
    write,
)
from wena.wallet.lite_s import frame
from wena.wallet.lite_s.blocks import Configuration
from wena.wallet.lite_s.card import Card
from wena.wallet.lite_s.mac import Session

KEY = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
OPEN = {
    "writable": 0xFFFF,
    "system_open": True,
    "ndef": False,
    "key_change_needs_mac": False,
    "read_needs_auth": 0,
    "write_needs_auth": 0,
    "write_needs_mac": 0,
    "state_needs_mac": False,
}


def configure(card: Card, **changes: int | bool) -> None:
    configuration = Configuration(**{**OPEN, **changes})  # type: ignore[arg-type]
    assert write(card, 0x88, bytes(configuration)) == (0, 0)


def test_it_tells_who_it_is_and_what_system() -> None:
    answer = blank_card().respond(frame.polling(0xFFFF, request=1))
    assert answer == b"\x14\x01" + IDM + bytes.fromhex("00F1FFFFFFFFFFFF 88B4")


def test_it_tells_its_bit_rates() -> None:
    answer = blank_card().respond(frame.polling(0x88B4, request=2))
    assert answer is not None
    assert answer[-2:] == b"\x00\x83"


def test_it_answers_as_a_tag_only_once_that_is_set() -> None:
    card = blank_card()
    assert card.respond(frame.polling(0x12FC)) is None
    configure(card, ndef=True)
    answer = card.respond(frame.polling(0x12FC, request=1))
    assert answer is not None
    assert answer[-2:] == b"\x12\xfc"


@pytest.mark.parametrize(
    "command",
    [
        frame.polling(0x0003),
        frame.polling(0xFFFF, slots=2),
        frame.read(bytes(8), 0),
        b"",
        b"\x01",
        b"\x05\x00\xff\xff\x00",
        frame.read(IDM, 0)[:-1],
        b"\x0a\x04" + IDM,
        b"\x10\x06" + IDM + b"\x01\x0b\x00\x01\x80",
    ],
    ids=["system", "slots", "idm", "empty", "short", "cut", "length", "unknown", "list"],
)
def test_it_stays_silent_where_it_is_not_meant(command: bytes) -> None:
    assert blank_card().respond(command) is None


def test_a_three_byte_element_names_the_same_block() -> None:
    card = blank_card()
    write(card, 5, b"hello")
    answer = card.respond(b"\x11\x06" + IDM + b"\x01\x0b\x00\x01" + b"\x00\x05\x00")
    assert answer is not None
    assert answer[13:18] == b"hello"


@pytest.mark.parametrize(
    ("body", "flags"),
    [
        (b"\x02\x0b\x00\x09\x00\x01\x80\x00", (0xFF, 0xA1)),
        (b"\x01\x0b\x00\x05" + b"\x80\x00" * 5, (0xFF, 0xA2)),
        (b"\x01\x0b\x00\x00", (0xFF, 0xA2)),
        (b"\x01\x0f\x00\x01\x80\x00", (0x01, 0xA6)),
        (b"\x01\x0b\x00\x02\x80\x00\x81\x00", (0x02, 0xA3)),
        (b"\x01\x0b\x00\x02\x80\x00\x90\x00", (0x02, 0xA7)),
        (b"\x01\x0b\x00\x03\x80\x00\x80\x01\x80\x0f", (0x04, 0xA8)),
        (b"\x01\x0b\x00\x01\x00\x00\x01", (0x01, 0xA8)),
        (b"\x01\x09\x00\x01\x80\x83", (0x01, 0xA8)),
        (b"\x01\x0b\x00\x02\x80\x00\x80\x91", (0x02, 0xB2)),
    ],
)
def test_it_names_what_is_wrong_with_a_read(body: bytes, flags: tuple[int, int]) -> None:
    command = b"\x06" + IDM + body
    assert status(blank_card().respond(bytes((len(command) + 1,)) + command)) == flags


def test_both_kinds_of_code_in_one_read_are_refused() -> None:
    card = blank_card()
    challenge(card)
    assert status(card.respond(frame.read(IDM, 0, 0x81, 0x91))) == (0x04, 0xB0)


@pytest.mark.parametrize("block", [0x81, 0x83, 0x85, 0x90, 0xA0, 0x91])
def test_fixed_blocks_cannot_be_written(block: int) -> None:
    assert write(blank_card(), block, b"\x55" * 16) == (0x01, 0xA8)


def test_the_identity_in_the_id_block_stays() -> None:
    card = blank_card()
    write(card, 0x82, b"\xaa" * 16)
    assert read(card, 0x82) == [IDM + b"\xaa" * 8]


def test_key_and_challenge_read_as_zeros() -> None:
    card = blank_card()
    write(card, 0x87, KEY)
    challenge(card, KEY)
    assert read(card, 0x80, 0x87) == [bytes(16), bytes(16)]


def test_the_register_only_falls_and_a_raise_changes_nothing() -> None:
    card = blank_card()
    low = (100).to_bytes(4, "little") + (7).to_bytes(4, "little") + b"remember"
    assert write(card, 0x0E, low) == (0, 0)
    for a, b in [(101, 7), (100, 8), (0, 8)]:
        raised = a.to_bytes(4, "little") + b.to_bytes(4, "little") + b"tampered"
        assert write(card, 0x0E, raised) == (0x01, 0xA9)
    assert read(card, 0x0E) == [low]


def test_the_code_of_a_read_proves_card_and_data() -> None:
    card = blank_card()
    write(card, 0x87, KEY)
    write(card, 3, b"three")
    session = challenge(card, KEY)
    *data, code = read(card, 3, 0x82, 0x91)
    assert code[:8] == session.mac_of_read((3, 0x82), b"".join(data))
    *data, old = read(card, 3, 0x82, 0x81)
    assert old[:8] == session.mac(b"".join(data))
    assert code[:8] != old[:8]


def test_a_write_with_the_right_code_counts_and_cannot_be_repeated() -> None:
    card = blank_card()
    configure(card, write_needs_mac=1 << 2)
    assert write(card, 2, b"no code") == (0x01, 0xA8)
    session = challenge(card)
    counter = card.memory.counter
    assert signed_write(card, session, 2, b"first") == (0, 0)
    assert signed_write(card, session, 2, b"again", counter) == (0x02, 0xB2)
    assert read(card, 2)[0].rstrip(b"\0") == b"first"
    assert card.memory.counter == counter + 1


def test_a_code_under_another_key_or_for_another_block_is_refused() -> None:
    card = blank_card()
    session = challenge(card)
    stranger = Session(KEY, bytes(range(16)))
    assert signed_write(card, stranger, 2, b"x") == (0x02, 0xB2)
    signed = session.signed(card.memory.counter, 2, bytes(16))
    assert status(card.respond(frame.write(IDM, signed, 3, 0x91))) == (0x02, 0xB2)


def test_the_code_of_a_read_is_no_code_for_a_write() -> None:
    card = blank_card()
    session = challenge(card)
    counter = card.memory.counter
    head = counter.to_bytes(4, "little") + bytes((2, 0, 0x91, 0))
    forged = session.mac(head + bytes(16)) + counter.to_bytes(3, "little") + bytes(5)
    assert status(card.respond(frame.write(IDM, bytes(16) + forged, 2, 0x91))) == (0x02, 0xB2)


def test_private_blocks_open_to_a_proven_reader_until_the_field_goes() -> None:
    card = blank_card()
    write(card, 1, b"secret")
    configure(card, read_needs_auth=1 << 1, state_needs_mac=True)
    refused = (0x02, 0xB1)
    assert status(card.respond(frame.read(IDM, 0, 1))) == refused
    assert write(card, 0x92, b"\x01") == (0x01, 0xA8)
    assert signed_write(card, challenge(card), 0x92, b"\x01") == (0, 0)
    assert read(card, 1)[0].startswith(b"secret")
    card.lose_field()
    assert status(card.respond(frame.read(IDM, 0, 1))) == refused


def test_a_plain_write_never_makes_a_reader_proven() -> None:
    card = blank_card()
    configure(card, write_needs_auth=1 << 1)
    assert write(card, 0x92, b"\x01") == (0, 0)
    assert write(card, 1, b"x") == (0x01, 0xB1)


def test_a_new_challenge_forgets_who_was_there() -> None:
    card = blank_card()
    configure(card, read_needs_auth=1 << 1)
    signed_write(card, challenge(card), 0x92, b"\x01")
    challenge(card, KEY)
    assert status(card.respond(frame.read(IDM, 1))) == (0x01, 0xB1)


def test_locks_only_close() -> None:
    card = blank_card()
    configure(card, writable=0xFFFE, write_needs_mac=1 << 2)
    configure(card)
    locked = Configuration.from_bytes(read(card, 0x88)[0])
    assert locked.writable == 0xFFFE
    assert locked.write_needs_mac == 1 << 2
    configure(card, system_open=False, writable=0x7FFE)
    assert write(card, 0x88, bytes(Configuration(**OPEN))) == (0x01, 0xA8)  # type: ignore[arg-type]
    assert write(card, 0x87, KEY) == (0x01, 0xA8)


def test_a_locked_key_changes_only_with_a_code() -> None:
    card = blank_card()
    configure(card, system_open=False, key_change_needs_mac=True)
    assert write(card, 0x87, KEY) == (0x01, 0xA8)
    assert signed_write(card, challenge(card), 0x87, KEY) == (0, 0)
    session = challenge(card, KEY)
    data, code = read(card, 0x82, 0x91)
    assert code[:8] == session.mac_of_read((0x82,), data)


def test_locking_sets_the_counter_into_a_range_never_used_before() -> None:
    card = blank_card()
    assert card.memory.counter == 0xFFFE00
    write(card, 0, b"x")
    assert card.memory.counter == 0xFFFE01
    configure(card, system_open=False)
    assert card.memory.counter == 0


def test_a_refused_command_changes_nothing() -> None:
    card = blank_card()
    session = Session(FACTORY_KEY, bytes(16))
    before = card.memory
    signed_write(card, session, 2, b"no challenge")
    card.respond(frame.write(IDM, bytes(32), 0, 1))
    write(card, 0x0F, b"no block")
    assert card.memory == before
