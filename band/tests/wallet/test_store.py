# SPDX-License-Identifier: Apache-2.0
"""Power may fail at any byte: the card is then exactly before or exactly after."""

import errno
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from band.tests.wallet.cards import CHALLENGE, FACTORY_KEY, IDM, status
from wena.wallet.errors import StoreDamaged
from wena.wallet.lite_s import frame
from wena.wallet.lite_s.blocks import Configuration
from wena.wallet.lite_s.card import Card
from wena.wallet.lite_s.mac import Session
from wena.wallet.lite_s.memory import IMAGE_SIZE, Memory, from_factory
from wena.wallet.purse import Purse
from wena.wallet.store import FileMedium, MemoryMedium, Store


class PowerCut(Exception):
    """The power is gone."""


class CutMedium(MemoryMedium):
    """Loses power once `left` bytes were written."""

    def __init__(self, content: bytes, left: int) -> None:
        super().__init__()
        self.content[:] = content
        self.left = left

    def write(self, offset: int, data: bytes) -> None:
        super().write(offset, data[: self.left])
        self.left -= len(data)
        if self.left < 0:
            raise PowerCut


LOCK = bytes(Configuration(0x7FFF, False, True, False, 0, 0, 1 << 4, True))
_SESSION = Session(FACTORY_KEY, CHALLENGE)
_REGISTER = (5).to_bytes(4, "little") * 4
COMMANDS = {
    "user block": frame.write(IDM, b"u" * 16, 3),
    "register": frame.write(IDM, _REGISTER, 0x0E),
    "id": frame.write(IDM, b"i" * 16, 0x82),
    "key": frame.write(IDM, b"k" * 16, 0x87),
    "key version": frame.write(IDM, b"v" * 16, 0x86),
    "configuration": frame.write(IDM, LOCK, 0x88),
    "with mac": frame.write(IDM, _SESSION.signed(0xFFFE00, 4, b"m" * 16), 4, 0x91),
    "register with mac": frame.write(IDM, _SESSION.signed(0xFFFE00, 0x0E, _REGISTER), 0x0E, 0x91),
    "state": frame.write(IDM, _SESSION.signed(0xFFFE00, 0x92, b"\x01" * 16), 0x92, 0x91),
}


def saved(image: bytes) -> bytes:
    medium = MemoryMedium()
    Store(medium, IMAGE_SIZE).save(image)
    return medium.read()


def reopened(content: bytes) -> Memory:
    return Card(Store(CutMedium(content, 10**9), IMAGE_SIZE)).memory


@pytest.mark.parametrize("name", COMMANDS)
def test_a_cut_at_any_byte_of_any_write_leaves_before_or_after(name: str) -> None:
    before = from_factory(IDM)
    content = saved(before.image)
    whole = CutMedium(content, 10**9)
    card = Card(Store(whole, IMAGE_SIZE))
    card.respond(frame.write(IDM, CHALLENGE, 0x80))
    assert status(card.respond(COMMANDS[name])) == (0, 0)
    after = card.memory
    assert after != before
    seen = []
    for cut in range(10**9 - whole.left):
        medium = CutMedium(content, cut)
        card = Card(Store(medium, IMAGE_SIZE))
        card.respond(frame.write(IDM, CHALLENGE, 0x80))
        with pytest.raises(PowerCut):
            card.respond(COMMANDS[name])
        seen.append(reopened(medium.read()))
    assert set(seen) == {before, after}
    # Once the new state shows, a later cut never shows the old one again.
    assert seen == sorted(seen, key=lambda memory: memory == after)


def test_a_cut_while_mending_harms_nothing() -> None:
    before, after = from_factory(IDM), from_factory(IDM).with_block(1, b"n" * 16)
    medium = CutMedium(saved(before.image), len(saved(before.image)) // 2 + 9)
    store = Store(medium, IMAGE_SIZE)
    store.load()
    with pytest.raises(PowerCut):
        store.save(after.image)
    torn = medium.read()
    for cut in range(len(torn) // 2):
        mending = CutMedium(torn, cut)
        with pytest.raises(PowerCut):
            Store(mending, IMAGE_SIZE).load()
        assert reopened(mending.read()) == after


def test_a_copy_that_decays_never_turns_time_back() -> None:
    content = bytearray(saved(from_factory(IDM).image))
    medium = MemoryMedium()
    medium.content[:] = content
    store = Store(medium, IMAGE_SIZE)
    store.load()
    newest = from_factory(IDM).with_counter(0xFFFE01)
    store.save(newest.image)
    for place in range(len(medium.content)):
        decayed = bytearray(medium.content)
        decayed[place] ^= 0x10
        assert reopened(bytes(decayed)) == newest


@given(st.data())
def test_sectors_written_in_any_order_leave_before_or_after(data: st.DataObject) -> None:
    before = from_factory(IDM)
    after = before.with_block(9, b"z" * 16).with_counter(0xFFFE01)
    old, medium = saved(before.image), MemoryMedium()
    medium.content[:] = old
    store = Store(medium, IMAGE_SIZE)
    store.load()
    store.save(after.image)
    new, half = medium.read(), len(old) // 2
    first = data.draw(st.sets(st.integers(0, half - 1)))
    torn = bytes(new[at] if at in first else old[at] for at in range(half)) + old[half:]
    assert reopened(torn) in (before, after)


def test_a_card_first_made_during_a_cut_is_made_again() -> None:
    size = len(saved(from_factory(IDM).image))
    for cut in range(0, size, 7):
        medium = CutMedium(b"", cut)
        with pytest.raises(PowerCut):
            Purse(medium)
        medium.left = 10**9
        assert Purse(medium).exchange(frame.polling()) is not None


def test_nothing_whole_is_said_and_not_overwritten() -> None:
    medium = CutMedium(b"?" * len(saved(from_factory(IDM).image)), 10**9)
    with pytest.raises(StoreDamaged):
        Purse(medium)
    assert set(medium.read()) == {ord("?")}


class FullDisk(MemoryMedium):
    """Refuses to keep anything once `full`."""

    full = False

    def sync(self) -> None:
        if self.full:
            raise OSError(errno.ENOSPC, "no space")


def test_a_failing_disk_is_told_to_the_reader_and_the_card_falls_silent() -> None:
    medium = FullDisk()
    Store(medium, IMAGE_SIZE).save(from_factory(IDM).image)
    card = Card(Store(medium, IMAGE_SIZE))
    medium.full = True
    assert status(card.respond(frame.write(IDM, bytes(16), 0))) == (0xFF, 0x70)
    assert card.respond(frame.polling()) is None


def test_a_file_keeps_the_purse_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "purse"
    first = Purse.at(path)
    assert Purse.at(path).idm == first.idm
    assert path.stat().st_mode & 0o077 == 0
    medium = FileMedium(path)
    assert medium.read()
    medium.close()
