# SPDX-License-Identifier: Apache-2.0
"""The chart of accounts: every account name, its kind, and what it means.

Memorandum accounts record promises, which are no money yet; they balance among themselves.
"""

MEMO, ASSET, LIABILITY, INCOME, EXPENSE = "memo", "asset", "liability", "income", "expense"

CHART: dict[str, str] = {
    # Promises, before any card is charged.
    "promises_held": MEMO,  # placed, the card not yet ready
    "promises_authorised": MEMO,  # the card is ready to be charged on success
    "promises_due": MEMO,  # the campaign closed at or above its goal: being collected
    "promises_of_supporters": MEMO,  # the other side of the three above
    # Money.
    "provider_balance": ASSET,  # what the payment provider holds for us
    "supporter_prepayments": LIABILITY,  # collected, the product still owed
    "provider_fees": EXPENSE,
    "dispute_losses": EXPENSE,
}
