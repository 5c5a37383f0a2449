# SPDX-License-Identifier: Apache-2.0
"""The console command `firstflight`: reads the command line and hands over to one command.

Each command is a file in `commands/` with `HELP` (one line), `EXAMPLES`, `configure(parser)` and
`run(arguments)`, which answers the exit status. What a command does stands there, not here.
"""

import argparse
import sys
from collections.abc import Sequence
from typing import Protocol

from firstflight.cli.commands import (
    check_books,
    company_sign_in,
    demo,
    fake_stripe,
    messages,
    migrate,
    rehearse,
    serve,
    token,
    up,
    worker,
)
from firstflight.cli.progress import Stop
from firstflight.config.postgres_programs import PostgresUnavailable

EXAMPLES = """\
examples:
  firstflight demo                    try everything, with a sample catalogue
  firstflight demo --port 9000        the same on another port
  firstflight up                      run the platform on this machine
  firstflight rehearse wena           play a campaign on a copy, to its end
  firstflight check-books             prove that the books balance
  firstflight migrate                 bring the database to this version
  firstflight COMMAND --help          what a command does, with examples

Settings are environment variables: docs/settings.md lists them all. Without DATABASE_URL a
PostgreSQL of the project's own is started in var/postgres, and stopped afterwards.
"""


class Command(Protocol):
    """What a file in `commands/` offers."""

    HELP: str
    EXAMPLES: str

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's options."""

    def run(self, arguments: argparse.Namespace) -> int:
        """Do it; the exit status."""


COMMANDS: dict[str, Command] = {
    "demo": demo,
    "up": up,
    "serve": serve,
    "worker": worker,
    "migrate": migrate,
    "rehearse": rehearse,
    "check-books": check_books,
    "token": token,
    "messages": messages,
    "fake-stripe": fake_stripe,
    "company-sign-in": company_sign_in,
}


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="firstflight",
        description="First Flight: employees launch products, the public pre-orders them.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    below = top.add_subparsers(metavar="COMMAND", required=True)
    for name, command in COMMANDS.items():
        one = below.add_parser(
            name,
            help=command.HELP,
            description=command.HELP,
            epilog=command.EXAMPLES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.configure(one)
        one.set_defaults(run=command.run)
    return top


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    arguments = parser().parse_args(words)
    try:
        status: int = arguments.run(arguments)
    except (Stop, PostgresUnavailable) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return status


if __name__ == "__main__":
    sys.exit(main())
