# SPDX-License-Identifier: Apache-2.0
"""Stripe's objects read into ours.

Sources: Stripe's API reference for SetupIntent, PaymentIntent, Refund and BalanceTransaction, of
the version pinned in `gateway.py`.
"""

from datetime import UTC, datetime
from typing import Any

import stripe

from firstflight.kernel.money import Money
from firstflight.payments.declines import AUTHENTICATION, is_hard
from firstflight.payments.gateways.protocol import (
    BalanceLine,
    Card,
    ChargeResult,
    RefundResult,
    SetupResult,
)

_SETUP_STATES = {
    "requires_payment_method": "requires_method",
    "requires_confirmation": "requires_method",
    "requires_action": "requires_action",
    "processing": "requires_action",
    "succeeded": "ready",
    "canceled": "failed",
}
_REFUND_STATES = {
    "pending": "in_transit",
    "requires_action": "in_transit",
    "succeeded": "done",
    "failed": "failed",
    "canceled": "failed",
}


def setup(intent: stripe.SetupIntent) -> SetupResult:
    """A SetupIntent whose `payment_method` is expanded."""
    error = intent.last_setup_error
    action = intent.next_action
    redirect = action.redirect_to_url if action else None
    return SetupResult(
        provider_id=intent.id,
        client_secret=intent.client_secret or "",
        state=_SETUP_STATES[intent.status],
        card=_card(intent.payment_method) if intent.status == "succeeded" else None,
        action_url=(redirect.url or "") if redirect else "",
        error_code=_code(error),
    )


def _code(error: Any) -> str:
    """The most exact code of an error: a bank that does not confirm its holder declines nothing."""
    return getattr(error, "decline_code", None) or getattr(error, "code", None) or ""


def _card(method: Any) -> Card:
    return Card(
        method_id=method.id,
        brand=method.card.brand,
        last4=method.card.last4,
        exp_month=method.card.exp_month,
        exp_year=method.card.exp_year,
    )


def declined_setup(error: stripe.CardError) -> SetupResult:
    """A card that was refused while it was set up; the intent can be tried with another one."""
    body = _error_body(error)
    intent = body.get("setup_intent") or {}
    return SetupResult(
        provider_id=intent.get("id", ""),
        client_secret=intent.get("client_secret") or "",
        state="failed",
        error_code=body.get("decline_code") or error.code or "card_declined",
    )


def refused_setup(error: stripe.InvalidRequestError) -> SetupResult:
    """A payment method that the provider does not know."""
    return SetupResult("", "", "failed", error_code=error.code or "invalid_request")


def charge(intent: stripe.PaymentIntent) -> ChargeResult:
    """A PaymentIntent whose `latest_charge.balance_transaction` is expanded."""
    if intent.status == "succeeded":
        return ChargeResult(intent.id, "succeeded", fee=_fee(intent))
    if intent.status in {"processing", "requires_capture"}:
        return ChargeResult(intent.id, "processing")
    if intent.status == "requires_action":
        return ChargeResult(intent.id, "requires_action", client_secret=intent.client_secret or "")
    error = intent.last_payment_error
    code = _code(error) if error else intent.status
    return ChargeResult(
        intent.id, _failure(code), decline_code=code, client_secret=intent.client_secret or ""
    )


def _fee(intent: stripe.PaymentIntent) -> Money | None:
    latest: Any = intent.latest_charge
    transaction = getattr(latest, "balance_transaction", None)
    if transaction is None or isinstance(transaction, str):
        return None
    return Money(transaction.fee, transaction.currency.upper())


def _failure(code: str) -> str:
    if code in AUTHENTICATION:
        return "requires_action"
    return "failed_hard" if is_hard(code) else "failed_soft"


def declined_charge(error: stripe.CardError) -> ChargeResult:
    """A 402: a decline, or the bank wants to see the holder."""
    body = _error_body(error)
    intent = body.get("payment_intent") or {}
    code = body.get("decline_code") or error.code or "card_declined"
    if error.code in AUTHENTICATION:
        code = error.code or code
    return ChargeResult(
        intent.get("id", ""),
        _failure(code),
        decline_code=code,
        client_secret=intent.get("client_secret") or "",
    )


def refused_charge(error: stripe.InvalidRequestError) -> ChargeResult:
    """A request that can never succeed as it is, for example a card that was detached."""
    return ChargeResult("", "failed_hard", decline_code=error.code or "invalid_request")


def _error_body(error: stripe.StripeError) -> dict[str, Any]:
    body = error.json_body
    return dict(body["error"]) if isinstance(body, dict) else {}


def refund(found: stripe.Refund) -> RefundResult:
    """A Refund."""
    return RefundResult(
        found.id, _REFUND_STATES[found.status or "pending"], found.failure_reason or ""
    )


def balance_line(line: stripe.BalanceTransaction) -> BalanceLine:
    """A BalanceTransaction whose `source` is expanded."""
    source: Any = line.source
    return BalanceLine(
        provider_id=line.id,
        kind=line.type,
        source_id=getattr(source, "payment_intent", None) or getattr(source, "id", "") or "",
        amount=Money(line.amount, line.currency.upper()),
        fee=Money(line.fee, line.currency.upper()),
        at=datetime.fromtimestamp(line.created, UTC),
    )
