# SPDX-License-Identifier: Apache-2.0
"""`firstflight check-books`: prove that stock, charges, ledger and provider agree."""

import argparse
import json
from dataclasses import asdict

from firstflight.cli import workplace
from firstflight.cli.progress import say

HELP = "Compute anew the numbers that may never be wrong, and name each difference."
EXAMPLES = """\
examples:
  firstflight check-books
  firstflight check-books --offline       without asking the payment provider
  firstflight check-books --json

Status 1 if anything is wrong. It reads only; run it as often as you like.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--offline", action="store_true", help="do not ask the provider")
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Check and report."""
    with workplace.database(), workplace.django():
        from firstflight.pledges.books import check_books

        books = check_books(ask_provider=not arguments.offline)
    if arguments.json:
        say(json.dumps(asdict(books), indent=2))
    else:
        say("The books are right." if books.right else "\n".join(books.findings))
    return 0 if books.right else 1
