# SPDX-License-Identifier: Apache-2.0
"""The options that all verbs of the companion share, and the words they take."""

import argparse
import enum
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from wena.companion.connection import DEFAULT_TRANSPORT, SIMULATED, Where
from wena.companion.home import Home, home_at

Member = TypeVar("Member", bound=enum.IntEnum)
CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def add_common(parser: argparse.ArgumentParser) -> None:
    """Where the strap is, and where its data are kept."""
    parser.add_argument(
        "--transport",
        default=DEFAULT_TRANSPORT,
        help="a Bluetooth controller as bumble names it "
        f"(default {DEFAULT_TRANSPORT}); {SIMULATED} for a strap made of software",
    )
    parser.add_argument(
        "--simulate",
        dest="transport",
        action="store_const",
        const=SIMULATED,
        help="try it with a strap made of software; nothing real is touched",
    )
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="where the log is kept")


def where_of(arguments: argparse.Namespace) -> Where:
    """The transport chosen."""
    return Where(arguments.transport)


def home_of(arguments: argparse.Namespace) -> Home:
    """The folder chosen."""
    return home_at(arguments.data, is_simulated=where_of(arguments).is_simulated)


def member_of(
    kind: type[Member], left_out: frozenset[str] = frozenset()
) -> Callable[[str], Member]:
    """A type for argparse: the members of an enumeration by name, with - for _."""

    def read(word: str) -> Member:
        name = word.strip().lower().replace("-", "_")
        known = {member.name.lower(): member for member in kind}
        if name not in known or name in left_out:
            words = ", ".join(one.replace("_", "-") for one in known if one not in left_out)
            raise argparse.ArgumentTypeError(f"“{word}” is none of: {words}")
        return known[name]

    return read


def list_of(kind: type[Member], left_out: frozenset[str]) -> Callable[[str], tuple[Member, ...]]:
    """A type for argparse: several members, separated by commas, none twice; may be empty."""
    one = member_of(kind, left_out)

    def read(words: str) -> tuple[Member, ...]:
        found = tuple(one(word) for word in words.split(",") if word.strip())
        if len(set(found)) < len(found):
            raise argparse.ArgumentTypeError("each can be named once")
        return found

    return read


def clock(word: str) -> tuple[int, int]:
    """A type for argparse: a time of day such as 6:30."""
    match = CLOCK.fullmatch(word)
    if match is None:
        raise argparse.ArgumentTypeError(f"“{word}” is not a time of day such as 06:30")
    return int(match[1]), int(match[2])


def on_off(word: str) -> bool:
    """A type for argparse: on or off."""
    if word not in ("on", "off"):
        raise argparse.ArgumentTypeError(f"“{word}” should be on or off")
    return word == "on"


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """A type for argparse: a whole number within limits."""

    def read(word: str) -> int:
        if not word.isdecimal() or not low <= int(word) <= high:
            raise argparse.ArgumentTypeError(f"“{word}” is not a number from {low} to {high}")
        return int(word)

    return read
