# SPDX-License-Identifier: Apache-2.0
"""`firstflight rehearse`: a whole campaign played on a copy, before it is real."""

import argparse
import json

from firstflight.cli import workplace
from firstflight.cli.progress import Stop, say

HELP = "Play a campaign on a copy: pledges, deadline, charges, repairs, parcels, and a report."
EXAMPLES = """\
examples:
  firstflight rehearse wena --supporters 500
  firstflight rehearse wena --decline-rate 0.2        what would a fifth of bad cards do to us?
  firstflight rehearse wena --seed 7 --json           the same play again, as JSON

Nothing of the real campaign is touched. Status 1 if a number that may never be wrong is wrong.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("slug", help="the campaign, as in its address")
    parser.add_argument("--supporters", type=int, default=500, metavar="N")
    for name, default, meaning in (
        ("decline", 0.1, "cards that fail when they are charged"),
        ("authentication", 0.05, "cards whose bank wants to see the holder"),
        ("cancel", 0.05, "supporters who cancel"),
    ):
        parser.add_argument(
            f"--{name}-rate", dest=name, type=_rate, default=default, metavar="R", help=meaning
        )
    parser.add_argument("--seed", type=int, default=7, help="the same seed plays the same plans")
    parser.add_argument("--json", action="store_true", help="the report as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Play and report."""
    with workplace.database(), workplace.django():
        from firstflight.demo.rehearsal.stage import PlayFailed, rehearse
        from firstflight.kernel.errors import NotFound

        wishes = {
            name: getattr(arguments, name)
            for name in ("supporters", "decline", "authentication", "cancel", "seed")
        }
        try:
            report = rehearse(arguments.slug, wishes)
        except NotFound:
            raise Stop(
                f"There is no campaign “{arguments.slug}” with an opening and a deadline."
            ) from None
        except PlayFailed:
            raise Stop("The rehearsal broke off; the lines above say where.") from None
    text = report.pop("text")
    say(json.dumps(report, indent=2) if arguments.json else text)
    return 1 if report["findings"] else 0


def _rate(text: str) -> float:
    rate = float(text)
    if not 0 <= rate <= 1:
        raise argparse.ArgumentTypeError("a rate lies between 0 and 1")
    return rate
