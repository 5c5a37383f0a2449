# SPDX-License-Identifier: Apache-2.0
"""`python -m firstflight.payments.fake_stripe`: serves until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
import threading

from firstflight.payments.fake_stripe.server import FakeStripe


def main(arguments: list[str] | None = None) -> int:
    """Read the command line and serve; 0 after Ctrl-C, 2 when the port is taken."""
    parser = argparse.ArgumentParser(
        prog="python -m firstflight.payments.fake_stripe",
        description="A Stripe server for tests and demonstrations; no money moves.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8420, help="0 takes a free one")
    parser.add_argument("--public-url", help="how browsers reach it, if not by host and port")
    parser.add_argument("--data", default=":memory:", metavar="FILE", help="SQLite file to keep")
    parser.add_argument("--webhook-url", help="where events are sent")
    parser.add_argument("--webhook-secret", default="whsec_first_flight")
    parser.add_argument("--secret-key", default="sk_test_first_flight")
    parser.add_argument("--publishable-key", default="pk_test_first_flight")
    parser.add_argument("--synchronous", default="normal", choices=("off", "normal", "full"))
    options = vars(parser.parse_args(arguments))
    done = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: done.set())
    fake = FakeStripe(**options)
    try:
        fake.start()
    except OSError as error:
        print(f"Port {options['port']} cannot be used: {error}. Choose another.", file=sys.stderr)
        return 2
    print(f"The fake Stripe listens on {fake.url}; stop it with Ctrl-C.", flush=True)
    done.wait()
    fake.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
