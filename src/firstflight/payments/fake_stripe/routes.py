# SPDX-License-Identifier: Apache-2.0
"""Which address is answered by which function, judged by which of the client's parameter classes.

Owns the table of the API. `models` names the parameters that are acted on or stored; what Stripe
takes beyond them is refused rather than ignored.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from firstflight.payments.fake_stripe import (
    balance,
    charges,
    customers,
    disputes,
    events,
    payment_intents,
    payment_methods,
    refunds,
    setup_intents,
)
from firstflight.payments.fake_stripe.call import Call
from firstflight.payments.fake_stripe.errors import RouteUnknown
from firstflight.payments.fake_stripe.storage import Doc

Handler = Callable[[Call], Doc]


@dataclass(frozen=True)
class Route:
    """One address of the API."""

    method: str
    pattern: re.Pattern[str]
    handler: Handler
    params: str
    models: frozenset[str]
    browser: bool = False


CURSORS = "ending_before limit starting_after"
PAGING = f"created {CURSORS}"
CUSTOMER = (
    "address description email invoice_settings metadata name phone preferred_locales shipping"
)
INTENT = (
    "allowed_payment_method_types customer description "
    "excluded_payment_method_types metadata payment_method payment_method_options"
)
EXTRAS = "receipt_email setup_future_usage shipping"
PAYMENT = f"{EXTRAS} statement_descriptor statement_descriptor_suffix transfer_group"
CONFIRM = "payment_method payment_method_options return_url use_stripe_sdk"


def _route(
    line: str, handler: Handler, params: str, models: str = "", *, browser: bool = False
) -> Route:
    method, path = line.split()
    pattern = re.compile(path.replace("{id}", "([A-Za-z0-9_]+)"))
    named = models.split() + (["expand"] if method != "DELETE" else [])
    return Route(method, pattern, handler, params, frozenset(named), browser)


ROUTES = (
    _route(
        "POST /v1/customers",
        customers.create,
        "CustomerCreateParams",
        f"{CUSTOMER} payment_method",
    ),
    _route("GET /v1/customers", customers.listing, "CustomerListParams", f"{PAGING} email"),
    _route("GET /v1/customers/{id}", customers.retrieve, "CustomerRetrieveParams"),
    _route("POST /v1/customers/{id}", customers.update, "CustomerUpdateParams", CUSTOMER),
    _route("DELETE /v1/customers/{id}", customers.delete, "CustomerDeleteParams"),
    _route(
        "GET /v1/customers/{id}/payment_methods",
        customers.cards,
        "CustomerPaymentMethodListParams",
        f"{CURSORS} type",
    ),
    _route(
        "POST /v1/payment_methods",
        payment_methods.create,
        "PaymentMethodCreateParams",
        "type card billing_details metadata allow_redisplay",
        browser=True,
    ),
    _route(
        "GET /v1/payment_methods",
        payment_methods.listing,
        "PaymentMethodListParams",
        f"{CURSORS} customer type",
    ),
    _route("GET /v1/payment_methods/{id}", payment_methods.retrieve, "PaymentMethodRetrieveParams"),
    _route(
        "POST /v1/payment_methods/{id}",
        payment_methods.update,
        "PaymentMethodUpdateParams",
        "billing_details metadata allow_redisplay",
    ),
    _route(
        "POST /v1/payment_methods/{id}/attach",
        payment_methods.attach,
        "PaymentMethodAttachParams",
        "customer",
    ),
    _route(
        "POST /v1/payment_methods/{id}/detach",
        payment_methods.detach,
        "PaymentMethodDetachParams",
    ),
    _route(
        "POST /v1/setup_intents",
        setup_intents.create,
        "SetupIntentCreateParams",
        f"{INTENT} automatic_payment_methods confirm return_url usage use_stripe_sdk",
    ),
    _route(
        "GET /v1/setup_intents",
        setup_intents.listing,
        "SetupIntentListParams",
        f"{PAGING} customer payment_method",
    ),
    _route(
        "GET /v1/setup_intents/{id}",
        setup_intents.retrieve,
        "SetupIntentRetrieveParams",
        "client_secret",
        browser=True,
    ),
    _route("POST /v1/setup_intents/{id}", setup_intents.update, "SetupIntentUpdateParams", INTENT),
    _route(
        "POST /v1/setup_intents/{id}/confirm",
        setup_intents.confirm,
        "SetupIntentConfirmParams",
        CONFIRM,
        browser=True,
    ),
    _route(
        "POST /v1/setup_intents/{id}/cancel",
        setup_intents.cancel,
        "SetupIntentCancelParams",
        "cancellation_reason",
    ),
    _route(
        "POST /v1/payment_intents",
        payment_intents.create,
        "PaymentIntentCreateParams",
        f"{INTENT} {PAYMENT} amount automatic_payment_methods currency confirm off_session "
        "error_on_requires_action return_url use_stripe_sdk capture_method",
    ),
    _route(
        "GET /v1/payment_intents",
        payment_intents.listing,
        "PaymentIntentListParams",
        f"{PAGING} customer",
    ),
    _route(
        "GET /v1/payment_intents/{id}",
        payment_intents.retrieve,
        "PaymentIntentRetrieveParams",
        "client_secret",
        browser=True,
    ),
    _route(
        "POST /v1/payment_intents/{id}",
        payment_intents.update,
        "PaymentIntentUpdateParams",
        f"{INTENT} {PAYMENT} amount currency",
    ),
    _route(
        "POST /v1/payment_intents/{id}/confirm",
        payment_intents.confirm,
        "PaymentIntentConfirmParams",
        f"{CONFIRM} {EXTRAS} off_session error_on_requires_action",
        browser=True,
    ),
    _route(
        "POST /v1/payment_intents/{id}/cancel",
        payment_intents.cancel,
        "PaymentIntentCancelParams",
        "cancellation_reason",
    ),
    _route(
        "GET /v1/charges",
        charges.listing,
        "ChargeListParams",
        f"{PAGING} customer payment_intent",
    ),
    _route("GET /v1/charges/{id}", charges.retrieve, "ChargeRetrieveParams"),
    _route(
        "GET /v1/balance_transactions",
        balance.listing,
        "BalanceTransactionListParams",
        f"{PAGING} source type",
    ),
    _route(
        "GET /v1/balance_transactions/{id}",
        balance.retrieve,
        "BalanceTransactionRetrieveParams",
    ),
    _route(
        "POST /v1/refunds",
        refunds.create,
        "RefundCreateParams",
        "amount charge payment_intent metadata reason",
    ),
    _route(
        "GET /v1/refunds", refunds.listing, "RefundListParams", f"{PAGING} charge payment_intent"
    ),
    _route("GET /v1/refunds/{id}", refunds.retrieve, "RefundRetrieveParams"),
    _route("POST /v1/refunds/{id}", refunds.update, "RefundUpdateParams", "metadata"),
    _route("GET /v1/events", events.listing, "EventListParams", f"{PAGING} type types"),
    _route("GET /v1/events/{id}", events.retrieve, "EventRetrieveParams"),
    _route(
        "GET /v1/disputes", disputes.listing, "DisputeListParams", f"{PAGING} charge payment_intent"
    ),
    _route("GET /v1/disputes/{id}", disputes.retrieve, "DisputeRetrieveParams"),
    _route("POST /v1/disputes/{id}/close", disputes.close, "DisputeCloseParams"),
)


def find(method: str, path: str) -> tuple[Route, str]:
    """The route and the id in the path ("" without one). Raises `RouteUnknown`."""
    for route in ROUTES:
        if route.method == method and (match := route.pattern.fullmatch(path)):
            return route, match.group(1) if match.groups() else ""
    raise RouteUnknown(f"The fake does not serve {method} {path}.")
