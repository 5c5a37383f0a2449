# SPDX-License-Identifier: Apache-2.0
"""Care for a wena 3 without the maker's app: settings, alerts, activity log, export, web view."""

import argparse
import asyncio
import importlib
import sys

from wena.ble.errors import BleError
from wena.companion.errors import CompanionError
from wena.export.errors import ExportError
from wena.wena3.errors import Wena3Error

VERBS = ("scan", "pair", "status", "sync", "set", "notify", "listen", "export", "web")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One subcommand for each verb."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name in VERBS:
        module = importlib.import_module(f"wena.companion.verbs.{name}_verb")
        verb = verbs.add_parser(name, help=module.HELP, description=module.HELP)
        module.add_arguments(verb)
        verb.set_defaults(run_verb=module.run)


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when done, 1 with a sentence when not, 130 when stopped."""
    try:
        status: int = asyncio.run(arguments.run_verb(arguments))
    except (BleError, CompanionError, ExportError, Wena3Error) as error:
        print(f"wena companion: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return status
