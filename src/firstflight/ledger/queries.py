# SPDX-License-Identifier: Apache-2.0
"""Reading the books."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Sum

from firstflight.ledger.models import Posting


@dataclass(frozen=True)
class Balance:
    """An account's balance in minor units, debit positive."""

    account: str
    kind: str
    currency: str
    minor: int


def trial_balance(book: str) -> dict[str, list[Balance]]:
    """Every account of a book with its balance, by currency; each list sums to zero."""
    rows = (
        Posting.objects.filter(account__book=book)
        .values("account__name", "account__kind", "account__currency")
        .annotate(minor=Sum("minor"))
        .order_by("account__currency", "account__kind", "account__name")
    )
    found: dict[str, list[Balance]] = defaultdict(list)
    for row in rows:
        balance = Balance(
            row["account__name"], row["account__kind"], row["account__currency"], row["minor"]
        )
        found[balance.currency].append(balance)
    return dict(found)
