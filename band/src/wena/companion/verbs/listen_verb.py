# SPDX-License-Identifier: Apache-2.0
"""`wena companion listen`: stay connected, answer the strap, and tell what it says."""

import argparse
import asyncio
import contextlib

from wena.companion.describe import told_words
from wena.companion.verbs.options import add_common, home_of, where_of
from wena.companion.visit import visit
from wena.wena3.companion_role import Told
from wena.wena3.reports import BandRequest, Request

HELP = "stay connected and answer what the strap asks"
BELL = "\a"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """For how long."""
    parser.add_argument("--seconds", type=float, help="stop by itself (default: at Ctrl-C)")
    add_common(parser)


async def run(arguments: argparse.Namespace) -> int:
    """Rings the terminal's bell when the strap looks for its phone."""
    async with visit(home_of(arguments), where_of(arguments), tell=_tell) as here:
        await here.greet()
        print("Connected. Stop with Ctrl-C.")
        work = asyncio.gather(here.role.serve(), here.link.until_lost())
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(work, arguments.seconds)
        here.role.close_log()
    return 0


def _tell(told: Told) -> None:
    rings = isinstance(told, BandRequest) and told.request is Request.FIND_PHONE
    print(f"{BELL if rings else ''}{told_words(told)}", flush=True)
