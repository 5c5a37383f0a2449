# SPDX-License-Identifier: Apache-2.0
"""Which language a browser is answered in."""

from wena.companion.web.english import ENGLISH
from wena.companion.web.french import FRENCH
from wena.companion.web.japanese import JAPANESE
from wena.companion.web.texts import Words

LANGUAGES = {words.language: words for words in (ENGLISH, FRENCH, JAPANESE)}


def words_for(accept_language: str) -> Words:
    """The one that is wanted most (RFC 9110, section 12.5.4) of those there are; else English."""
    wanted = []
    for part in accept_language.split(","):
        tag, _, quality = part.partition(";")
        language = tag.strip().lower().split("-")[0]
        if language in LANGUAGES:
            wanted.append((_weight(quality), LANGUAGES[language]))
    wanted = [pair for pair in wanted if pair[0] > 0]
    return max(wanted, key=lambda pair: pair[0])[1] if wanted else ENGLISH


def _weight(quality: str) -> float:
    try:
        return float(quality.strip().removeprefix("q=")) if quality.strip() else 1.0
    except ValueError:
        return 0.0
