# SPDX-License-Identifier: Apache-2.0
"""A strap, a simulated iPhone and a card reader together, drawn in your browser."""

import argparse
import asyncio
import contextlib
import sys
import webbrowser

from wena.demo.errors import DemoError
from wena.demo.server import DemoServer
from wena.demo.world import World

PORT = 9080


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `wena demo`."""
    parser.add_argument("--port", type=int, default=PORT, help=f"default {PORT}")
    parser.add_argument("--no-browser", action="store_true", help="do not open the page by itself")


def run(arguments: argparse.Namespace) -> int:
    """Serve the demo until Ctrl-C."""
    try:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_serve(arguments.port, not arguments.no_browser))
    except DemoError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


async def _serve(port: int, open_browser: bool) -> None:
    world = World()
    server = DemoServer(world, asyncio.get_running_loop(), port)
    try:
        await world.start()
        server.start()
        print(f"The strap is on the table: {server.address}  (Ctrl-C ends the demo)", flush=True)
        if open_browser:
            webbrowser.open(server.address)
        await asyncio.Event().wait()
    finally:
        await asyncio.to_thread(server.stop)
        await world.stop()
