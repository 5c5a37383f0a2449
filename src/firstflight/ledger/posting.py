# SPDX-License-Identifier: Apache-2.0
"""The one door into the books."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from firstflight.kernel.money import Money
from firstflight.ledger.chart import CHART


class Unbalanced(ValueError):
    """The lines of an entry do not sum to zero in each currency: a defect of the caller."""


@dataclass(frozen=True)
class Line:
    """A debit (positive) or credit (negative) of `minor` units on an account of the chart."""

    account: str
    minor: int
    currency: str


@dataclass(frozen=True)
class NewEntry:
    """An entry to be posted. Posting the same `key` again changes nothing."""

    key: str
    event: str
    book: str
    lines: tuple[Line, ...]
    memo: str = ""

    def payload(self) -> dict[str, Any]:
        """The JSON that the database function `ledger_post` reads.

        Raises:
            Unbalanced: the lines do not sum to zero per currency.
            KeyError: an account is not in the chart.
        """
        sums: dict[str, int] = {}
        for line in self.lines:
            sums[line.currency] = sums.get(line.currency, 0) + line.minor
        if any(sums.values()):
            raise Unbalanced(f"{self.event} {self.key}: {sums}")
        return {
            "key": self.key,
            "event": self.event,
            "book": self.book,
            "memo": self.memo,
            "lines": [
                {**asdict(line), "kind": CHART[line.account]} for line in self.lines if line.minor
            ],
        }


def transfer(amount: Money, *, debit: str, credit: str) -> tuple[Line, Line]:
    """The two lines that move `amount` onto `debit` from `credit`."""
    return (
        Line(debit, amount.minor, amount.currency),
        Line(credit, -amount.minor, amount.currency),
    )


def post(entries: Iterable[NewEntry], at: datetime) -> int:
    """Post entries in the caller's transaction; returns how many were new.

    Raises:
        Unbalanced: an entry does not balance; nothing is posted.
    """
    payload: list[Mapping[str, Any]] = [entry.payload() for entry in entries]
    if not payload:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_post(%s, %s)", [json.dumps(payload), at])
        posted: int = cursor.fetchone()[0]
    return posted
