# SPDX-License-Identifier: Apache-2.0
"""The terminal: pays, tops up and reads a purse in one touch, and never charges a sale twice.

A payment is eight commands: find, challenge, read with MAC, prove the reader, write the entry of
history, read it back, write REG, read REG back. The money moves in the one write to REG (for a
top-up: to LOADED), which also names the sale; so a card that left in between tells at its next
touch whether it paid.

Both reads back are needed: a card's "done" carries no MAC, so only the new content proves it. Were
the entry not proven before the money moves, a holder with a device on the line could keep it from
the card, catch the command that moves the money, and let it act later beside another sale's entry.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from wena.wallet.errors import (
    BalanceTooLow,
    CannotTell,
    OtherCard,
    OverBalanceLimit,
    OverPaymentLimit,
    PurseUsedUp,
    SaleClosed,
    TornAway,
    UnknownSale,
    WalletError,
)
from wena.wallet.journal import Journal, Sale, State
from wena.wallet.keys import IssuerKeys
from wena.wallet.layout import (
    LOADED_BLOCK,
    MOST_PAYMENTS,
    MOST_TOP_UPS,
    RING,
    Entry,
    Funds,
    Kind,
    SaleId,
    checked_amount,
    in_force,
    ring_block,
)
from wena.wallet.lite_s.blocks import REG
from wena.wallet.lite_s.memory import COUNTER_LAST_LOCKED
from wena.wallet.reader_session import Link, ReaderSession

# Proof of the reader, entry, money.
_WRITES_OF_A_TOUCH = 3
_READ_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Receipt:
    """A sale that the card has proven. `repeated`: it had been carried out before this call."""

    sale: SaleId
    kind: Kind
    amount: int
    balance: int
    time: int
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Glance:
    """What a card shows without being changed."""

    idm: bytes
    balance: int
    payment_limit: int
    balance_limit: int


class Terminal:
    """One till of one issuer."""

    def __init__(
        self, keys: IssuerKeys, journal: Journal, clock: Callable[[], float] = time.time
    ) -> None:
        """`clock` gives seconds since 1970."""
        self._keys = keys
        self._clock = clock
        self.journal = journal

    def pay(self, link: Link, amount: int) -> Receipt:
        """Begin a sale over `amount` and complete it. Raises as `complete` does."""
        return self._at_once(link, Kind.PAYMENT, amount)

    def top_up(self, link: Link, amount: int) -> Receipt:
        """Put `amount`, which the holder has handed over, into the purse. Raises likewise."""
        return self._at_once(link, Kind.TOP_UP, amount)

    def begin(self, kind: Kind, amount: int) -> SaleId:
        """Enter a sale before any card is there. Raises `BadAmount`."""
        return self.journal.begin(kind, checked_amount(amount), int(self._clock()))

    def complete(self, link: Link, sale_id: SaleId) -> Receipt:
        """Carry the sale out once, however often this is called.

        Raises a refusal (nothing changed), or `TornAway`: whether the card paid is then open,
        and calling this again with the same card settles it.
        """
        sale = self.journal.find(sale_id)
        if sale.state is State.CANCELLED:
            raise UnknownSale
        if sale.state is State.DONE:
            return _receipt(sale, sale.balance, repeated=True)
        session, funds = self._open(link)
        if session.counter + _WRITES_OF_A_TOUCH > COUNTER_LAST_LOCKED:
            raise PurseUsedUp
        session.prove_reader()
        if sale.state is State.ATTEMPTED and _happened(session, funds, sale):
            self.journal.done(sale.id, funds.balance)
            return _receipt(sale, funds.balance, repeated=True)
        after = _after(funds, sale)
        self.journal.attempted(sale.id, session.idm, after.operations)
        _carry_out(session, sale, after)
        self.journal.done(sale.id, after.balance)
        return _receipt(sale, after.balance, repeated=False)

    def cancel(self, sale_id: SaleId, link: Link | None = None) -> None:
        """Make sure that the sale will never happen.

        One that was begun with a card needs that card: a command for it may still be under way,
        and only the card's write counter can outrun it. Raises `SaleClosed` where it was paid,
        `OtherCard`, `NoCard`, `TornAway`.
        """
        sale = self.journal.find(sale_id)
        if sale.state is State.DONE:
            raise SaleClosed
        if sale.state is State.ATTEMPTED:
            if link is None:
                raise OtherCard
            session, _ = self._open(link)
            session.prove_reader()
            funds = _read_again(session)
            if _happened(session, funds, sale):
                self.journal.done(sale.id, funds.balance)
                raise SaleClosed
        self.journal.cancelled(sale.id)

    def look(self, link: Link) -> Glance:
        """The balance and limits of the card in the field."""
        session, funds = self._open(link)
        loaded = funds.loaded
        return Glance(session.idm, funds.balance, loaded.payment_limit, loaded.balance_limit)

    def history(self, link: Link) -> list[Receipt]:
        """The last operations of the card in the field (eight or nine), newest first."""
        session, funds = self._open(link)
        session.prove_reader()
        ring: dict[int, bytes] = {}
        for at in range(0, len(RING), _READ_AT_ONCE):
            blocks = tuple(RING)[at : at + _READ_AT_ONCE]
            ring.update(zip(blocks, session.read(*blocks), strict=True))
        return with_balances(in_force(ring, funds.operations), funds.balance)

    def _at_once(self, link: Link, kind: Kind, amount: int) -> Receipt:
        sale = self.begin(kind, amount)
        try:
            return self.complete(link, sale)
        except WalletError:
            if self.journal.find(sale).state is State.OPEN:
                self.journal.cancelled(sale)
            raise

    def _open(self, link: Link) -> tuple[ReaderSession, Funds]:
        session = ReaderSession(link)
        blocks = session.authenticate(
            lambda version: self._keys.card_key(session.idm, version or self._keys.version),
            REG,
            LOADED_BLOCK,
        )
        return session, Funds.from_blocks(*blocks)


def _carry_out(session: ReaderSession, sale: Sale, after: Funds) -> None:
    """Write the entry, then move the money, each proven by the card. Raises `TornAway`."""
    block = ring_block(after.operations)
    entry = bytes(Entry(sale.kind, after.operations, sale.amount, sale.time, sale.id))
    session.write(block, entry)
    if session.read_counted(block) != [entry]:
        raise TornAway
    if sale.kind is Kind.PAYMENT:
        session.write(REG, bytes(after.register))
    else:
        session.write(LOADED_BLOCK, bytes(after.loaded))
    if _read_again(session) != after:
        raise TornAway


def _read_again(session: ReaderSession) -> Funds:
    return Funds.from_blocks(*session.read_counted(REG, LOADED_BLOCK))


def _happened(session: ReaderSession, funds: Funds, sale: Sale) -> bool:
    """Whether the card carried out an attempt. Raises `OtherCard`, `CannotTell`.

    The operation that made the card's count reach the attempt's number was carried out beside
    the entry with that number, and the entry has stood since or was overwritten by a later one.
    """
    if session.idm != sale.idm:
        raise OtherCard
    if funds.operations < sale.operation:
        return False
    if sale.id in (funds.register.last, funds.loaded.last):
        return True
    entry = Entry.from_bytes(session.read(ring_block(sale.operation))[0])
    if entry is None or entry.number != sale.operation & 0xFFFF:
        raise CannotTell
    return entry.sale == sale.id


def _after(funds: Funds, sale: Sale) -> Funds:
    """The purse once the sale is carried out; raises the refusal where it may not be."""
    register, loaded = funds.register, funds.loaded
    if sale.kind is Kind.PAYMENT:
        if sale.amount > loaded.payment_limit:
            raise OverPaymentLimit
        if sale.amount > funds.balance:
            raise BalanceTooLow
        if register.payments == MOST_PAYMENTS:
            raise PurseUsedUp
        spent, payments = register.spent + sale.amount, register.payments + 1
        return replace(
            funds, register=replace(register, spent=spent, payments=payments, last=sale.id)
        )
    total, top_ups = loaded.total + sale.amount, loaded.top_ups + 1
    if funds.balance + sale.amount > loaded.balance_limit:
        raise OverBalanceLimit
    if top_ups > MOST_TOP_UPS or total > 0xFFFFFFFF:
        raise PurseUsedUp
    return replace(funds, loaded=replace(loaded, total=total, top_ups=top_ups, last=sale.id))


def _receipt(sale: Sale, balance: int, *, repeated: bool) -> Receipt:
    return Receipt(sale.id, sale.kind, sale.amount, balance, sale.time, repeated)


def with_balances(entries: list[Entry], balance: int) -> list[Receipt]:
    """Entries (newest first) with the balance after each, reckoned back from the present one."""
    receipts: list[Receipt] = []
    for entry in entries:
        receipts.append(
            Receipt(entry.sale, entry.kind, entry.amount, balance, entry.time, repeated=True)
        )
        balance += entry.amount if entry.kind is Kind.PAYMENT else -entry.amount
    return receipts
