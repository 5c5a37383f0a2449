# SPDX-License-Identifier: Apache-2.0
"""`firstflight check-books`: prove that stock, charges, ledger and provider agree."""

import argparse
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path

from firstflight.cli import workplace
from firstflight.cli.progress import Stop, say

HELP = "Compute anew the numbers that may never be wrong, and name each difference."
EXAMPLES = """\
examples:
  firstflight check-books
  firstflight check-books --offline       without asking the payment provider
  firstflight check-books --json

Status 1 if anything is wrong. It reads only; run it as often as you like, beside a running platform
or without one. What was paid with the demo's stand-in is compared with the stand-in's own records.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--offline", action="store_true", help="do not ask the provider")
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Check and report.

    Raises:
        Stop: the provider does not answer.
    """
    with stand_in_records(), workplace.database(), workplace.django():
        from firstflight.payments.errors import ProviderUnavailable
        from firstflight.pledges.books import check_books

        try:
            books = check_books(ask_provider=not arguments.offline)
        except ProviderUnavailable as error:
            raise Stop(
                "The payment provider does not answer, so nothing was compared with it: "
                "try again later, or check the rest with firstflight check-books --offline."
            ) from error
    if arguments.json:
        say(json.dumps(asdict(books), indent=2))
    else:
        say("The books are right." if books.right else "\n".join(books.findings))
    return 0 if books.right else 1


@contextmanager
def stand_in_records() -> Iterator[None]:
    """Where no provider is named and the stand-in was paid with: serve a copy of its records.

    A copy, because the stand-in itself may be running and at work on them.
    """
    kept = workplace.var() / "fake-stripe.sqlite"
    named = os.environ.get("STRIPE_SECRET_KEY") or os.environ.get("FIRSTFLIGHT_STRIPE_API_BASE")
    if named or not kept.exists():
        yield
        return
    from firstflight.payments.fake_stripe.server import FakeStripe

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "fake-stripe.sqlite"
        with closing(sqlite3.connect(kept)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        with FakeStripe(data=str(copy), secret_key="sk_test_fake") as server:  # noqa: S106
            os.environ["FIRSTFLIGHT_STRIPE_API_BASE"] = server.url
            try:
                yield
            finally:
                del os.environ["FIRSTFLIGHT_STRIPE_API_BASE"]
