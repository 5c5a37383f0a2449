# SPDX-License-Identifier: Apache-2.0
"""Cards through Stripe: SetupIntents for later, off-session PaymentIntents on success.

The same official client talks to Stripe or to the fake server: only the base address differs.
The mapping of Stripe's objects to ours stands in `reading.py`.
"""

from collections.abc import Callable, Iterator
from typing import Self, TypeVar

import stripe
from django.conf import settings
from stripe.params import SetupIntentCreateParams

from firstflight.kernel.money import Money
from firstflight.payments.errors import EventNotSigned, ProviderUnavailable
from firstflight.payments.gateways.protocol import (
    BalanceLine,
    ChargeResult,
    Event,
    RefundResult,
    SetupResult,
)
from firstflight.payments.gateways.stripe import reading

API_VERSION = "2026-10-28.endive"
Answer = TypeVar("Answer")
# The outcome of these is unknown or temporary: the same key may be sent again.
_PASSING = (stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError)


class StripeGateway:
    """A `Gateway` on one Stripe account."""

    name = "stripe"

    def __init__(self, *, secret_key: str, webhook_secret: str, api_base: str = "") -> None:
        self._webhook_secret = webhook_secret
        self._client = stripe.StripeClient(
            secret_key,
            stripe_version=API_VERSION,
            base_addresses={"api": api_base} if api_base else {},
            max_network_retries=2,
            http_client=stripe.RequestsClient(timeout=20),
        )

    @classmethod
    def from_settings(cls) -> Self:
        """The gateway that the environment describes."""
        return cls(
            secret_key=settings.STRIPE_SECRET_KEY,
            webhook_secret=settings.STRIPE_WEBHOOK_SECRET,
            api_base=settings.STRIPE_API_BASE,
        )

    def create_customer(self, *, reference: str, email: str, key: str) -> str:
        """The id of a new customer; see `Gateway`."""
        customer = _ask(
            lambda: self._client.v1.customers.create(
                params={"email": email, "metadata": {"reference": reference}},
                options={"idempotency_key": key},
            )
        )
        return str(customer.id)

    def create_setup(
        self, *, customer_id: str, subject: str, key: str, method_id: str = "", return_url: str = ""
    ) -> SetupResult:
        """Begin a SetupIntent for off-session use; see `Gateway`."""
        params: SetupIntentCreateParams = {
            "customer": customer_id,
            "allowed_payment_method_types": ["card"],
            "usage": "off_session",
            "metadata": {"subject": subject},
            "expand": ["payment_method"],
        }
        if method_id:
            params["payment_method"] = method_id
            params["confirm"] = True
            params["return_url"] = return_url
        try:
            intent = _ask(
                lambda: self._client.v1.setup_intents.create(
                    params=params,
                    options={"idempotency_key": key},
                )
            )
        except stripe.CardError as error:
            return reading.declined_setup(error)
        except stripe.InvalidRequestError as error:
            return reading.refused_setup(error)
        return reading.setup(intent)

    def fetch_setup(self, provider_id: str) -> SetupResult:
        """The SetupIntent as it stands; see `Gateway`."""
        return reading.setup(
            _ask(
                lambda: self._client.v1.setup_intents.retrieve(
                    provider_id, params={"expand": ["payment_method"]}
                )
            )
        )

    def charge(
        self,
        *,
        customer_id: str,
        method_id: str,
        amount: Money,
        subject: str,
        key: str,
        intent_id: str = "",
    ) -> ChargeResult:
        """An off-session PaymentIntent, confirmed, or confirmed again; see `Gateway`."""
        try:
            if intent_id:
                return reading.charge(self._confirm_again(intent_id, method_id, key))
            return reading.charge(self._confirm_new(customer_id, method_id, amount, subject, key))
        except stripe.CardError as error:
            return reading.declined_charge(error)
        except stripe.InvalidRequestError as error:
            return reading.refused_charge(error)

    def _confirm_new(
        self, customer_id: str, method_id: str, amount: Money, subject: str, key: str
    ) -> stripe.PaymentIntent:
        return _ask(
            lambda: self._client.v1.payment_intents.create(
                params={
                    "amount": amount.minor,
                    "currency": amount.currency.lower(),
                    "customer": customer_id,
                    "payment_method": method_id,
                    "allowed_payment_method_types": ["card"],
                    "off_session": True,
                    "confirm": True,
                    "metadata": {"subject": subject},
                    "expand": ["latest_charge.balance_transaction"],
                },
                options={"idempotency_key": key},
            )
        )

    def _confirm_again(self, intent_id: str, method_id: str, key: str) -> stripe.PaymentIntent:
        return _ask(
            lambda: self._client.v1.payment_intents.confirm(
                intent_id,
                params={
                    "payment_method": method_id,
                    "off_session": True,
                    "expand": ["latest_charge.balance_transaction"],
                },
                options={"idempotency_key": key},
            )
        )

    def fetch_charge(self, provider_id: str) -> ChargeResult:
        """The PaymentIntent as it stands; see `Gateway`."""
        return reading.charge(
            _ask(
                lambda: self._client.v1.payment_intents.retrieve(
                    provider_id, params={"expand": ["latest_charge.balance_transaction"]}
                )
            )
        )

    def refund(self, *, charge_id: str, amount: Money, key: str) -> RefundResult:
        """A refund of a PaymentIntent; see `Gateway`."""
        try:
            refund = _ask(
                lambda: self._client.v1.refunds.create(
                    params={"payment_intent": charge_id, "amount": amount.minor},
                    options={"idempotency_key": key},
                )
            )
        except stripe.InvalidRequestError as error:
            return RefundResult("", "failed", error.code or "invalid_request")
        return reading.refund(refund)

    def fetch_refund(self, provider_id: str) -> RefundResult:
        """The refund as it stands; see `Gateway`."""
        return reading.refund(_ask(lambda: self._client.v1.refunds.retrieve(provider_id)))

    def read_event(self, body: bytes, signature: str) -> Event:
        """A verified webhook; see `Gateway`."""
        try:
            event = stripe.Webhook.construct_event(body, signature, self._webhook_secret)
        except (ValueError, stripe.SignatureVerificationError):
            raise EventNotSigned from None
        return Event(event.id, event.type, event.data.object["id"])

    def balance_lines(self) -> Iterator[BalanceLine]:
        """Every balance transaction, newest first; see `Gateway`."""
        page = _ask(
            lambda: self._client.v1.balance_transactions.list(
                params={"limit": 100, "expand": ["data.source"]}
            )
        )
        for line in page.auto_paging_iter():
            yield reading.balance_line(line)


def _ask(call: Callable[[], Answer]) -> Answer:
    try:
        return call()
    except _PASSING as error:
        raise ProviderUnavailable from error
    except stripe.IdempotencyError as error:
        # A concurrent request with the same key is in flight: its outcome comes by asking again.
        raise ProviderUnavailable from error
