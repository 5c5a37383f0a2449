# SPDX-License-Identifier: Apache-2.0
"""Everything that people read is translated into every language."""

from firstflight.cli import catalogues


def test_every_text_is_translated() -> None:
    assert list(catalogues.faults()) == []
