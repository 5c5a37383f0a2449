# SPDX-License-Identifier: Apache-2.0
"""`firstflight demo`: the platform with a sample catalogue and sample people."""

import argparse
import os

from firstflight.cli import platform, workplace
from firstflight.cli.commands import serve
from firstflight.cli.progress import say
from firstflight.cli.supervisor import Supervisor, stopping_cleanly

HELP = "Try First Flight on this machine, with a sample catalogue and sample sign-ins."
EXAMPLES = """\
examples:
  firstflight demo
  firstflight demo --port 9000

Ctrl-C stops everything; the next demo finds what you did again. `rm -r var` begins anew.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    serve.add_address(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run until told to stop."""
    os.environ["FIRSTFLIGHT_DEMO"] = "1"
    with stopping_cleanly(), Supervisor(logs=workplace.var() / "log") as supervisor:
        workplace.take_port(arguments.host, arguments.port)
        sign_in = platform.reserve_company_sign_in(arguments.port)
        with platform.prepared(arguments.host, arguments.port, supervisor) as running:
            from firstflight.demo.actions.load_catalogue import load_catalogue
            from firstflight.demo.people import SAMPLE_PEOPLE

            if sign_in:
                staff = [(one.email, one.name) for one in SAMPLE_PEOPLE if one.company]
                platform.start_company_sign_in(sign_in, supervisor, staff)
            load_catalogue(progress=say)
            running.start_worker_and_web()
            say(f"\nFirst Flight is at {running.site}\n\nSign in there as")
            for one in SAMPLE_PEOPLE:
                way = "company account" if one.company else "code by mail"
                say(f"  {one.role:18} {one.email:34} {way}")
            say(f"\nMail is shown at {running.site}/outbox/, logs are in {supervisor.logs}.")
            say("Ctrl-C stops everything; nothing is lost.")
            running.supervisor.wait()
    return 0
