# SPDX-License-Identifier: Apache-2.0
"""A reader that nobody here wrote (nfcpy, in another process, over UDP) uses our card."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from wena.testing.reader import CardReader, Tappable
from wena.testing.udp_card import UdpCard
from wena.wallet.purse import Purse

pytest.importorskip("nfc", reason="nfcpy is not installed: pip install nfcpy")

READER = Path(__file__).with_name("nfcpy_reader.py")
KEY, WRONG = "a key of sixteen", "a key that is no"
SIGNED = b"signed text here".hex()
PLAIN = b"plain text here!".hex()


def nfcpy(card: Tappable, *steps: str) -> list[Any]:
    with UdpCard(card) as served:
        done = subprocess.run(
            [sys.executable, READER, str(served.port), *steps],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    seen: list[Any] = json.loads(done.stdout)
    return seen


def test_it_sees_a_lite_s_card_and_uses_it_as_a_tag() -> None:
    seen = nfcpy(Purse(), "product", "ndef", "format", "write-ndef=hello from afar", "ndef")
    greeting = ["hello from afar"]
    assert seen == ["FeliCa Lite-S (RC-S966)", None, True, greeting, greeting]


def test_it_protects_and_then_only_the_right_key_opens() -> None:
    card = Purse()
    assert nfcpy(card, "write=5", f"protect={KEY}") == [None, True]
    assert nfcpy(
        card,
        "read=5",
        f"authenticate={WRONG}",
        "read=5",
        f"authenticate={KEY}",
        "read-mac=5",
        "write-mac=5",
        "read-mac=5",
        "write=5",
    ) == ["error 01b1", False, "error 01b1", True, PLAIN, None, SIGNED, "error 01a8"]


def test_it_sees_a_purse_as_a_tag_but_cannot_touch_the_money() -> None:
    purse, shop = Purse(), CardReader.of_a_shop()
    shop.issue(purse)
    shop.top_up(purse, 1_000)
    seen = nfcpy(purse, "ndef", f"authenticate={KEY}", "write=14", "write=4", "write=1", "read=5")
    assert seen == [
        ["wena purse"],
        False,
        "error 01a8",
        "error 01a8",
        "error 01a8",
        "error 01b1",
    ]
    assert shop.tap(purse).balance == 1_000
