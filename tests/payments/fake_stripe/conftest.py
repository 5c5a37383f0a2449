# SPDX-License-Identifier: Apache-2.0
"""A fake Stripe, the official client set to it, and a shop's webhook endpoint to listen at."""

import http.client
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlencode, urlsplit

import pytest
import stripe
from stripe import StripeClient

from firstflight.payments.fake_stripe.server import FakeStripe


@pytest.fixture
def fake() -> Iterator[FakeStripe]:
    """A fake Stripe of this test's own, without a webhook endpoint."""
    with FakeStripe(synchronous="off") as server:
        yield server


@pytest.fixture
def client(fake: FakeStripe) -> StripeClient:
    """The official client with the secret key."""
    return fake.client()


@pytest.fixture
def customer(client: StripeClient) -> str:
    """The id of a customer."""
    return client.v1.customers.create({"email": "mika@example.org"}).id


@pytest.fixture
def save_card(client: StripeClient, customer: str) -> Callable[[str], str]:
    """Attach a test card to the customer, without a SetupIntent; returns its id."""

    def save(test_id: str) -> str:
        return client.v1.payment_methods.attach(test_id, {"customer": customer}).id

    return save


@pytest.fixture
def pay(client: StripeClient, customer: str) -> Callable[..., stripe.PaymentIntent]:
    """Charge a card of the customer off-session."""

    def charge(method: str, amount: int = 34_800) -> stripe.PaymentIntent:
        return client.v1.payment_intents.create(
            {
                "amount": amount,
                "currency": "jpy",
                "customer": customer,
                "payment_method": method,
                "off_session": True,
                "confirm": True,
                "expand": ["latest_charge.balance_transaction"],
            }
        )

    return charge


@pytest.fixture
def visit() -> Callable[..., tuple[int, str, str]]:
    """Open the hosted page of an intent's `next_action`, or press a button on it.

    Returns the status, the page and the address the browser is sent to.
    """

    def go(
        action: stripe.StripeObject, outcome: str = "", language: str = "en"
    ) -> tuple[int, str, str]:
        parts = urlsplit(str(action["redirect_to_url"]["url"]))
        connection = http.client.HTTPConnection(parts.netloc)
        connection.request(
            "POST" if outcome else "GET",
            f"{parts.path}?{parts.query}",
            urlencode({"outcome": outcome}) if outcome else None,
            {"Accept-Language": language},
        )
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text, answer.headers.get("Location", "")

    return go


@dataclass
class Shop:
    """A webhook endpoint: what arrived, as (body, signature), and what it answers."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    received: list[tuple[bytes, str]] = field(default_factory=list)

    def events(self, secret: str) -> list[stripe.Event]:
        """What arrived, each signature verified by the official client."""
        return [
            stripe.Webhook.construct_event(body, signature, secret)
            for body, signature in self.received
        ]

    def types(self) -> list[str]:
        """The names of the events in the order of arrival."""
        return [event.type for event in self.events("whsec_first_flight")]


@pytest.fixture
def shop() -> Iterator[Shop]:
    """Listens on a free port; answers 200, or what `statuses` holds, first come first served."""
    state = Shop()

    class Endpoint(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            state.received.append((body, self.headers["Stripe-Signature"]))
            self.send_response(state.statuses.pop(0) if state.statuses else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    state.url = f"http://127.0.0.1:{server.server_port}/hooks"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield state
    server.shutdown()
    server.server_close()
