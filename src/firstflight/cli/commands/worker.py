# SPDX-License-Identifier: Apache-2.0
"""`firstflight worker`: runs the jobs that pages and payments leave behind."""

import argparse
import os

from firstflight.cli import workplace
from firstflight.cli.supervisor import die_with_parent

HELP = "Run jobs: mail, charges, deadlines; the database must be there already."
EXAMPLES = """\
examples:
  DATABASE_URL=postgresql://… firstflight worker
  firstflight worker --concurrency 8

A job under way is finished before the worker stops. Run as many workers as you like.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    at_once = int(os.environ.get("FIRSTFLIGHT_WORKER_CONCURRENCY", "4"))
    parser.add_argument(
        "--concurrency", type=int, default=at_once, metavar="N", help="jobs at once"
    )


def run(arguments: argparse.Namespace) -> int:
    """Work until told to stop."""
    from django.core.management import call_command

    die_with_parent()
    with workplace.django():
        call_command("procrastinate", "worker", "--concurrency", str(arguments.concurrency))
    return 0
