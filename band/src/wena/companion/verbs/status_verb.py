# SPDX-License-Identifier: Apache-2.0
"""`wena companion status`: battery, firmware and serial number, read from the strap."""

import argparse

from wena.companion.describe import told_words
from wena.companion.verbs.options import add_common, home_of, where_of
from wena.companion.visit import visit

HELP = "battery and firmware"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing of its own."""
    add_common(parser)


async def run(arguments: argparse.Namespace) -> int:
    """Reads, and changes nothing on the strap."""
    async with visit(home_of(arguments), where_of(arguments)) as here:
        print(told_words(await here.role.read_info()))
        print(told_words(await here.role.read_battery()))
    return 0
