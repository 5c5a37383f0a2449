# SPDX-License-Identifier: Apache-2.0
"""The numbers that may never be wrong, computed anew from the rows and compared.

Nothing here trusts a counter: places are counted from pledges, balances from postings, and the
provider's records are read line by line.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

from firstflight.payments.gateways.protocol import BalanceLine
from firstflight.payments.gateways.registry import DEFAULT, gateway
from firstflight.payments.models import Charge, Refund
from firstflight.people import audit
from firstflight.pledges.states import HOLDING


@dataclass
class Books:
    """The result: all numbers are zero when all is well; `findings` name each difference."""

    oversold: int = 0
    lost_places: int = 0
    double_charges: int = 0
    ledger_imbalance_minor: int = 0
    provider_mismatch_minor: int = 0
    audit_breaks: int = 0
    findings: list[str] = field(default_factory=list)

    @property
    def right(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def check_books(*, ask_provider: bool = True) -> Books:
    """Check everything; with `ask_provider` its records are compared too.

    Raises:
        ProviderUnavailable: the provider did not answer.
    """
    books = Books()
    _check_places(books)
    _check_charges(books)
    _check_entries(books)
    _check_promises(books)
    _check_money(books)
    if ask_provider:
        _check_provider(books, gateway(DEFAULT).balance_lines())
    for fault in audit.verify():
        books.audit_breaks += 1
        books.findings.append(f"audit log, row {fault.entry_id}: {fault.reason}")
    return books


def _rows(sql: str, parameters: Iterable[object] = ()) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))  # type: ignore[arg-type]
        return list(cursor.fetchall())


def _number(value: object) -> int:
    return int(str(value))


def _check_places(books: Books) -> None:
    sql = """
        SELECT s.id, s."limit", s.taken, coalesce(h.places, 0) FROM campaigns_stock s LEFT JOIN (
            SELECT s.id, sum(i.quantity) AS places FROM campaigns_stock s
            JOIN pledges_pledgeitem i ON i.reward_id = s.reward_id
                AND (s.variant_id IS NULL OR s.variant_id = i.variant_id)
            JOIN pledges_pledge p ON p.id = i.pledge_id AND p.state = ANY(%s) GROUP BY s.id
        ) h ON h.id = s.id
        WHERE s.taken <> coalesce(h.places, 0) OR coalesce(h.places, 0) > s."limit"
    """
    for stock_id, limit, taken, held in _rows(sql, [list(HOLDING)]):
        if limit is not None and _number(held) > _number(limit):
            books.oversold += _number(held) - _number(limit)
            books.findings.append(f"stock {stock_id}: {held} places held of {limit}")
        if taken != held:
            books.lost_places += abs(_number(taken) - _number(held))
            books.findings.append(f"stock {stock_id}: {taken} places taken, {held} held")


def _check_charges(books: Books) -> None:
    sql = """
        SELECT subject, count(*) FROM payments_charge WHERE state = 'succeeded'
        GROUP BY subject HAVING count(*) > 1
    """
    for subject, times in _rows(sql):
        books.double_charges += _number(times) - 1
        books.findings.append(f"{subject}: charged {times} times")
    sql = """
        SELECT p.id, p.total_minor, c.amount_minor FROM pledges_pledge p
        JOIN payments_charge c ON c.subject = 'pledge:' || p.id AND c.state = 'succeeded'
        WHERE c.amount_minor <> p.total_minor OR p.state NOT IN
            ('collected', 'partially_refunded', 'refunded', 'disputed')
    """
    for pledge_id, total, charged in _rows(sql):
        books.ledger_imbalance_minor += _number(charged)
        books.findings.append(f"pledge {pledge_id}: {charged} charged, {total} promised or unmoved")


def _check_entries(books: Books) -> None:
    sql = """
        SELECT p.entry_id, a.currency, sum(p.minor) FROM ledger_posting p
        JOIN ledger_account a ON a.id = p.account_id GROUP BY 1, 2 HAVING sum(p.minor) <> 0
    """
    for entry_id, currency, minor in _rows(sql):
        books.ledger_imbalance_minor += abs(_number(minor))
        books.findings.append(f"ledger entry {entry_id}: off by {minor} {currency}")


def _check_promises(books: Books) -> None:
    """Each promise account holds exactly what the pledges in the matching states promise."""
    sql = """
        WITH promised AS (
            SELECT 'campaign:' || campaign_id AS book, currency, CASE state
                WHEN 'held' THEN 'promises_held' WHEN 'active' THEN 'promises_authorised'
                ELSE 'promises_due' END AS name, sum(total_minor) AS minor
            FROM pledges_pledge WHERE state IN ('held', 'active', 'locked', 'errored')
            GROUP BY 1, 2, 3
        ), booked AS (
            SELECT a.book, a.currency, a.name, sum(p.minor) AS minor
            FROM ledger_account a JOIN ledger_posting p ON p.account_id = a.id
            WHERE a.name IN ('promises_held', 'promises_authorised', 'promises_due')
            GROUP BY 1, 2, 3
        )
        SELECT book, name, coalesce(b.minor, 0), coalesce(p.minor, 0)
        FROM booked b FULL JOIN promised p USING (book, currency, name)
        WHERE coalesce(b.minor, 0) <> coalesce(p.minor, 0)
    """
    for book, name, booked, promised in _rows(sql):
        books.ledger_imbalance_minor += abs(_number(booked) - _number(promised))
        books.findings.append(f"{book} {name}: {booked} booked, {promised} promised")


def _check_money(books: Books) -> None:
    """The provider's balance in the books is what charges, fees and refunds make of it."""
    sql = """
        WITH moved AS (
            SELECT 'campaign:' || p.campaign_id AS book, c.currency,
                sum(c.amount_minor - c.fee_minor) - coalesce(sum(r.minor), 0) AS minor
            FROM payments_charge c JOIN pledges_pledge p ON c.subject = 'pledge:' || p.id
            LEFT JOIN (SELECT charge_id, sum(amount_minor) AS minor FROM payments_refund
                WHERE state IN ('in_transit', 'done') GROUP BY 1) r ON r.charge_id = c.id
            WHERE c.state = 'succeeded' GROUP BY 1, 2
        ), booked AS (
            SELECT a.book, a.currency, sum(p.minor) AS minor FROM ledger_account a
            JOIN ledger_posting p ON p.account_id = a.id WHERE a.name = 'provider_balance'
            GROUP BY 1, 2
        )
        SELECT book, coalesce(b.minor, 0), coalesce(m.minor, 0)
        FROM booked b FULL JOIN moved m USING (book, currency)
        WHERE coalesce(b.minor, 0) <> coalesce(m.minor, 0)
    """
    for book, booked, moved in _rows(sql):
        books.ledger_imbalance_minor += abs(_number(booked) - _number(moved))
        books.findings.append(f"{book} provider_balance: {booked} booked, {moved} moved")


