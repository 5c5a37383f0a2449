# SPDX-License-Identifier: Apache-2.0
"""`wena companion scan`: which straps are near and free."""

import argparse

from wena.companion.bumble_link import powered, scan
from wena.companion.errors import StrapNotFound
from wena.companion.owner_agent import OwnerAgent
from wena.companion.verbs.options import add_common, home_of, where_of

HELP = "look for straps nearby"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """For how long."""
    parser.add_argument("--seconds", type=float, default=8.0, help="how long to listen (8)")
    add_common(parser)


async def run(arguments: argparse.Namespace) -> int:
    """Raises StrapNotFound, NoRadio."""
    if where_of(arguments).is_simulated:
        print("A strap made of software is always near.")
        return 0
    async with powered(arguments.transport, home_of(arguments), OwnerAgent()) as device:
        heard = await scan(device, arguments.seconds)
    if not heard:
        raise StrapNotFound
    for address, strength in heard:
        print(f"{address}  {strength} dBm")
    return 0
