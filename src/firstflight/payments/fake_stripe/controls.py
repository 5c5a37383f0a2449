# SPDX-License-Identifier: Apache-2.0
"""What tests, the demo and the rehearsal may do to the fake, in process or under `/_control/`.

Owns the list of controls and their JSON form. Each is a method here; its keyword arguments are the
members of the JSON body.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable

from firstflight.payments.fake_stripe import (
    deliveries,
    disputes,
    payment_attempts,
    refunds,
    setup_intents,
)
from firstflight.payments.fake_stripe.call import Call, World
from firstflight.payments.fake_stripe.errors import (
    ApiError,
    CardRefused,
    ParameterInvalid,
    RouteUnknown,
)
from firstflight.payments.fake_stripe.faults import Fault, FaultKind, Faults, FaultTime
from firstflight.payments.fake_stripe.messages import Request, Response, json_response
from firstflight.payments.fake_stripe.storage import Doc, public
from firstflight.payments.fake_stripe.webhooks import Sender


class Controls:
    """The levers behind the fake; every method is also `POST /_control/<its name>`."""

    def __init__(self, world: World, sender: Sender, faults: Faults) -> None:
        self._world = world
        self._sender = sender
        self._faults = faults

    def state(self) -> Doc:
        """`{now, clock_offset, webhook_url, paused, waiting, faults}` at this moment."""
        return {
            "now": self._world.clock.now(),
            "clock_offset": self._world.clock.offset,
            "webhook_url": self._world.endpoint.url,
            "paused": self._world.endpoint.paused,
            "waiting": len(deliveries.waiting(self._world.store)),
            "faults": self._faults.armed(),
        }

    def charges(self) -> list[Doc]:
        """All charges, oldest first, for a comparison with one's own books."""
        docs: list[Doc] = public(self._world.store.select("charge", {}))
        return docs[::-1]

    def set_clock(self, *, offset_seconds: float) -> Doc:
        """Virtual time: show a time so many seconds ahead of the machine's."""
        self._world.clock.set_offset(float(offset_seconds))
        return self.state()

    def fail_next(
        self,
        *,
        kind: str,
        when: str = "before",
        count: int = 1,
        seconds: float = 0.0,
        method: str | None = None,
        path: str | None = None,
    ) -> Doc:
        """Arm a fault for the next `count` requests; see `faults.FaultKind` for the kinds."""
        try:
            fault = Fault(FaultKind(kind), FaultTime(when), int(count), seconds, method, path)
        except ValueError as error:
            raise ParameterInvalid(str(error)) from error
        self._faults.arm(fault)
        return self.state()

    def clear_faults(self) -> Doc:
        """Disarm what has not happened yet."""
        self._faults.clear()
        return self.state()

    def webhooks(self) -> list[Doc]:
        """What has not reached the endpoint yet, in order."""
        return deliveries.waiting(self._world.store)

    def deliver(self) -> list[Doc]:
        """Try every waiting webhook once, now."""
        return self._sender.deliver_now()

    def wait_delivered(self, *, seconds: float = 10.0) -> bool:
        """Whether all webhooks arrived within `seconds`."""
        return self._sender.wait_until_delivered(seconds)

    def redeliver(self, *, event: str) -> Doc:
        """Send a past event once more."""
        Call(self._world, id=event).of_path("event")
        deliveries.send_again(self._world.store, event)
        self._sender.wake()
        return self.state()

    def duplicate(self, *, count: int = 1) -> Doc:
        """Send each of the next `count` webhooks twice."""
        self._world.endpoint.duplicates = count
        return self.state()

    def shuffle(self, *, seed: int = 0) -> Doc:
        """Mix the waiting webhooks, and those to come; `in_order` ends it."""
        self._world.endpoint.shuffle = random.Random(seed)  # noqa: S311 - an order, no secret
        deliveries.mix(self._world.store, seed)
        return self.state()

    def in_order(self) -> Doc:
        """Line new webhooks up in the order of their events again."""
        self._world.endpoint.shuffle = None
        return self.state()

    def delay(self, *, seconds: float) -> Doc:
        """Hold every new webhook back for `seconds`."""
        self._world.endpoint.delay_seconds = seconds
        return self.state()

    def pause(self) -> Doc:
        """Send nothing until `resume`; events go on lining up."""
        self._world.endpoint.paused = True
        return self.state()

    def resume(self) -> Doc:
        """Send again."""
        self._world.endpoint.paused = False
        self._sender.wake()
        return self.state()

    def set_endpoint(self, *, url: str | None, secret: str | None = None) -> Doc:
        """Send webhooks elsewhere from now on; without an URL events are only listed."""
        self._world.endpoint.url = url
        self._world.endpoint.secret = secret or self._world.endpoint.secret
        self._sender.wake()
        return self.state()

    def open_dispute(
        self, *, charge: str, reason: str = "fraudulent", amount: int | None = None
    ) -> Doc:
        """A cardholder disputes a charge."""
        return self._act(
            lambda call: disputes.open_dispute(
                call, call.of_path("charge", charge), reason=reason, amount=amount
            )
        )

    def decide_dispute(self, *, dispute: str, won: bool) -> Doc:
        """The bank decides a dispute."""
        return self._act(
            lambda call: disputes.decide(call, call.of_path("dispute", dispute), won=won)
        )

    def fail_refund(self, *, refund: str, reason: str = "expired_or_canceled_card") -> Doc:
        """A refund comes back, because the card no longer takes it."""
        return self._act(lambda call: refunds.fail(call, call.of_path("refund", refund), reason))

    def finish_challenge(self, *, intent: str, passed: bool = True) -> Doc:
        """The cardholder answers 3-D Secure of a SetupIntent or PaymentIntent."""

        def act(call: Call) -> Doc:
            if intent.startswith("seti_"):
                doc = call.of_path("setup_intent", intent)
                return setup_intents.finish_challenge(call, doc, passed=passed)
            doc = call.of_path("payment_intent", intent)
            try:
                return payment_attempts.finish_challenge(call, doc, passed=passed)
            except CardRefused:
                return doc

        return self._act(act)

    def _act(self, action: Callable[[Call], Doc]) -> Doc:
        with self._world.store.transaction():
            doc: Doc = public(action(Call(self._world)))
        self._sender.wake()
        return doc


NAMES = frozenset(name for name in vars(Controls) if not name.startswith("_"))


def answer(controls: Controls, request: Request) -> Response:
    """Work the control named in the address, with the JSON body as its arguments."""
    name = request.path.removeprefix("/_control/")
    try:
        if name not in NAMES or request.method not in ("GET", "POST"):
            raise RouteUnknown(f"There is no control {name!r}. Use {', '.join(sorted(NAMES))}.")
        arguments = json.loads(request.body) if request.body else {}
        # Only JSON is taken: a form on some web page could otherwise work the controls.
        if request.body and "json" not in request.headers.get("content-type", ""):
            raise ParameterInvalid("Send the arguments as application/json.")
        return json_response(200, getattr(controls, name)(**arguments))
    except (TypeError, ValueError) as error:
        return json_response(400, ParameterInvalid(f"{name}: {error}").body())
    except ApiError as error:
        return json_response(error.status, error.body())
