# SPDX-License-Identifier: Apache-2.0
"""The `/v1/` half of the fake: lets a request in, has it done once, and words the answer.

Owns keys, versions, idempotency and faults around a route's handler. The handlers own the meaning.
"""

from __future__ import annotations

import base64
import json
import re
import threading
from dataclasses import dataclass
from typing import Any

from firstflight.payments.fake_stripe import expansion, forms, idempotency, parameters
from firstflight.payments.fake_stripe.call import API_VERSION, Call, World
from firstflight.payments.fake_stripe.errors import (
    ApiError,
    CardRefused,
    InvalidApiKey,
    NotModelled,
    ParameterMissing,
    ReferenceMissing,
    SecretKeyRequired,
    ServerFault,
    TooManyRequests,
    UnknownVersion,
)
from firstflight.payments.fake_stripe.faults import Fault, FaultKind, Faults, FaultTime
from firstflight.payments.fake_stripe.ids import new_id
from firstflight.payments.fake_stripe.messages import Request, Response
from firstflight.payments.fake_stripe.routes import Route, find
from firstflight.payments.fake_stripe.storage import public
from firstflight.payments.fake_stripe.webhooks import Sender

VERSION = re.compile(r"\d{4}-\d{2}-\d{2}(\.[a-z]+)?")
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, DELETE, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, Stripe-Version",
    "Access-Control-Expose-Headers": "Request-Id, Stripe-Version, Idempotent-Replayed",
}
# What Stripe.js adds to every form it posts, beside the typed parameters.
BROWSER_ONLY = ("key", "_stripe_version")


@dataclass(frozen=True)
class Keys:
    """The pair of API keys this server answers to."""

    secret: str
    publishable: str


class Api:
    """Answers requests under `/v1/`."""

    def __init__(self, world: World, keys: Keys, faults: Faults, sender: Sender) -> None:
        self._world = world
        self._keys = keys
        self._faults = faults
        self._sender = sender
        self._flights = idempotency.Flights()
        self.stopping = threading.Event()

    def answer(self, request: Request) -> Response:
        """The answer; `cut` when a fault closes the line."""
        if request.method == "OPTIONS":
            return Response(204, headers=dict(CORS))
        request_id = new_id("req", 14)
        fault = self._faults.take(request.method, request.path)
        if fault is not None and fault.when is FaultTime.BEFORE and fault.kind != FaultKind.SLOW:
            response = self._fail(fault)
        else:
            wait = fault.seconds if fault and fault.kind is FaultKind.SLOW else 0.0
            response = self._serve(request, request_id, wait)
            if fault is not None and fault.when is FaultTime.AFTER and not wait:
                response = self._fail(fault)
        response.headers.update(CORS)
        response.headers["Request-Id"] = request_id
        response.headers["Stripe-Version"] = request.headers.get("stripe-version", API_VERSION)
        if "idempotency-key" in request.headers:
            response.headers["Idempotency-Key"] = request.headers["idempotency-key"]
        return response

    def _serve(self, request: Request, request_id: str, wait: float) -> Response:
        try:
            values = forms.decode(request.query if request.method == "GET" else _body(request))
            publishable = self._authenticate(request, values)
            route, named = find(request.method, request.path)
            call = self._admit(request, request_id, route, named, values, publishable)
            request_mark = idempotency.fingerprint(request.method, request.path, values)
            with self._flights.hold(call.idempotency_key):
                if wait:
                    self.stopping.wait(wait)
                response = self._once(call, route, request_mark)
        except ApiError as error:
            response = _worded(error)
            if error.status == 409:
                response.headers["Stripe-Should-Retry"] = "true"
        if request.method != "GET":
            self._sender.wake()
        return response

    def _authenticate(self, request: Request, values: dict[str, Any]) -> bool:
        """Whether the key is the publishable one. Raises `InvalidApiKey`, `UnknownVersion`."""
        version = request.headers.get("stripe-version")
        if version is not None and not VERSION.fullmatch(version):
            raise UnknownVersion(f"Unknown API version: {version}.")
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "basic":
            key = base64.b64decode(key + "==").decode("utf-8", "replace").partition(":")[0]
        sent = values.pop("key", "")
        key = key.strip() or (sent if isinstance(sent, str) else "")
        values.pop("_stripe_version", None)
        if key == self._keys.secret:
            return False
        if key != self._keys.publishable:
            raise InvalidApiKey()
        return True

    def _admit(
        self,
        request: Request,
        request_id: str,
        route: Route,
        named: str,
        values: dict[str, Any],
        publishable: bool,
    ) -> Call:
        """The validated call. Raises the parameter errors and `SecretKeyRequired`."""
        values = dict(values)
        if publishable:
            self._check_browser(route, named, values)
        params = parameters.validate(route.params, values)
        for name in params:
            if name not in route.models:
                raise NotModelled(
                    f"{name} is a parameter of Stripe, but the fake does not act on it.", param=name
                )
        key = request.headers.get("idempotency-key") if request.method == "POST" else None
        return Call(self._world, params, named, publishable, idempotency.check(key), request_id)

    def _check_browser(self, route: Route, named: str, values: dict[str, Any]) -> None:
        """A browser reaches only what its client secret opens."""
        if not route.browser:
            raise SecretKeyRequired()
        if not named:
            return
        secret = values.pop("client_secret", None)
        if secret is None:
            raise ParameterMissing(
                "Required parameter is missing: client_secret.", param="client_secret"
            )
        intent = self._world.store.get(named)
        if intent is None or intent.get("client_secret") != secret:
            raise ReferenceMissing("The client_secret fits no such intent.", param="client_secret")

    def _once(self, call: Call, route: Route, request_mark: str) -> Response:
        """Do the work, or repeat the answer saved under its key, in one transaction."""
        key = call.idempotency_key
        with call.store.transaction():
            if key is not None:
                saved = idempotency.recall(call.store, key, request_mark, call.now)
                if saved is not None:
                    replayed = Response(saved.status, saved.body.encode())
                    replayed.headers["Idempotent-Replayed"] = "true"
                    replayed.headers["Original-Request"] = saved.request_id
                    return replayed
            response = _perform(call, route)
            if key is not None:
                answer = idempotency.Saved(
                    response.status, response.body.decode(), call.request_id or ""
                )
                idempotency.keep(call.store, key, request_mark, answer, call.now)
        return response

    def _fail(self, fault: Fault) -> Response:
        if fault.kind is FaultKind.ERROR:
            return _worded(ServerFault())
        if fault.kind is FaultKind.RATE_LIMIT:
            return _worded(TooManyRequests())
        if fault.kind is FaultKind.TIMEOUT:
            self.stopping.wait(fault.seconds)
        return Response(cut=True)


def _perform(call: Call, route: Route) -> Response:
    """Run the handler; a refusal undoes its work, except a card's, which leaves its traces."""
    refused: CardRefused | None = None
    try:
        with call.store.part():
            try:
                doc = route.handler(call)
                if call.params.get("expand"):
                    doc = expansion.expand(call.store, doc, call.params["expand"])
            except CardRefused as error:
                refused = error
    except ApiError as error:
        return _worded(error)
    return _worded(refused) if refused else _encode(200, public(doc))


def _worded(error: ApiError) -> Response:
    return _encode(error.status, error.body())


def _encode(status: int, content: Any) -> Response:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Response(status, text.encode())


def _body(request: Request) -> str:
    text = request.body.decode("utf-8", "replace")
    return "&".join(part for part in (request.query, text) if part)
