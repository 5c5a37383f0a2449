# SPDX-License-Identifier: Apache-2.0
"""`firstflight up`: the platform on one machine, until Ctrl-C."""

import argparse

from firstflight.cli import platform
from firstflight.cli.commands import serve
from firstflight.cli.progress import say
from firstflight.cli.supervisor import Supervisor, stopping_cleanly

HELP = "Run the platform on this machine: database, migrations, worker and web server."
EXAMPLES = """\
examples:
  firstflight up
  PORT=9000 firstflight up
  DATABASE_URL=postgresql://… firstflight up          with a PostgreSQL of yours
  STRIPE_SECRET_KEY=sk_test_… firstflight up          with Stripe instead of the stand-in

Ctrl-C stops everything; nothing is lost. For what else can be set: docs/settings.md.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    serve.configure(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run until told to stop."""
    words = [f"--processes={arguments.processes}", f"--threads={arguments.threads}"]
    with (
        stopping_cleanly(),
        Supervisor() as supervisor,
        platform.prepared(arguments.host, arguments.port, supervisor, words) as running,
    ):
        collect_static_files()
        running.start_worker_and_web()
        say(f"First Flight is at {running.site} (Ctrl-C stops it).")
        running.supervisor.wait()
    return 0


def collect_static_files() -> None:
    """Gather style sheets and scripts where the web server looks for them."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
