# SPDX-License-Identifier: Apache-2.0
"""Approximate amounts in the reader's currency, from the ECB reference rates in a package.

Never used for money that moves: an approximation is always shown with its date and source.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from currency_converter import CurrencyConverter

from firstflight.kernel.money import Money, precision

SOURCE = "ECB"


@dataclass(frozen=True)
class Approximation:
    """`amount` as of `rate_date` by the reference rates of `source`."""

    amount: Money
    rate_date: date
    source: str = SOURCE


@cache
def _converter() -> CurrencyConverter:
    return CurrencyConverter(decimal=True, fallback_on_missing_rate=True)


@cache
def _rate(base: str, wanted: str) -> tuple[Decimal, date] | None:
    converter = _converter()
    if not {base, wanted} <= set(converter.currencies):
        return None
    bounds = [converter.bounds[code].last_date for code in (base, wanted) if code != "EUR"]
    day = min(bounds)
    return Decimal(converter.convert(1, base, wanted, date=day)), day


def approximate(amount: Money, currency: str) -> Approximation | None:
    """`amount` in `currency`, rounded half up to whole major units; None where no rate is known."""
    if amount.currency == currency:
        return None
    found = _rate(amount.currency, currency)
    if found is None:
        return None
    rate, day = found
    major = (amount.major * rate).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return Approximation(Money(int(major.scaleb(precision(currency))), currency), day)
