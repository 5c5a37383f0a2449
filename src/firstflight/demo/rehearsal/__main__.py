# SPDX-License-Identifier: Apache-2.0
"""The child process of `firstflight rehearse`: plays in the database that DATABASE_URL names.

Reads {"campaign", "slug", "supporters", "decline", …} as JSON from standard input, tells its
progress on standard error, and ends with the report as JSON on standard output.
"""

import json
import sys

import django


def main() -> None:
    """Migrate, set the campaign up, play, report."""
    wishes = json.load(sys.stdin)
    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from firstflight.demo.rehearsal.copying import put_in
    from firstflight.demo.rehearsal.play import Rehearsal
    from firstflight.demo.rehearsal.supporters import Rates

    say("Preparing a database of its own …")
    call_command("migrate", interactive=False, verbosity=0)
    put_in(wishes["campaign"])
    rates = Rates(
        decline=wishes["decline"], authentication=wishes["authentication"], cancel=wishes["cancel"]
    )
    rehearsal = Rehearsal(
        wishes["slug"], rates, count=wishes["supporters"], seed=wishes["seed"], say=say
    )
    report = rehearsal.play()
    connections.close_all()
    json.dump({**report.as_json(), "text": report.as_text()}, sys.stdout)


def say(line: str) -> None:
    """Progress."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
