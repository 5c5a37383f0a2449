# SPDX-License-Identifier: Apache-2.0
"""`wena companion sync`: settings to the strap, its whole log into the store."""

import argparse
import sys

from wena.companion.describe import told_words
from wena.companion.sync import PATIENT, QUICK, fetch_log
from wena.companion.verbs.options import add_common, home_of, where_of
from wena.companion.visit import Visit, visit
from wena.wena3.companion_role import Told
from wena.wena3.errors import LinkLost, NoAnswer
from wena.wena3.reports import Battery

HELP = "fetch the activity log, and send time and settings"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing of its own."""
    add_common(parser)


async def run(arguments: argparse.Namespace) -> int:
    """Exit status 1 when something is left for the next time."""
    async with visit(home_of(arguments), where_of(arguments), tell=_tell) as here:
        await here.greet()
        print("Time and settings are sent. Fetching the log …")
        try:
            fetched = await fetch_log(
                here.role,
                here.link,
                patience=QUICK if where_of(arguments).is_simulated else PATIENT,
                on_transfer=_again,
                begun=True,
            )
        except (LinkLost, NoAnswer) as error:
            _report(here)
            print(f"{error}\nThe next sync goes on from there.", file=sys.stderr)
            return 1
        _report(here)
        if not fetched.is_complete:
            print("Some of it got lost on the way. Run sync again, nearer to the strap.")
            return 1
    return 0


def _tell(told: Told) -> None:
    if isinstance(told, Battery):
        print(told_words(told))


def _again(transfer: int) -> None:
    if transfer > 1:
        print("Something got lost on the way; asking again …")


def _report(here: Visit) -> None:
    new, total = here.new_records, here.store.count()
    print(f"{new} new records, {total} in all, in {here.home.log}")
