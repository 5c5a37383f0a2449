# SPDX-License-Identifier: Apache-2.0
"""A simulated card reader at a till: hold a purse to it and pay, top up, or look.

    purse = Purse()
    reader = CardReader.of_a_shop(currency="JPY")
    reader.issue(purse)
    reader.top_up(purse, 3_000)
    reader.pay(purse, 480).balance      # 2520

The card may also stand behind a socket: see `wena.testing.udp_card`.
"""

from typing import Protocol

from wena.wallet.errors import UnfinishedSale, WalletError
from wena.wallet.issue import issue
from wena.wallet.journal import Journal, State
from wena.wallet.keys import IssuerKeys
from wena.wallet.layout import Kind, SaleId
from wena.wallet.terminal import Glance, Receipt, Terminal


class Tappable(Protocol):
    """Something that can be held to a reader: a `Purse`, or a card behind a socket."""

    def exchange(self, command: bytes) -> bytes | None:
        """Answer one frame; `None` is silence."""

    def lose_field(self) -> None:
        """The reader is gone."""


class TornLink:
    """A card that is taken away after so many frames: `frames` reach it, the answer of the last
    one is lost. What a hasty owner does."""

    def __init__(self, card: Tappable, frames: int) -> None:
        self._card = card
        self._left = frames

    def exchange(self, command: bytes) -> bytes | None:
        """Pass the frame on while the card is near."""
        if self._left <= 0:
            return None
        self._left -= 1
        answer = self._card.exchange(command)
        return answer if self._left else None

    def lose_field(self) -> None:
        """The reader is gone."""
        self._card.lose_field()


class CardReader:
    """A till with its terminal. Each method is one touch of the card."""

    def __init__(self, keys: IssuerKeys, terminal: Terminal) -> None:
        self._keys = keys
        self.terminal = terminal
        self._sale: SaleId | None = None

    @classmethod
    def of_a_shop(cls, currency: str = "JPY", number: int = 1) -> "CardReader":
        """A reader with keys for trying things out: anybody can know them."""
        keys = IssuerKeys(currency, {1: b"for tests and demonstrations!!!!"})
        return cls(keys, Terminal(keys, Journal(number)))

    @property
    def unfinished(self) -> bool:
        """Whether a card left before the end, and must come back or the sale be cancelled."""
        return self._sale is not None

    def issue(
        self, card: Tappable, *, payment_limit: int = 20_000, balance_limit: int = 50_000
    ) -> bytes:
        """Make a blank card into a purse of this issuer; returns its IDm (8 bytes)."""
        try:
            return issue(card, self._keys, payment_limit=payment_limit, balance_limit=balance_limit)
        finally:
            card.lose_field()

    def tap(self, card: Tappable) -> Glance:
        """Show the balance and limits."""
        try:
            return self.terminal.look(card)
        finally:
            card.lose_field()

    def pay(self, card: Tappable, amount: int) -> Receipt:
        """Take `amount`. After `TornAway`, calling this again finishes the same sale."""
        return self._touch(card, Kind.PAYMENT, amount)

    def top_up(self, card: Tappable, amount: int) -> Receipt:
        """Put `amount` in. After `TornAway`, calling this again finishes the same sale."""
        return self._touch(card, Kind.TOP_UP, amount)

    def history(self, card: Tappable) -> list[Receipt]:
        """The card's last operations, newest first."""
        try:
            return self.terminal.history(card)
        finally:
            card.lose_field()

    def cancel(self, card: Tappable) -> None:
        """Give up the unfinished sale; needs its card. Raises `SaleClosed` where it was paid."""
        if self._sale is None:
            return
        try:
            self.terminal.cancel(self._sale, card)
        finally:
            card.lose_field()
            self._forget_settled(self._sale)

    def _touch(self, card: Tappable, kind: Kind, amount: int) -> Receipt:
        if self._sale is not None:
            sale = self.terminal.journal.find(self._sale)
            if (sale.kind, sale.amount) != (kind, amount):
                raise UnfinishedSale
        current = self._sale or self.terminal.begin(kind, amount)
        self._sale = current
        try:
            return self.terminal.complete(card, current)
        except WalletError:
            if self.terminal.journal.find(current).state is State.OPEN:
                self.terminal.cancel(current)
            raise
        finally:
            card.lose_field()
            self._forget_settled(current)

    def _forget_settled(self, sale: SaleId) -> None:
        if self.terminal.journal.find(sale).state is not State.ATTEMPTED:
            self._sale = None
