# SPDX-License-Identifier: Apache-2.0
"""`firstflight token`: bearer tokens for programs that use the API."""

import argparse

from firstflight.cli import workplace
from firstflight.cli.progress import Stop, say

HELP = "Make a bearer token for the API; it is shown once."
EXAMPLES = """\
examples:
  firstflight token create --email mika@example.com
  firstflight token create --email mika@example.com --scope pledges:read --days 30
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("verb", choices=["create"])
    parser.add_argument("--email", required=True, help="the person for whom the program acts")
    parser.add_argument("--label", default="made on the command line")
    parser.add_argument("--days", type=int, help="how long it is good for (default: until revoked)")
    parser.add_argument(
        "--scope", action="append", metavar="SCOPE", help="default: all; may be given again"
    )


def run(arguments: argparse.Namespace) -> int:
    """Make it and print the secret alone on standard output."""
    with workplace.database(), workplace.django():
        from firstflight.people import tokens
        from firstflight.people.models import Person

        person = Person.objects.filter(email__iexact=arguments.email).first()
        if person is None:
            raise Stop(f"Nobody has the address {arguments.email}: sign in with it once.")
        scopes = arguments.scope or list(tokens.SCOPES)
        unknown = sorted(set(scopes) - set(tokens.SCOPES))
        if unknown:
            raise Stop(f"There is no scope {unknown[0]}. There are: {', '.join(tokens.SCOPES)}.")
        _token, secret = tokens.create(
            person=person, label=arguments.label, scopes=scopes, days=arguments.days
        )
    say(secret)
    return 0
