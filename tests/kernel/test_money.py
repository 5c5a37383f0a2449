# SPDX-License-Identifier: Apache-2.0
"""Money is exact, never mixed, and read as people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstflight.kernel.money import AmountInvalid, CurrencyMixed, CurrencyUnknown, Money
from firstflight.kernel.money import known_currency as known

THIN, NBSP = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
minors = st.integers(-(10**12), 10**12)


@given(minors, st.lists(st.integers(0, 10_000), min_size=1).filter(any))
def test_allocation_loses_no_unit(minor: int, weights: list[int]) -> None:
    parts = Money(minor, "JPY").allocate(weights)

    assert sum(part.minor for part in parts) == minor


@given(st.integers(0, 10**9), st.lists(st.integers(0, 1000), min_size=1).filter(any))
def test_an_allocation_is_nowhere_a_unit_off_its_fair_share(minor: int, weights: list[int]) -> None:
    parts = Money(minor, "JPY").allocate(weights)

    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.minor * sum(weights) - minor * weight) < sum(weights)


def test_yen_is_never_multiplied_by_a_hundred() -> None:
    assert Money.parse("34,800", "JPY").minor == 34_800
    assert Money(34_800, "JPY").format("en") == "¥34,800"


def test_euros_have_cents() -> None:
    assert Money.parse("12.50", "EUR").minor == 1250


@pytest.mark.parametrize("text", ["", "abc", "1.5", "NaN", "Infinity", "9" * 30, "１e99999"])
def test_what_is_no_amount_of_yen_is_refused(text: str) -> None:
    with pytest.raises(AmountInvalid):
        Money.parse(text, "JPY")


def test_currencies_do_not_mix() -> None:
    with pytest.raises(CurrencyMixed):
        Money(1, "JPY") + Money(1, "EUR")


def test_fractions_of_a_minor_unit_do_not_exist() -> None:
    with pytest.raises(TypeError):
        Money(1.5, "JPY")  # type: ignore[arg-type]


def test_an_unknown_currency_is_refused() -> None:
    with pytest.raises(CurrencyUnknown):
        known("XXX")


@pytest.mark.parametrize(
    ("language", "currency", "text"),
    [
        ("en", "JPY", "¥10,000,000"),
        ("ja", "JPY", "10,000,000円"),
        (
            "fr",
            "JPY",
            f"10{THIN}000{THIN}000{NBSP}¥",
        ),
        ("en", "EUR", "€100,000.00"),
        ("ja", "EUR", "€100,000.00"),
        ("fr", "EUR", f"100{THIN}000,00{NBSP}€"),
    ],
)
def test_each_language_writes_amounts_its_own_way(language: str, currency: str, text: str) -> None:
    assert Money(10_000_000, currency).format(language) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "€56,922"),
        ("ja", "€56,922"),
        ("fr", f"56{THIN}922{NBSP}€"),
    ],
)
def test_an_approximate_amount_has_no_cents(language: str, text: str) -> None:
    assert Money(5_692_200, "EUR").format_whole(language) == text


@pytest.mark.parametrize("text", ["34800", "34,800", "３４，８００円", "¥34,800", f"34{THIN}800"])
def test_yen_are_read_as_people_write_them(text: str) -> None:
    assert Money.parse(text, "JPY").minor == 34_800


@pytest.mark.parametrize("text", ["1234.50", "1,234.50", "1 234,50", "1234,5", "1234,50 €"])
def test_euros_are_read_as_people_write_them(text: str) -> None:
    assert Money.parse(text, "EUR").minor == 123_450


@pytest.mark.parametrize("text", ["1,00", "34,80", "34.800"])
def test_yen_with_a_misplaced_comma_are_refused_not_guessed(text: str) -> None:
    with pytest.raises(AmountInvalid):
        Money.parse(text, "JPY")
