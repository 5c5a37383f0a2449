# SPDX-License-Identifier: Apache-2.0
"""The providers that the payment contract is tried on: the fake, localstripe, and Stripe itself.

localstripe is a separate program that models an earlier Stripe; `LOCALSTRIPE_DIFFERS` names what it
does otherwise. Stripe is asked only with FIRSTFLIGHT_STRIPE_SMOKE=1 and a test key, for it needs
the network and leaves test objects behind.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from stripe import StripeClient

from firstflight.payments.fake_stripe.server import FakeStripe

LOCALSTRIPE_DIFFERS = {
    "test_an_unknown_parameter_is_refused_and_named": "it names no code and no parameter",
    "test_a_decline_tells_code_and_intent": "its card errors carry no decline code",
    "test_a_refund_beyond_the_charge_is_refused": "it refunds any amount",
    "test_an_idempotency_key_is_done_once": "it does not know idempotency keys",
    "test_a_key_with_other_parameters_is_refused": "it does not know idempotency keys",
    "test_an_always_asking_card_is_refused_off_session": "it has no test id for this card",
    "test_a_missing_amount_is_named": "it names no code and no parameter",
    "test_an_amount_below_the_least_is_refused": "it takes any amount above zero",
    "test_a_declined_setup_can_be_repaired": "its intent is canceled by a decline",
    "test_an_unknown_customer_is_not_found": "its errors carry no code",
}


@dataclass(frozen=True)
class Provider:
    """A Stripe to try the contract on; `cards_only` keeps an intent from other methods."""

    name: str
    client: StripeClient
    cards_only: dict[str, Any] = field(default_factory=dict)


@contextmanager
def localstripe() -> Iterator[str]:
    """The address of a localstripe that runs for these tests only."""
    pytest.importorskip("localstripe")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "localstripe", "--port", str(port), "--from-scratch"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                break
            except OSError:
                time.sleep(0.05)
        else:
            pytest.skip("localstripe does not start here")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module", params=["fake", "localstripe", "stripe"])
def started(request: pytest.FixtureRequest) -> Iterator[Provider]:
    """One provider, for the tests of one file."""
    cards_only = {"allowed_payment_method_types": ["card"]}
    if request.param == "fake":
        with FakeStripe(synchronous="off") as fake:
            yield Provider("fake", fake.client(), cards_only)
    elif request.param == "localstripe":
        with localstripe() as url:
            client = StripeClient("sk_test_12345", base_addresses={"api": url})
            yield Provider("localstripe", client, {"payment_method_types": ["card"]})
    else:
        key = os.environ.get("STRIPE_SECRET_KEY", "")
        if os.environ.get("FIRSTFLIGHT_STRIPE_SMOKE") != "1" or not key.startswith("sk_test_"):
            pytest.skip("needs FIRSTFLIGHT_STRIPE_SMOKE=1 and a sk_test_ STRIPE_SECRET_KEY")
        yield Provider("stripe", StripeClient(key), cards_only)


@pytest.fixture
def provider(started: Provider, request: pytest.FixtureRequest) -> Provider:
    """The provider; where localstripe is known to differ, the test is expected to fail."""
    name = getattr(request.node, "originalname", request.node.name)
    if started.name == "localstripe" and name in LOCALSTRIPE_DIFFERS:
        reason = f"localstripe differs: {LOCALSTRIPE_DIFFERS[name]}"
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    return started
