# SPDX-License-Identifier: Apache-2.0
"""Cards and readers for the tests of the purse."""

from wena.testing.reader import CardReader
from wena.wallet.lite_s import frame
from wena.wallet.lite_s.card import Card
from wena.wallet.lite_s.mac import Session
from wena.wallet.lite_s.memory import IMAGE_SIZE, from_factory
from wena.wallet.purse import Purse
from wena.wallet.store import MemoryMedium, Store

IDM = bytes.fromhex("02FE010203040506")
CHALLENGE = bytes(range(16))
FACTORY_KEY = bytes(16)


def blank_card() -> Card:
    """A card as it leaves the factory."""
    store = Store(MemoryMedium(), IMAGE_SIZE)
    store.save(from_factory(IDM).image)
    return Card(store)


def issued(balance: int = 0) -> tuple[Purse, CardReader]:
    """A purse with money in it, and the shop's reader."""
    purse, reader = Purse(), CardReader.of_a_shop()
    reader.issue(purse)
    if balance:
        reader.top_up(purse, balance)
    return purse, reader


def status(answer: bytes | None) -> tuple[int, int]:
    """The two status flags of an answer."""
    assert answer is not None
    return answer[10], answer[11]


def read(card: Card, *blocks: int) -> list[bytes]:
    """Read blocks that the card gives without question."""
    answer = card.respond(frame.read(IDM, *blocks))
    assert status(answer) == (0, 0)
    assert answer is not None
    return [answer[13 + 16 * place :][:16] for place in range(len(blocks))]


def write(card: Card, block: int, data: bytes) -> tuple[int, int]:
    """Write one block without MAC; returns the flags."""
    return status(card.respond(frame.write(IDM, data.ljust(16, b"\0"), block)))


def challenge(card: Card, key: bytes = FACTORY_KEY) -> Session:
    """Give the card a challenge; returns the session as a reader with `key` has it."""
    assert write(card, 0x80, CHALLENGE) == (0, 0)
    return Session(key, CHALLENGE)


def signed_write(
    card: Card, session: Session, block: int, data: bytes, counter: int | None = None
) -> tuple[int, int]:
    """Write one block with MAC; returns the flags."""
    count = int.from_bytes(read(card, 0x90)[0][:3], "little") if counter is None else counter
    signed = session.signed(count, block, data.ljust(16, b"\0"))
    return status(card.respond(frame.write(IDM, signed, block, 0x91)))
