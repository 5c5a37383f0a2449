# SPDX-License-Identifier: Apache-2.0
"""Countries by name, in the reader's language (CLDR through Babel)."""

from functools import cache

from babel import Locale

_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"})


@cache
def all_countries(language: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of every country, by name."""
    territories = Locale.parse(language).territories
    codes = (str(code) for code in territories if len(str(code)) == 2 and str(code).isalpha())
    names = [(code, territories[code]) for code in codes if code not in _NO_COUNTRIES]
    return tuple(sorted(names, key=lambda pair: pair[1]))
