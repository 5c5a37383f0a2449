# SPDX-License-Identifier: Apache-2.0
"""Events of a pledge as postings: the accounting side of every action, in one place.

Each function's docstring is its T-account: Dr what is debited, Cr what is credited.
"""

from firstflight.kernel.money import Money
from firstflight.ledger.posting import NewEntry, transfer


def pledge_placed(book: str, pledge_id: object, total: Money) -> NewEntry:
    """Dr promises_held · Cr promises_of_supporters: a place is taken, the card not yet ready."""
    return NewEntry(
        key=f"pledge_placed:{pledge_id}",
        event="pledge_placed",
        book=book,
        lines=transfer(total, debit="promises_held", credit="promises_of_supporters"),
    )


def pledge_lapsed(book: str, pledge_id: object, total: Money) -> NewEntry:
    """Dr promises_of_supporters · Cr promises_held: a hold ended without a card."""
    return NewEntry(
        key=f"pledge_lapsed:{pledge_id}",
        event="pledge_lapsed",
        book=book,
        lines=transfer(total, debit="promises_of_supporters", credit="promises_held"),
    )


def pledge_authorised(book: str, pledge_id: object, total: Money) -> NewEntry:
    """Dr promises_authorised · Cr promises_held: the card is ready for the day of success."""
    return NewEntry(
        key=f"pledge_authorised:{pledge_id}",
        event="pledge_authorised",
        book=book,
        lines=transfer(total, debit="promises_authorised", credit="promises_held"),
    )


def pledge_changed(book: str, pledge_id: object, move_id: int, by: Money) -> NewEntry:
    """Dr promises_authorised · Cr promises_of_supporters by the difference (reversed if less)."""
    return NewEntry(
        key=f"pledge_changed:{pledge_id}:{move_id}",
        event="pledge_changed",
        book=book,
        lines=transfer(by, debit="promises_authorised", credit="promises_of_supporters"),
    )


def pledge_cancelled(book: str, pledge_id: object, total: Money, *, was_held: bool) -> NewEntry:
    """Dr promises_of_supporters · Cr promises_authorised (or _held): the promise is gone."""
    return NewEntry(
        key=f"pledge_cancelled:{pledge_id}",
        event="pledge_cancelled",
        book=book,
        lines=transfer(
            total,
            debit="promises_of_supporters",
            credit="promises_held" if was_held else "promises_authorised",
        ),
    )


def pledge_released(book: str, pledge_id: object, total: Money) -> NewEntry:
    """Dr promises_of_supporters · Cr promises_authorised: the goal was not reached."""
    return NewEntry(
        key=f"pledge_released:{pledge_id}",
        event="pledge_released",
        book=book,
        lines=transfer(total, debit="promises_of_supporters", credit="promises_authorised"),
    )


def pledge_locked(book: str, pledge_id: object, total: Money) -> NewEntry:
    """Dr promises_due · Cr promises_authorised: the goal was reached, payment is due."""
    return NewEntry(
        key=f"pledge_locked:{pledge_id}",
        event="pledge_locked",
        book=book,
        lines=transfer(total, debit="promises_due", credit="promises_authorised"),
    )


def pledge_collected(
    book: str, pledge_id: object, charge_id: object, total: Money, fee: Money
) -> NewEntry:
    """Dr provider_balance, Dr provider_fees · Cr supporter_prepayments; the promise is kept.

    The fee leaves the provider's balance; the promise leaves promises_due.
    """
    return NewEntry(
        key=f"pledge_collected:{charge_id}",
        event="pledge_collected",
        book=book,
        lines=(
            *transfer(total, debit="provider_balance", credit="supporter_prepayments"),
            *transfer(fee, debit="provider_fees", credit="provider_balance"),
            *transfer(total, debit="promises_of_supporters", credit="promises_due"),
        ),
        memo=f"pledge:{pledge_id}",
    )


def pledge_dropped(book: str, pledge_id: object, total: Money) -> NewEntry:
    """Dr promises_of_supporters · Cr promises_due: seven days passed without a payment."""
    return NewEntry(
        key=f"pledge_dropped:{pledge_id}",
        event="pledge_dropped",
        book=book,
        lines=transfer(total, debit="promises_of_supporters", credit="promises_due"),
    )


def pledge_refunded(book: str, pledge_id: object, refund_id: object, amount: Money) -> NewEntry:
    """Dr supporter_prepayments · Cr provider_balance: money on its way back."""
    return NewEntry(
        key=f"pledge_refunded:{refund_id}",
        event="pledge_refunded",
        book=book,
        lines=transfer(amount, debit="supporter_prepayments", credit="provider_balance"),
        memo=f"pledge:{pledge_id}",
    )


def refund_failed(book: str, pledge_id: object, refund_id: object, amount: Money) -> NewEntry:
    """Dr provider_balance · Cr supporter_prepayments: a refund bounced and is owed again."""
    return NewEntry(
        key=f"refund_failed:{refund_id}",
        event="refund_failed",
        book=book,
        lines=transfer(amount, debit="provider_balance", credit="supporter_prepayments"),
        memo=f"pledge:{pledge_id}",
    )
