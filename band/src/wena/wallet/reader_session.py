# SPDX-License-Identifier: Apache-2.0
"""The reader's side of one touch: find the card, authenticate it, read and write with MAC.

It owns the challenge and the session keys. It knows blocks, not money.
"""

import os
from collections.abc import Callable
from typing import Protocol

from wena.wallet.errors import CardRefused, NoCard, NotOurCard, TornAway
from wena.wallet.lite_s import frame
from wena.wallet.lite_s.blocks import CKV, LITE_S_SYSTEM, MAC_A, RC, STATE, WCNT
from wena.wallet.lite_s.frame import BLOCK_SIZE
from wena.wallet.lite_s.mac import Session, equal

# An answer to a read: length, code, IDm (8), two flags, number of blocks.
_HEAD = 13


class Link(Protocol):
    """The way to the card in the field. `None`: no answer came in time."""

    def exchange(self, command: bytes) -> bytes | None:
        """Send one frame and wait for the answer."""


class ReaderSession:
    """One touch. Each method raises `TornAway` once the card no longer answers."""

    def __init__(self, link: Link) -> None:
        """Find the card. Raises `NoCard`."""
        self._link = link
        found = link.exchange(frame.polling(LITE_S_SYSTEM))
        if found is None or len(found) < 18 or found[1] != frame.POLLING + 1:
            raise NoCard
        self.idm = found[2:10]
        self.counter = 0
        self._session: Session | None = None

    def plain_read(self, *blocks: int) -> list[bytes]:
        """Read blocks, trusting whatever answers."""
        answer = self._exchange(frame.read(self.idm, *blocks))
        data = answer[_HEAD:]
        if len(data) != len(blocks) * BLOCK_SIZE:
            raise CardRefused
        return [data[at : at + BLOCK_SIZE] for at in range(0, len(data), BLOCK_SIZE)]

    def plain_write(self, block: int, data: bytes) -> None:
        """Write one block without a MAC."""
        self._exchange(frame.write(self.idm, data, block))

    def authenticate(self, key_of: Callable[[int | None], bytes], *blocks: int) -> list[bytes]:
        """Challenge the card and read up to two blocks; returns them once the card is proven.

        `key_of(None)` gives the card key that is likely, `key_of(version)` that of the version
        which the card names; it raises `KeyError` where there is none. Raises `NotOurCard`.
        """
        challenge = os.urandom(BLOCK_SIZE)
        self.plain_write(RC, challenge)
        asked = (WCNT, *blocks)
        *data, code = self.plain_read(*asked, MAC_A)
        for version in (None, "named"):
            key = self._key(key_of, named=version is not None)
            session = Session(key, challenge)
            if equal(session.mac_of_read(asked, b"".join(data)), code[:8]):
                self._session = session
                self.counter = int.from_bytes(data[0][:3], "little")
                return data[1:]
        raise NotOurCard

    def _key(self, key_of: Callable[[int | None], bytes], *, named: bool) -> bytes:
        version = int.from_bytes(self.plain_read(CKV)[0][:2], "little") if named else None
        try:
            return key_of(version)
        except KeyError:
            raise NotOurCard from None

    def read(self, *blocks: int) -> list[bytes]:
        """Read up to three blocks with proof that they come from the card, now."""
        *data, code = self.plain_read(*blocks, MAC_A)
        if not equal(self._proven().mac_of_read(blocks, b"".join(data)), code[:8]):
            raise NotOurCard
        return data

    def read_counted(self, *blocks: int) -> list[bytes]:
        """Read up to two blocks; raises `TornAway` unless the card has counted all our writes."""
        counter, *data = self.read(WCNT, *blocks)
        if int.from_bytes(counter[:3], "little") != self.counter:
            raise TornAway
        return data

    def write(self, block: int, data: bytes) -> None:
        """Write one block with proof that it comes from the issuer, once."""
        signed = self._proven().signed(self.counter, block, data)
        self._exchange(frame.write(self.idm, signed, block, MAC_A))
        self.counter += 1

    def prove_reader(self) -> None:
        """Show the card that this reader knows its key, so that it gives its private blocks."""
        self.write(STATE, b"\x01".ljust(BLOCK_SIZE, b"\0"))

    def _proven(self) -> Session:
        if self._session is None:
            raise RuntimeError("authenticate first")
        return self._session

    def _exchange(self, command: bytes) -> bytes:
        answer = self._link.exchange(command)
        if answer is None:
            raise TornAway
        if len(answer) < 12 or answer[0] != len(answer) or answer[1] != command[1] + 1:
            raise TornAway
        if answer[2:10] != self.idm:
            raise TornAway
        if answer[10:12] != b"\0\0":
            raise CardRefused
        return answer
