# SPDX-License-Identifier: Apache-2.0
"""Check this implementation of the wena 3 protocol against a file of byte vectors."""

import argparse
import sys
from pathlib import Path

from wena.wena3.vector_check import BadVectorFile, Tally, check_vectors, read_vectors

FIRST_DIFFERENCES = 3
WIDTH = 160


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and how many differences to show."""
    parser.add_argument("file", type=Path, metavar="FILE.json", help="an array of byte vectors")
    parser.add_argument(
        "--differences",
        type=int,
        default=FIRST_DIFFERENCES,
        metavar="N",
        help=f"show the first N differences of each (default {FIRST_DIFFERENCES})",
    )


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when all agree, 1 on a difference, 2 when the file cannot be used."""
    try:
        tallies = check_vectors(read_vectors(arguments.file))
    except BadVectorFile as error:
        print(f"wena vectors: {error}", file=sys.stderr)
        return 2
    for tally in tallies:
        _print_tally(tally, arguments.differences)
    return _print_sum(tallies)


def _print_tally(tally: Tally, most: int) -> None:
    kind = "parser" if tally.is_parser else "packet"
    line = f"{kind} {tally.name:<22} {tally.agree:>4} of {tally.total:<4} agree"
    if tally.by_choice:
        line += f"; {tally.by_choice} only in the source reading, ours differs by choice"
    print(line)
    for difference in tally.differences[:most]:
        print(f"    entry {difference.index}: {difference.note}".rstrip(": "))
        print(f"        expected {_short(difference.expected)}")
        print(f"        got      {_short(difference.got)}")
    if len(tally.differences) > most:
        print(f"    and {len(tally.differences) - most} more")


def _print_sum(tallies: list[Tally]) -> int:
    total = sum(tally.total for tally in tallies)
    careful = sum(tally.careful for tally in tallies)
    by_choice = sum(tally.by_choice for tally in tallies)
    marked = sum(tally.marked for tally in tallies)
    differing = total - careful - by_choice
    print(
        f"\n{total} entries: {careful} agree, {by_choice} agree in the source reading only "
        f"({marked} are marked as quirks), {differing} differ."
    )
    if by_choice:
        print("Where ours differs by choice, docs/services/wena3.md says how and why.")
    return 1 if differing else 0


def _short(text: str) -> str:
    return text if len(text) <= WIDTH else f"{text[:WIDTH]}… ({len(text)} characters)"
