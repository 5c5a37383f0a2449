# SPDX-License-Identifier: Apache-2.0
"""The fake Stripe as one object that starts and stops: `FakeStripe`.

Owns the life of the server (port, threads, data file). What the server answers lives in the
files named after Stripe's resources.
"""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

from stripe import StripeClient

from firstflight.payments.fake_stripe import challenge, controls, script
from firstflight.payments.fake_stripe.api import Api, Keys
from firstflight.payments.fake_stripe.call import World
from firstflight.payments.fake_stripe.clock import Clock
from firstflight.payments.fake_stripe.controls import Controls
from firstflight.payments.fake_stripe.deliveries import Endpoint
from firstflight.payments.fake_stripe.errors import RouteUnknown
from firstflight.payments.fake_stripe.faults import Faults
from firstflight.payments.fake_stripe.http import Server
from firstflight.payments.fake_stripe.messages import Request, Response, json_response
from firstflight.payments.fake_stripe.storage import Store
from firstflight.payments.fake_stripe.webhooks import Sender


class FakeStripe:
    """A Stripe server in this process, spoken to over HTTP by the official client.

    >>> with FakeStripe(webhook_url="http://127.0.0.1:8000/api/v1/webhooks/stripe") as fake:
    ...     fake.client().v1.customers.create({"email": "mika@example.org"})

    `data` is a SQLite file that survives a restart, or ":memory:". `port` 0 takes a free one.
    `public_url` is how browsers reach it, where that is not `url`.
    `synchronous` is SQLite's own setting: "off" for tests, "normal" survives the death of the
    process, "full" the loss of power as well. `controls` holds what tests and the rehearsal may do
    to it (faults, time, webhooks, disputes); the same is served as JSON under `/_control/`.
    `retry_seconds` is the first pause before a webhook is sent again; each next one is twice it.
    """

    def __init__(
        self,
        *,
        data: str = ":memory:",
        host: str = "127.0.0.1",
        port: int = 0,
        public_url: str | None = None,
        webhook_url: str | None = None,
        webhook_secret: str = "whsec_first_flight",  # noqa: S107 - a fake's secret, nothing to keep
        secret_key: str = "sk_test_first_flight",  # noqa: S107
        publishable_key: str = "pk_test_first_flight",
        synchronous: str = "normal",
        retry_seconds: float = 1.0,
    ) -> None:
        self.secret_key = secret_key
        self.publishable_key = publishable_key
        self.webhook_secret = webhook_secret
        self._address = (host, port)
        self._public_url = public_url
        self._store = Store(data, synchronous)
        endpoint = Endpoint(webhook_url, webhook_secret, retry_seconds=retry_seconds)
        self._world = World(self._store, Clock(self._store), endpoint)
        faults = Faults()
        self._sender = Sender(self._store, endpoint)
        self._api = Api(self._world, Keys(secret_key, publishable_key), faults, self._sender)
        self.controls = Controls(self._world, self._sender, faults)
        self._server: Server | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Where it listens, without a slash at the end: `http://127.0.0.1:43121`."""
        if self._server is None:
            raise RuntimeError("The fake Stripe has not been started.")
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}"

    def client(self, *, max_network_retries: int = 0) -> StripeClient:
        """The official client, set to talk to this server with its secret key."""
        return StripeClient(
            self.secret_key,
            base_addresses={"api": self.url},
            max_network_retries=max_network_retries,
        )

    def start(self) -> Self:
        """Begin to listen and to deliver webhooks; returns itself. Raises `OSError`."""
        self._server = Server(*self._address, self._answer)
        self._world.base_url = (self._public_url or self.url).rstrip("/")
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.05},
            name="fake-stripe",
            daemon=True,
        )
        self._thread.start()
        self._sender.start()
        return self

    def stop(self) -> None:
        """Finish the requests under way and close; what is in `data` stays."""
        self._api.stopping.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server.hang_up()
        self._sender.stop()
        self._store.close()

    def _answer(self, request: Request) -> Response:
        path = request.path
        if path.startswith("/v1/"):
            return self._api.answer(request)
        if path.startswith(challenge.PREFIX):
            return challenge.answer(self._world, self.controls, request)
        if path.startswith("/_control/"):
            return controls.answer(self.controls, request)
        if path.startswith("/v3"):
            return script.answer()
        return json_response(404, RouteUnknown("Nothing is served here.").body())

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
