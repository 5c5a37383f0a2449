# SPDX-License-Identifier: Apache-2.0
"""`wena companion set …`: change one setting, on the strap and in the file that remembers it."""

import argparse
import sys
from dataclasses import replace

from wena.companion.describe import settings_lines
from wena.companion.errors import BadInput, StrapNotFound
from wena.companion.home import Home
from wena.companion.settings_file import load_kept, save_kept
from wena.companion.verbs.options import add_common, home_of, where_of
from wena.companion.verbs.set_choices import CHOICES
from wena.companion.visit import visit
from wena.wena3.errors import LinkLost, NoAnswer

HELP = "change a setting of the strap"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One subcommand for each thing that can be set, and `show`."""
    things = parser.add_subparsers(dest="thing", metavar="THING", required=True)
    add_common(things.add_parser("show", help="what is set"))
    add_common(things.add_parser("time", help="this computer's time and zone, now"))
    for name, choice in CHOICES.items():
        thing = things.add_parser(name, help=choice.help, description=choice.help)
        choice.add_arguments(thing)
        add_common(thing)


async def run(arguments: argparse.Namespace) -> int:
    """A setting that could not be sent is kept and goes out with the next visit."""
    home = home_of(arguments)
    if arguments.thing == "show":
        print("\n".join(settings_lines(load_kept(home.settings).settings)))
        return 0
    if arguments.thing == "time":
        async with visit(home, where_of(arguments)) as here:
            await here.role.send_time()
        print("The strap has this computer's time and zone.")
        return 0
    return await _set(arguments, home)


async def _set(arguments: argparse.Namespace, home: Home) -> int:
    kept = load_kept(home.settings)
    try:
        settings, name, packets = CHOICES[arguments.thing].apply(kept.settings, arguments)
        sent = [bytes(packet) for packet in packets]
    except argparse.ArgumentTypeError as error:
        raise BadInput(f"{arguments.thing}: {error}.") from error
    home.make()
    save_kept(home.settings, kept.choosing(settings, name))
    try:
        async with visit(home, where_of(arguments)) as here:
            for packet in sent:
                await here.role.set(packet)
            if name == "alarms":
                here.keep(replace(here.kept, alarms_wait=False))
    except (LinkLost, NoAnswer, StrapNotFound) as error:
        print(f"{error}\nThe setting is kept and goes out with the next sync.", file=sys.stderr)
        return 1
    print("Set.")
    return 0
