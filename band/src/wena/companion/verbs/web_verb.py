# SPDX-License-Identifier: Apache-2.0
"""`wena companion web`: days and weeks with charts, in a browser, on this machine only."""

import argparse
import asyncio
import threading
import webbrowser

from wena.companion.errors import BadInput
from wena.companion.verbs.options import add_common, home_of, whole_number
from wena.companion.web.server import ViewServer

HELP = "look at days and weeks in a browser, on this machine only"
PORT = 8460


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--port", type=whole_number(0, 65535), default=PORT, help=f"({PORT})")
    parser.add_argument("--no-browser", action="store_true", help="only say the address")
    add_common(parser)


async def run(arguments: argparse.Namespace) -> int:
    """Serves until Ctrl-C. Raises BadInput when the port is taken."""
    home = home_of(arguments)
    home.make()
    try:
        server = ViewServer(home, arguments.port)
    except OSError as error:
        raise BadInput(f"Port {arguments.port} is taken. Name another with --port.") from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"Your days and weeks: {server.url}  (stop with Ctrl-C)", flush=True)
    if not arguments.no_browser:
        webbrowser.open(server.url)
    try:
        await asyncio.Event().wait()
    finally:
        server.shutdown()
        server.server_close()
    return 0
