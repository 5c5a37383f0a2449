# SPDX-License-Identifier: Apache-2.0
"""The countries to which a campaign's rewards are sent, by name."""

from collections.abc import Iterable

from firstflight.campaigns.offers import ELSEWHERE, Offer
from firstflight.kernel.countries import all_countries


def shipped_to(offer: Offer, language: str) -> Iterable[tuple[str, str]]:
    """The countries to which at least one reward is sent; the named ones first."""
    named = {code for reward in offer.rewards.values() for code in reward.shipping}
    everywhere = ELSEWHERE in named
    names = dict(all_countries(language))
    first = sorted(named - {ELSEWHERE}, key=lambda code: names.get(code, code))
    rest = [code for code in names if everywhere and code not in named]
    return [(code, names.get(code, code)) for code in (*first, *rest)]
