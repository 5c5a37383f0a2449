# SPDX-License-Identifier: Apache-2.0
"""Approximate amounts say their date and source, and never invent a rate."""

from firstflight.kernel.money import Money
from firstflight.kernel.rates import approximate


def test_a_goal_in_yen_is_shown_in_euros_with_date_and_source() -> None:
    about = approximate(Money(10_000_000, "JPY"), "EUR")

    assert about is not None
    assert about.amount.currency == "EUR"
    assert 30_000_00 < about.amount.minor < 120_000_00
    assert about.amount.minor % 100 == 0
    assert about.source == "ECB"
    assert about.rate_date.year >= 2024


def test_the_same_currency_needs_no_approximation() -> None:
    assert approximate(Money(1, "JPY"), "JPY") is None


def test_an_unknown_currency_has_no_rate() -> None:
    assert approximate(Money(1, "JPY"), "XXX") is None
