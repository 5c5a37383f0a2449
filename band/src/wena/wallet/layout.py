# SPDX-License-Identifier: Apache-2.0
"""How the purse uses the card's blocks. Byte tables: band/docs/purse.md.

Money is a whole number of the currency's smallest unit. The balance is what was ever loaded
(block LOADED) less what was ever spent (REG can only decrease, so spending is REG's distance
from its first value). An entry of history is written before the money moves and is in force only
once the operations counted in REG and LOADED reach its number.
"""

from dataclasses import dataclass
from enum import IntEnum

from wena.wallet.errors import BadAmount, PurseDamaged
from wena.wallet.lite_s.frame import BLOCK_SIZE

LOADED_BLOCK = 4
RING = range(5, 14)
MESSAGE_BLOCKS = range(1, 4)
LIMIT_STEP = 100

_FULL = 0xFFFFFFFF
MOST_AMOUNT = 0xFFFFFF
MOST_PAYMENTS = 0xFFFFFFFF
MOST_TOP_UPS = 0xFFFF


def checked_amount(amount: int) -> int:
    """The amount; raises `BadAmount` unless it is a whole number from 1 to 16,777,215."""
    if type(amount) is not int or not 1 <= amount <= MOST_AMOUNT:
        raise BadAmount
    return amount


class Kind(IntEnum):
    """What an operation did."""

    PAYMENT = 1
    TOP_UP = 2


@dataclass(frozen=True, slots=True)
class SaleId:
    """Names one sale for ever: the terminal (24 bits) and its running number (24 bits, from 1)."""

    terminal: int
    number: int

    def __bytes__(self) -> bytes:
        return self.terminal.to_bytes(3, "big") + self.number.to_bytes(3, "big")

    @classmethod
    def from_bytes(cls, data: bytes) -> "SaleId":
        """Read six bytes."""
        return cls(int.from_bytes(data[:3], "big"), int.from_bytes(data[3:6], "big"))


@dataclass(frozen=True, slots=True)
class Register:
    """Block REG: what was spent, how many payments, and the last of them."""

    spent: int
    payments: int
    last: SaleId

    def __bytes__(self) -> bytes:
        left = (_FULL - self.spent).to_bytes(4, "little")
        return left + (_FULL - self.payments).to_bytes(4, "little") + bytes(self.last) + bytes(2)

    @classmethod
    def from_bytes(cls, block: bytes) -> "Register":
        """Read the block."""
        spent = _FULL - int.from_bytes(block[0:4], "little")
        payments = _FULL - int.from_bytes(block[4:8], "little")
        return cls(spent, payments, SaleId.from_bytes(block[8:14]))


@dataclass(frozen=True, slots=True)
class Loaded:
    """Block LOADED: what was ever loaded, how often, by whom last, and the limits."""

    total: int
    top_ups: int
    last: SaleId
    payment_limit: int
    balance_limit: int

    def __bytes__(self) -> bytes:
        return (
            self.total.to_bytes(4, "little")
            + self.top_ups.to_bytes(2, "little")
            + bytes(self.last)
            + (self.payment_limit // LIMIT_STEP).to_bytes(2, "little")
            + (self.balance_limit // LIMIT_STEP).to_bytes(2, "little")
        )

    @classmethod
    def from_bytes(cls, block: bytes) -> "Loaded":
        """Read the block."""
        return cls(
            int.from_bytes(block[0:4], "little"),
            int.from_bytes(block[4:6], "little"),
            SaleId.from_bytes(block[6:12]),
            int.from_bytes(block[12:14], "little") * LIMIT_STEP,
            int.from_bytes(block[14:16], "little") * LIMIT_STEP,
        )


@dataclass(frozen=True, slots=True)
class Funds:
    """REG and LOADED together: all that decides about money."""

    register: Register
    loaded: Loaded

    @classmethod
    def from_blocks(cls, register: bytes, loaded: bytes) -> "Funds":
        """Read both; raises `PurseDamaged` where more was spent than loaded."""
        funds = cls(Register.from_bytes(register), Loaded.from_bytes(loaded))
        if funds.balance < 0:
            raise PurseDamaged
        return funds

    @property
    def balance(self) -> int:
        """What is left to spend."""
        return self.loaded.total - self.register.spent

    @property
    def operations(self) -> int:
        """Payments and top-ups together: the number of the last one."""
        return self.register.payments + self.loaded.top_ups


@dataclass(frozen=True, slots=True)
class Entry:
    """One operation in the ring. `number` is its lowest 16 bits, `time` seconds since 1970."""

    kind: Kind
    number: int
    amount: int
    time: int
    sale: SaleId

    def __bytes__(self) -> bytes:
        return (
            bytes((self.kind,))
            + (self.number & 0xFFFF).to_bytes(2, "little")
            + self.amount.to_bytes(3, "little")
            + self.time.to_bytes(4, "little")
            + bytes(self.sale)
        )

    @classmethod
    def from_bytes(cls, block: bytes) -> "Entry | None":
        """Read a block of the ring; `None` where none was written."""
        if len(block) != BLOCK_SIZE or block[0] not in tuple(Kind):
            return None
        return cls(
            Kind(block[0]),
            int.from_bytes(block[1:3], "little"),
            int.from_bytes(block[3:6], "little"),
            int.from_bytes(block[6:10], "little"),
            SaleId.from_bytes(block[10:16]),
        )


def ring_block(number: int) -> int:
    """The block in which operation `number` (from 1) is recorded."""
    return RING[number % len(RING)]


def in_force(ring: dict[int, bytes], operations: int) -> list[Entry]:
    """The entries that count, newest first; an unfinished operation hides the oldest one."""
    found: list[Entry] = []
    for number in range(operations, max(0, operations - len(RING)), -1):
        entry = Entry.from_bytes(ring[ring_block(number)])
        if entry is not None and entry.number == number & 0xFFFF:
            found.append(entry)
    return found
