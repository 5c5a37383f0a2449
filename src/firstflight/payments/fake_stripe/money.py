# SPDX-License-Identifier: Apache-2.0
"""Which amounts and currencies the fake charges, and its fee.

Owns Stripe's limits (https://docs.stripe.com/currencies) and the rounding of the fee. Amounts are
whole minor units; yen has none, so 34800 is ¥34,800.
"""

from __future__ import annotations

from firstflight.payments.fake_stripe.errors import (
    AmountTooLarge,
    AmountTooSmall,
    CurrencyUnknown,
    ParameterInvalid,
)

# The least that is charged, in minor units.
MINIMUM = {
    "aed": 200, "aud": 50, "bgn": 100, "brl": 50, "cad": 50, "chf": 50, "clp": 500, "cny": 400,
    "czk": 1500, "dkk": 250, "eur": 50, "gbp": 30, "hkd": 400, "huf": 17500, "idr": 1000000,
    "ils": 200, "inr": 50, "jpy": 50, "krw": 500, "mxn": 1000, "myr": 200, "nok": 300, "nzd": 50,
    "php": 3000, "pln": 200, "ron": 200, "sek": 300, "sgd": 50, "thb": 1000, "twd": 2000,
    "usd": 50, "vnd": 10000, "zar": 1000,
}  # fmt: skip
ZERO_DECIMAL = frozenset({"clp", "jpy", "krw", "vnd"})
MAXIMUM = 99_999_999
FEE_PER_MILLE = 36
# What a dispute costs the merchant; charged when it opens.
DISPUTE_FEE = {"jpy": 1300}
DISPUTE_FEE_ELSEWHERE = 1500


def check_currency(code: str) -> str:
    """The code in small letters. Raises `CurrencyUnknown`."""
    currency = code.lower()
    if currency not in MINIMUM:
        raise CurrencyUnknown(
            f"Invalid currency: {code}. Use one of {', '.join(sorted(MINIMUM))}.", param="currency"
        )
    return currency


def check_amount(amount: int, currency: str) -> int:
    """The amount. Raises `ParameterInvalid`, `AmountTooSmall` or `AmountTooLarge`."""
    if amount < 1:
        raise ParameterInvalid("Invalid amount: it must be at least 1.", param="amount")
    if amount < MINIMUM[currency]:
        raise AmountTooSmall(
            f"The amount must be at least {MINIMUM[currency]} {currency}.", param="amount"
        )
    if amount > MAXIMUM:
        raise AmountTooLarge(
            f"The amount must be no more than {MAXIMUM} {currency}.", param="amount"
        )
    return amount


def fee(amount: int) -> int:
    """3.6 % of the amount, half a unit rounded up."""
    return (amount * FEE_PER_MILLE + 500) // 1000


def dispute_fee(currency: str) -> int:
    """What a dispute in this currency costs, in minor units."""
    return DISPUTE_FEE.get(currency, DISPUTE_FEE_ELSEWHERE)
