# SPDX-License-Identifier: Apache-2.0
"""Content that its makers wrote in several languages: a mapping from language code to text."""

from collections.abc import Mapping

from django.utils.translation import get_language

LANGUAGES = ("en", "ja", "fr")
Localized = Mapping[str, str]


def localized(texts: Localized | None, language: str | None = None) -> str:
    """The text in `language` (default: the reader's), else English, else whatever there is."""
    if not texts:
        return ""
    wanted = (language or get_language() or "en").split("-")[0]
    for code in (wanted, "en", *LANGUAGES):
        if texts.get(code):
            return texts[code]
    return next((text for text in texts.values() if text), "")
