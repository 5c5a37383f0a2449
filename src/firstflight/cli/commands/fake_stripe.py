# SPDX-License-Identifier: Apache-2.0
"""`firstflight fake-stripe`: a Stripe on this machine that moves no money."""

import argparse
import os

from firstflight.cli import workplace
from firstflight.cli.progress import say
from firstflight.cli.supervisor import die_with_parent, told_to_stop

HELP = "Run the fake Stripe server that the demo pays with."
EXAMPLES = """\
examples:
  firstflight fake-stripe --port 8001 --webhook-url http://localhost:8000/api/v1/webhooks/stripe

Then name it to the platform: FIRSTFLIGHT_STRIPE_API_BASE=http://localhost:8001
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--webhook-url", help="where events are sent (default: nowhere)")


def run(arguments: argparse.Namespace) -> int:
    """Serve until told to stop; what happened is kept in var/fake-stripe.sqlite."""
    from firstflight.payments.fake_stripe.server import FakeStripe

    workplace.take_port("127.0.0.1", arguments.port)
    told = told_to_stop()
    die_with_parent()
    server = FakeStripe(
        data=str(workplace.var() / "fake-stripe.sqlite"),
        port=arguments.port,
        webhook_url=arguments.webhook_url,
        webhook_secret=os.environ.get("STRIPE_WEBHOOK_SECRET", "whsec_fake"),
        secret_key=os.environ.get("STRIPE_SECRET_KEY", "sk_test_fake"),
        publishable_key=os.environ.get("STRIPE_PUBLISHABLE_KEY", "pk_test_fake"),
    )
    with server:
        say(f"The fake Stripe listens at {server.url}")
        told.wait()
    return 0
