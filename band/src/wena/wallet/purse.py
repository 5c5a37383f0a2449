# SPDX-License-Identifier: Apache-2.0
"""The purse in the strap: the card with its store, its owner's view and its power.

It needs no Bluetooth and no phone. A reader reaches it only through `exchange`; the owner's view
(`view`) reads the card's memory directly, as the strap's own screen does.
"""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from wena.wallet.layout import LOADED_BLOCK, RING, Funds, in_force
from wena.wallet.lite_s.blocks import MC, REG, Configuration
from wena.wallet.lite_s.card import Card
from wena.wallet.lite_s.frame import POLLING
from wena.wallet.lite_s.memory import IMAGE_SIZE, from_factory
from wena.wallet.reserve import Reserve
from wena.wallet.store import FileMedium, Medium, MemoryMedium, Store
from wena.wallet.terminal import Receipt, with_balances

# NFC Forum Digital Protocol: an NFCID2 that begins so belongs to a Type 3 Tag.
_IDM_PREFIX = b"\x02\xfe"


@dataclass(frozen=True, slots=True)
class PurseView:
    """What the owner sees. History is newest first, each with the balance after it."""

    issued: bool
    balance: int
    payment_limit: int
    balance_limit: int
    payments_at_empty: int
    history: tuple[Receipt, ...]


class Purse:
    """A link for readers, a view for the owner. Safe to call from several threads."""

    def __init__(
        self,
        medium: Medium | None = None,
        *,
        battery: Callable[[], int] = lambda: 100,
        reserve: Reserve | None = None,
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        """A new blank card where the medium is blank; without one it lives in memory.

        `battery` gives the strap's level in percent. `on_change` is called after each payment or
        top-up. Raises `StoreDamaged`.
        """
        medium = medium or MemoryMedium()
        store = Store(medium, IMAGE_SIZE)
        if store.is_blank():
            store.save(from_factory(_IDM_PREFIX + secrets.token_bytes(6)).image)
        self._card = Card(store)
        self._battery = battery
        self._reserve = reserve or Reserve()
        self._on_change = on_change
        self._awake = False
        self._lock = threading.Lock()

    @classmethod
    def at(cls, path: Path, *, battery: Callable[[], int] = lambda: 100) -> "Purse":
        """The purse kept in a file, made where there is none. The file holds its key."""
        return cls(FileMedium(path), battery=battery)

    @property
    def idm(self) -> bytes:
        """The card's identity: 8 bytes."""
        return self._card.memory.idm

    def exchange(self, command: bytes) -> bytes | None:
        """Answer a reader's frame; `None` is silence, also when there is no power left."""
        with self._lock:
            battery = self._battery()
            if not self._awake or command[1:2] == bytes((POLLING,)):
                # Decided once a touch, so that the last payment can still be proven.
                self._awake = self._reserve.allows(battery)
            if not self._awake:
                return None
            before = self._card.memory
            answer = self._card.respond(command)
            after = self._card.memory
            paid = after.block(REG) != before.block(REG)
            if paid:
                self._reserve.spend(battery)
        if paid or after.block(LOADED_BLOCK) != before.block(LOADED_BLOCK):
            self._on_change()
        return answer

    def lose_field(self) -> None:
        """The reader is gone."""
        self._awake = False
        self._card.lose_field()

    def view(self) -> PurseView:
        """What the strap shows its owner."""
        memory = self._card.memory
        issued = not Configuration.from_bytes(memory.block(MC)).system_open
        if not issued:
            return PurseView(False, 0, 0, 0, self._reserve.left, ())
        funds = Funds.from_blocks(memory.block(REG), memory.block(LOADED_BLOCK))
        ring = {block: memory.block(block) for block in RING}
        return PurseView(
            issued,
            funds.balance,
            funds.loaded.payment_limit,
            funds.loaded.balance_limit,
            self._reserve.left,
            tuple(with_balances(in_force(ring, funds.operations), funds.balance)),
        )
