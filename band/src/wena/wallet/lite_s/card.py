# SPDX-License-Identifier: Apache-2.0
"""The card: a frame in, a frame or silence out.

It owns what lives only while the reader's field is on (challenge, session keys, authenticated
or not). What outlives power is in the store, which is written before the card answers.
"""

import threading

from wena.wallet.lite_s import reading, writing
from wena.wallet.lite_s.blocks import CK, LITE_S_SYSTEM, MC, NDEF_SYSTEM, RC, STATE, Configuration
from wena.wallet.lite_s.frame import (
    BLOCK_SIZE,
    POLLING,
    READ,
    Access,
    Polling,
    parse,
    response,
)
from wena.wallet.lite_s.mac import Session
from wena.wallet.lite_s.memory import Memory
from wena.wallet.lite_s.status import MEMORY_FAILED, Status, whole
from wena.wallet.store import Store

_REQUEST_SYSTEM, _REQUEST_SPEED = 1, 2
# 212 and 424 kbit/s, chosen by the reader.
_SPEEDS = b"\x00\x83"


class Card:
    """A FeliCa Lite-S card on a store. Safe to call from several threads, one frame at a time."""

    def __init__(self, store: Store) -> None:
        """Raises `StoreDamaged` where the store holds no whole image."""
        self._store = store
        self._memory = Memory(store.load())
        self._session: Session | None = None
        self._known = False
        self._broken = False
        self._lock = threading.Lock()

    @property
    def memory(self) -> Memory:
        """What the card remembers, as its owner sees it; no reader gets this."""
        return self._memory

    def lose_field(self) -> None:
        """The reader's field is gone: challenge, keys and authentication are forgotten."""
        with self._lock:
            self._session, self._known = None, False

    def respond(self, frame: bytes) -> bytes | None:
        """Answer one frame (length byte first); `None` is silence. Never raises for its bytes."""
        command = parse(frame)
        if command is None:
            return None
        with self._lock:
            if self._broken:
                return None
            if isinstance(command, Polling):
                return self._poll(command)
            if command.idm != self._memory.idm:
                return None
            return response(command.code, command.idm + self._access(command))

    def _poll(self, command: Polling) -> bytes | None:
        systems = [LITE_S_SYSTEM]
        if Configuration.from_bytes(self._memory.block(MC)).ndef:
            systems.append(NDEF_SYSTEM)
        answering = next((code for code in systems if _matches(command.system, code)), None)
        if answering is None:
            return None
        extra = {_REQUEST_SYSTEM: answering.to_bytes(2, "big"), _REQUEST_SPEED: _SPEEDS}
        identity = self._memory.idm + self._memory.pmm
        return response(POLLING, identity + extra.get(command.request, b""))

    def _access(self, command: Access) -> bytes:
        state = (self._memory, self._session, self._known)
        if command.code == READ:
            if wrong := reading.fault(command, *state):
                return bytes(wrong)
            data = reading.answer(command, *state)
            return bytes(Status()) + bytes((len(data) // BLOCK_SIZE,)) + data
        return bytes(writing.fault(command, *state) or self._write(command))

    def _write(self, command: Access) -> Status:
        number, data = command.elements[0].number, command.data[:BLOCK_SIZE]
        if number == RC:
            self._session, self._known = Session(self._memory.block(CK), data), False
            return Status()
        after = writing.changed(number, data, self._memory)
        try:
            self._store.save(after.image)
        except OSError:
            # Whether the medium kept it is open until it is read afresh: silence until then.
            self._broken = True
            return whole(MEMORY_FAILED)
        self._memory = after
        if number == STATE:
            signed = len(command.elements) == 2
            self._known = data[0] == 1 and (signed or self._known)
        return Status()


def _matches(asked: int, own: int) -> bool:
    return all(
        part == 0xFF or part == mine
        for part, mine in zip(asked.to_bytes(2, "big"), own.to_bytes(2, "big"), strict=True)
    )
