# SPDX-License-Identifier: Apache-2.0
"""`firstflight migrate`: brings the database to this version of the code."""

import argparse

from firstflight.cli import workplace
from firstflight.cli.progress import say

HELP = "Bring the database to this version; nothing happens if it is there already."
EXAMPLES = """\
examples:
  firstflight migrate
  DATABASE_URL=postgresql://… firstflight migrate
  firstflight migrate --missing       after a model was changed: is its migration there?
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--missing", action="store_true", help="only look: status 1 if a migration is not written"
    )


def run(arguments: argparse.Namespace) -> int:
    """Migrate, or look whether all migrations are written."""
    from django.core.management import call_command

    with workplace.database(), workplace.django():
        if arguments.missing:
            call_command("makemigrations", check_changes=True, dry_run=True)
        else:
            migrate()
    return 0


def migrate() -> None:
    """Apply what is missing; Django must be set up."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not missing:
        say("The database is up to date.")
        return
    say(f"Bringing the database to this version ({len(missing)} steps) …")
    call_command("migrate", interactive=False, verbosity=0)
