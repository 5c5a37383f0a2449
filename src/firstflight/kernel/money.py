# SPDX-License-Identifier: Apache-2.0
"""Money as integer minor units with a currency: exact, frozen, never mixed, never a float."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import total_ordering
from typing import Self
from unicodedata import normalize

from babel import Locale
from babel.numbers import format_currency, get_currency_precision
from django.utils.translation import gettext_lazy as _

from firstflight.kernel.errors import Refusal

SPACES = re.compile(r"\s")
WRITTEN = re.compile(r"-?(\d{1,3}(,\d{3})+|\d+)(\.\d{1,2})?", re.ASCII)
DECIMAL_COMMA = re.compile(r",(\d{1,2})$")
MINOR_MAX = 2**53 - 1  # every JSON reader can hold it exactly (RFC 8259, section 6)
# Where CLDR's usual form is not what shops write: 10,000,000円 and 10 000 000 ¥ (CLDR: JPY).
PATTERNS = {("ja", "JPY"): "#,##0円", ("fr", "JPY"): "#,##0\N{NO-BREAK SPACE}¥"}
CURRENCIES = ("JPY", "EUR", "USD", "GBP", "CHF", "AUD", "CAD", "KRW", "SGD", "HKD")


class CurrencyMixed(ArithmeticError):
    """Two currencies met in one operation: a defect of the caller, never of the input."""


class AmountInvalid(Refusal):
    """An amount is no number, negative where it may not be, too fine or too large."""

    code = "amount_invalid"
    status = 422
    message = _("“%(text)s” is not a valid amount. Please enter a number such as 1,000.")


class CurrencyUnknown(Refusal):
    """A currency that the platform does not trade in."""

    code = "currency_unknown"
    status = 422
    message = _("“%(currency)s” is not a currency we can use here.")


def precision(currency: str) -> int:
    """How many decimal places the currency's minor unit has (JPY 0, EUR 2), after CLDR."""
    return int(get_currency_precision(currency))


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """`minor` minor units of `currency` (ISO 4217): Money(1000, "JPY") is one thousand yen."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"minor units are whole numbers, not {type(self.minor).__name__}")

    @classmethod
    def zero(cls, currency: str) -> Self:
        """No money, in a currency."""
        return cls(0, currency)

    @classmethod
    def parse(cls, text: str, currency: str) -> Self:
        """Read a person's input in major units: "1,000" or "１０００円" yen, "12.50" or "12,50" €.

        A comma before three digits groups; before one or two it marks the fraction.

        Raises:
            AmountInvalid: not a number, finer than the minor unit, or beyond `MINOR_MAX`.
        """
        written = SPACES.sub("", normalize("NFKC", text)).strip("¥円€$£")
        if precision(currency) and "." not in written:
            written = DECIMAL_COMMA.sub(r".\1", written)
        if not WRITTEN.fullmatch(written):
            raise AmountInvalid(text=text)
        minor = Decimal(written.replace(",", "")).scaleb(precision(currency))
        whole = int(minor)
        if whole != minor or abs(whole) > MINOR_MAX:
            raise AmountInvalid(text=text)
        return cls(whole, currency)

    @property
    def major(self) -> Decimal:
        """The exact amount in major units, for display and exports."""
        return Decimal(self.minor).scaleb(-precision(self.currency))

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrencyMixed(f"{self.currency} met {other.currency}")

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.minor * times, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.minor < other.minor

    def allocate(self, weights: Sequence[int]) -> list["Money"]:
        """Split by `weights` so that the parts sum to the whole: the largest remainders get more.

        Raises:
            ValueError: no weights, a negative one, or all of them zero.
        """
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("weights are not negative and not all zero")
        parts = [self.minor * weight // total for weight in weights]
        rest = self.minor - sum(parts)
        by_remainder = sorted(range(len(weights)), key=lambda i: -(self.minor * weights[i] % total))
        for i in by_remainder[:rest]:
            parts[i] += 1
        return [Money(part, self.currency) for part in parts]

    def format(self, language: str) -> str:
        """As the reader of `language` writes it: 10,000,000円 · 10 000 000 ¥ · ¥10,000,000."""
        locale = Locale.parse(language.replace("-", "_"))
        pattern = PATTERNS.get((locale.language, self.currency))
        return format_currency(self.major, self.currency, pattern, locale=locale)

    def format_whole(self, language: str) -> str:
        """The same without a fraction, for amounts that are approximate anyway: 56,922 €."""
        locale = Locale.parse(language.replace("-", "_"))
        usual = locale.currency_formats["standard"].pattern.replace(".00", "")
        pattern = PATTERNS.get((locale.language, self.currency), usual)
        return format_currency(
            self.major, self.currency, pattern, locale=locale, currency_digits=False
        )

    def __str__(self) -> str:
        return f"{self.major} {self.currency}"


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of amounts of one currency; zero for none."""
    return sum(amounts, Money.zero(currency))


def known_currency(code: str) -> str:
    """The code itself, upper case.

    Raises:
        CurrencyUnknown: not among `CURRENCIES`.
    """
    if code.upper() not in CURRENCIES:
        raise CurrencyUnknown(currency=code)
    return code.upper()
