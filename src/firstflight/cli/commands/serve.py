# SPDX-License-Identifier: Apache-2.0
"""`firstflight serve`: the web server alone."""

import argparse
import os

from firstflight.cli import workplace
from firstflight.cli.supervisor import die_with_parent

HELP = "Serve the pages and the API; the database must be there already."
EXAMPLES = """\
examples:
  DATABASE_URL=postgresql://… firstflight serve
  firstflight serve --host 0.0.0.0 --port 80 --processes 4

Behind a reverse proxy, set FIRSTFLIGHT_SITE_URL to the address that people type.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add_address(parser)
    processes = int(os.environ.get("FIRSTFLIGHT_WEB_PROCESSES", "1"))
    # Enough that those who pledge at the same moment meet, and are booked together.
    threads = int(os.environ.get("FIRSTFLIGHT_WEB_THREADS", "16"))
    parser.add_argument("--processes", type=int, default=processes, metavar="N")
    parser.add_argument("--threads", type=int, default=threads, metavar="N", help="in each process")


def add_address(parser: argparse.ArgumentParser) -> None:
    """Add the options that say where to listen."""
    host = os.environ.get("FIRSTFLIGHT_HOST", "127.0.0.1")
    port = int(os.environ.get("PORT", "8000"))
    parser.add_argument("--host", default=host, help="address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=port, help="default: PORT, else 8000")


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    workplace.take_port(arguments.host, arguments.port)
    die_with_parent()
    Granian(
        "firstflight.config.wsgi:application",
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.WSGI,
        workers=arguments.processes,
        blocking_threads=arguments.threads,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=10,
    ).serve()
    return 0
