# SPDX-License-Identifier: Apache-2.0
"""The terminal's book of sales: written before the card is, so that a crash forgets nothing.

One SQLite file per terminal. A sale goes from open to attempted to done, or is cancelled.
"""

import sqlite3
import threading
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from wena.wallet.errors import JournalDamaged, UnknownSale
from wena.wallet.layout import Kind, SaleId

_TABLE = """
CREATE TABLE IF NOT EXISTS sales (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    time INTEGER NOT NULL,
    state TEXT NOT NULL,
    idm BLOB,
    operation INTEGER,
    balance INTEGER
)
"""


class State(StrEnum):
    """How far a sale has come."""

    OPEN = "open"
    ATTEMPTED = "attempted"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Sale:
    """A sale in the book.

    idm, operation: the card it was begun with, and the operation number it had there.
    balance: what the card held afterwards, once done.
    """

    id: SaleId
    kind: Kind
    amount: int
    time: int
    state: State
    idm: bytes | None
    operation: int
    balance: int


class Journal:
    """The book of one terminal. Safe to call from several threads."""

    def __init__(self, terminal: int, path: Path | None = None) -> None:
        """`terminal` is 1 to 16,777,215; without a path the book lives in memory.

        Raises `JournalDamaged`.
        """
        if not 1 <= terminal <= 0xFFFFFF:
            raise ValueError("a terminal's number is 1 to 16,777,215")
        self.terminal = terminal
        self._lock = threading.Lock()
        try:
            self._book = sqlite3.connect(
                path or ":memory:", isolation_level=None, check_same_thread=False
            )
            # A book of record: each step is on the disk before the card hears of it.
            self._book.execute("PRAGMA synchronous = FULL")
            self._book.execute(_TABLE)
        except sqlite3.DatabaseError as error:
            raise JournalDamaged from error

    def begin(self, kind: Kind, amount: int, time: int) -> SaleId:
        """Enter a new sale; its number was never used before."""
        with self._lock:
            cursor = self._book.execute(
                "INSERT INTO sales (kind, amount, time, state) VALUES (?, ?, ?, ?)",
                (kind, amount, time, State.OPEN),
            )
        return SaleId(self.terminal, cursor.lastrowid or 0)

    def find(self, sale: SaleId) -> Sale:
        """Raises `UnknownSale`."""
        with self._lock:
            row = self._book.execute(
                "SELECT kind, amount, time, state, idm, operation, balance"
                " FROM sales WHERE number = ?",
                (sale.number,),
            ).fetchone()
        if row is None or sale.terminal != self.terminal:
            raise UnknownSale
        kind, amount, time, state, idm, operation, balance = row
        return Sale(sale, Kind(kind), amount, time, State(state), idm, operation or 0, balance or 0)

    def attempted(self, sale: SaleId, idm: bytes, operation: int) -> None:
        """From here on the card may have been changed."""
        self._change("state = ?, idm = ?, operation = ?", (State.ATTEMPTED, idm, operation), sale)

    def done(self, sale: SaleId, balance: int) -> None:
        """The card has proven it."""
        self._change("state = ?, balance = ?", (State.DONE, balance), sale)

    def cancelled(self, sale: SaleId) -> None:
        """The sale can no longer happen."""
        self._change("state = ?", (State.CANCELLED,), sale)

    def unfinished(self) -> list[Sale]:
        """Sales that a card may or may not have carried out, oldest first."""
        with self._lock:
            rows = self._book.execute(
                "SELECT number FROM sales WHERE state = ? ORDER BY number", (State.ATTEMPTED,)
            ).fetchall()
        return [self.find(SaleId(self.terminal, number)) for (number,) in rows]

    def close(self) -> None:
        """Give the file back."""
        self._book.close()

    def _change(self, change: str, values: tuple[object, ...], sale: SaleId) -> None:
        with self._lock:
            # The text of the change is one of three above; what varies goes as a parameter.
            self._book.execute(
                f"UPDATE sales SET {change} WHERE number = ?",  # noqa: S608
                (*values, sale.number),
            )
