# SPDX-License-Identifier: Apache-2.0
"""The `wena` command: it owns the list of subcommands and nothing else.

Each subcommand is one module in `wena.commands` with two functions: `add_arguments(parser)` and
`run(arguments) -> int` (the exit status). Its module docstring's first line is the help text.
Modules are imported only when their command is named, so that `wena steps` never loads a radio.
"""

import argparse
import importlib
import sys
from collections.abc import Sequence

COMMANDS = {
    "companion": "care for a real wena 3 (or our strap): settings, alerts, activity log, export",
    "demo": "a strap, a simulated iPhone and a card reader together, drawn in your browser",
    "steps": "count the steps in a recording of acceleration",
    "strap": "be a strap: on a Bluetooth dongle, or on a simulated radio",
    "vectors": "check this implementation against a file of byte vectors",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand and return its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    parser = argparse.ArgumentParser(prog="wena", description="The software of a smart strap.")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    chosen = words[0] if words else None
    for name, summary in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=summary, description=summary)
        if name == chosen:
            command = importlib.import_module(f"wena.commands.{name}")
            command.add_arguments(subparser)
            subparser.set_defaults(run=command.run)
    arguments = parser.parse_args(words)
    status: int = arguments.run(arguments)
    return status


if __name__ == "__main__":
    sys.exit(main())
