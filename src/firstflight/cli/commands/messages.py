# SPDX-License-Identifier: Apache-2.0
"""`firstflight messages`: the translations, from the marked texts to what Django reads."""

import argparse
import sys

from firstflight.cli.progress import say

HELP = "Translations: collect the texts, check that all are translated, compile them."
EXAMPLES = """\
examples:
  firstflight messages extract     after a text was added or changed; then translate in the .po
  firstflight messages check       status 1 if one is missing, fuzzy, unused or has other places
  firstflight messages compile     make the .mo files that Django reads; `make setup` does it too
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the verbs."""
    parser.add_argument("verb", choices=["extract", "check", "compile"])


def run(arguments: argparse.Namespace) -> int:
    """Do one of the three."""
    from firstflight.cli import catalogues

    if arguments.verb == "extract":
        for name in catalogues.extract_all():
            say(f"changed: {name}")
        return 0
    if arguments.verb == "compile":
        catalogues.compile_all()
        return 0
    faults = list(catalogues.faults())
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        say(f"{len(faults)} texts need work: firstflight messages extract, then translate.")
    return 1 if faults else 0