def _check_provider(books: Books, lines: Iterable[BalanceLine]) -> None:
    """Per payment: amount, fee and refunds at the provider against ours, both ways."""
    theirs: dict[str, int] = defaultdict(int)
    charged: dict[str, int] = defaultdict(int)
    for line in lines:
        theirs[line.source_id] += line.amount.minor - line.fee.minor
        if line.kind in ("charge", "payment"):
            charged[line.source_id] += 1
    ours: dict[str, int] = defaultdict(int)
    for charge in Charge.objects.filter(state=Charge.State.SUCCEEDED, gateway=DEFAULT):
        ours[charge.provider_id] += charge.amount_minor - charge.fee_minor
    for refund in Refund.objects.filter(
        state__in=(Refund.State.IN_TRANSIT, Refund.State.DONE), charge__gateway=DEFAULT
    ).select_related("charge"):
        ours[refund.charge.provider_id] -= refund.amount_minor
    for payment, times in charged.items():
        if times > 1:
            books.double_charges += times - 1
            books.findings.append(f"payment {payment}: charged {times} times at the provider")
    for payment in sorted(theirs.keys() | ours.keys()):
        if theirs[payment] != ours[payment]:
            books.provider_mismatch_minor += abs(theirs[payment] - ours[payment])
            books.findings.append(
                f"payment {payment}: {theirs[payment]} at the provider, {ours[payment]} booked"
            )
