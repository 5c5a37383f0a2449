# SPDX-License-Identifier: Apache-2.0
"""`firstflight company-sign-in`: a stand-in for the company's own sign-in (OpenID Connect)."""

import argparse
import json
import logging
import os

from firstflight.cli import workplace
from firstflight.cli.progress import say
from firstflight.cli.supervisor import die_with_parent, told_to_stop

HELP = "Run a local OpenID Connect provider where anybody may sign in as anybody. Demo only."
EXAMPLES = """\
examples:
  firstflight company-sign-in --port 8002 --person '{"sub": "a@group.example", "name": "A"}'

Then name it to the platform: FIRSTFLIGHT_OIDC_SERVER_URL=http://localhost:8002
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--port", type=int, default=8002)
    parser.add_argument(
        "--person",
        action="append",
        default=[],
        type=json.loads,
        metavar="JSON",
        help="someone to choose from: an object with “sub” (their e-mail address) and “name”",
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    import oidc_provider_mock

    workplace.take_port("127.0.0.1", arguments.port)
    # The provider refuses plain http otherwise; it listens to this machine alone.
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    logging.basicConfig(level=logging.WARNING)
    told = told_to_stop()
    die_with_parent()
    people = [
        oidc_provider_mock.User(
            sub=person["sub"],
            claims={"email": person["sub"], "email_verified": True, "name": person["name"]},
        )
        for person in arguments.person
    ]
    with oidc_provider_mock.run_server_in_thread(port=arguments.port, user_claims=people):
        say(f"The company's sign-in listens at http://localhost:{arguments.port}")
        told.wait()
    return 0
