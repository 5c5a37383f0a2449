# SPDX-License-Identifier: Apache-2.0
"""`firstflight check-books`: with the provider, with the stand-in's records, and without either."""

import os
from pathlib import Path
from typing import Any

import pytest
from stripe import StripeClient

from firstflight.cli.commands.check_books import stand_in_records
from firstflight.cli.main import main
from firstflight.payments.fake_stripe.server import FakeStripe
from firstflight.payments.gateways.registry import gateway

NOBODY_LISTENS = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIRSTFLIGHT_VAR", str(tmp_path))
    gateway.cache_clear()


@pytest.mark.usefixtures("committed", "provider")
def test_books_that_agree_with_the_provider(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check-books"]) == 0
    assert capsys.readouterr().out == "The books are right.\n"


@pytest.mark.usefixtures("committed")
def test_a_provider_that_does_not_answer(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    settings.STRIPE_API_BASE = NOBODY_LISTENS
    assert main(["check-books"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "check-books --offline" in said.err
    assert main(["check-books", "--offline"]) == 0


def test_the_stand_ins_records_are_read_while_it_runs_and_after(tmp_path: Path) -> None:
    with FakeStripe(data=str(tmp_path / "fake-stripe.sqlite"), secret_key="sk_test_fake") as fake:
        fake.client().v1.payment_intents.create(
            {
                "amount": 34_800,
                "currency": "jpy",
                "payment_method": "pm_card_visa",
                "confirm": True,
                "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"},
            }
        )
        assert recorded() == [34_800]
    assert recorded() == [34_800]
    assert "FIRSTFLIGHT_STRIPE_API_BASE" not in os.environ


def recorded() -> list[int]:
    """The payments in the records that the command would read."""
    with stand_in_records():
        base = os.environ["FIRSTFLIGHT_STRIPE_API_BASE"]
        client = StripeClient("sk_test_fake", base_addresses={"api": base})
        return [line.amount for line in client.v1.balance_transactions.list().data]


@pytest.mark.parametrize("name", ["STRIPE_SECRET_KEY", "FIRSTFLIGHT_STRIPE_API_BASE"])
def test_a_provider_that_is_named_is_asked_itself(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FakeStripe(data=str(tmp_path / "fake-stripe.sqlite")):
        pass
    monkeypatch.setenv(name, NOBODY_LISTENS)
    before = dict(os.environ)
    with stand_in_records():
        assert dict(os.environ) == before
