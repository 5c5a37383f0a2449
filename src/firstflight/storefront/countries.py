# SPDX-License-Identifier: Apache-2.0
"""Countries by name, in the reader's language (CLDR through Babel)."""

from collections.abc import Iterable
from functools import cache

from babel import Locale

from firstflight.campaigns.offers import ELSEWHERE, Offer


@cache
def all_countries(language: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of every country, by name."""
    territories = Locale.parse(language).territories
    codes = (str(code) for code in territories if len(str(code)) == 2 and str(code).isalpha())
    names = [(code, territories[code]) for code in codes if code not in _NO_COUNTRIES]
    return tuple(sorted(names, key=lambda pair: pair[1]))


_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"})


def shipped_to(offer: Offer, language: str) -> Iterable[tuple[str, str]]:
    """The countries to which at least one reward is sent; the named ones first."""
    named = {code for reward in offer.rewards.values() for code in reward.shipping}
    everywhere = ELSEWHERE in named
    names = dict(all_countries(language))
    first = sorted(named - {ELSEWHERE}, key=lambda code: names.get(code, code))
    rest = [code for code in names if everywhere and code not in named]
    return [(code, names.get(code, code)) for code in (*first, *rest)]
