# SPDX-License-Identifier: Apache-2.0
"""The options of a reward in words. Which of them are left is the business of `stock`."""

from collections.abc import Iterable, Mapping
from typing import Any

from firstflight.kernel.localized import localized


def option_words(
    axes: Iterable[Mapping[str, Any]], options: Mapping[str, str], language: str | None = None
) -> str:
    """The labels of the chosen values, in `language` or the reader's: "Three hands, Silver"."""
    labels = {
        (axis["key"], value["key"]): localized(value["label"], language)
        for axis in axes
        for value in axis["values"]
    }
    return ", ".join(labels.get(pair, pair[1]) for pair in options.items())
