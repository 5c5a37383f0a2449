# SPDX-License-Identifier: Apache-2.0
"""Instants in words, in the zone and language of their reader."""

from datetime import UTC, datetime

import pytest

from firstflight.kernel.instants import in_words


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "26 December 2026, 23:59 (Japan Standard Time)"),
        ("ja", "2026年12月26日 23:59（日本標準時）"),
        ("fr", "26 décembre 2026 à 23:59 (heure normale du Japon)"),
    ],
)
def test_a_deadline_in_the_words_of_its_reader(language: str, text: str) -> None:
    assert in_words(datetime(2026, 12, 26, 14, 59, tzinfo=UTC), "Asia/Tokyo", language) == text
