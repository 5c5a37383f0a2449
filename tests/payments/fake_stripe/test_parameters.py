# SPDX-License-Identifier: Apache-2.0
"""Parameters are judged by the client's own typed classes; keys and versions by the server."""

import re

import pytest
import stripe
from stripe import StripeClient

from firstflight.payments.fake_stripe import parameters
from firstflight.payments.fake_stripe.routes import ROUTES
from firstflight.payments.fake_stripe.server import FakeStripe

PAYMENT = {"amount": 500, "currency": "jpy"}


def refusal(client: StripeClient, **params: object) -> stripe.InvalidRequestError:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.payment_intents.create({**PAYMENT, **params})  # type: ignore[typeddict-item]
    return refused.value


@pytest.mark.parametrize(
    ("params", "name"),
    [
        ({"amonut": 5}, "amonut"),
        ({"payment_method_types": ["card"]}, "payment_method_types"),
        ({"payment_method_options": {"card": {"foo": 1}}}, "payment_method_options[card][foo]"),
        (
            {"shipping": {"name": "A", "address": {"country": "JP", "planet": "Mars"}}},
            "shipping[address][planet]",
        ),
    ],
)
def test_an_unknown_parameter_is_refused_at_any_depth(
    client: StripeClient, params: dict[str, object], name: str
) -> None:
    error = refusal(client, **params)
    assert (error.http_status, error.code, error.param) == (400, "parameter_unknown", name)


@pytest.mark.parametrize(
    ("params", "name"),
    [
        ({"amount": None}, "amount"),
        ({"currency": None}, "currency"),
        ({"shipping": {"name": "A"}}, "shipping[address]"),
    ],
)
def test_a_missing_parameter_is_named(
    client: StripeClient, params: dict[str, object], name: str
) -> None:
    error = refusal(client, **params)
    assert (error.code, error.param) == ("parameter_missing", name)


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"amount": "12.5"}, "parameter_invalid_integer"),
        ({"amount": "5e3"}, "parameter_invalid_integer"),
        ({"confirm": "perhaps"}, None),
        ({"capture_method": "later"}, None),
        ({"description": ""}, "parameter_invalid_empty"),
        ({"metadata": "text"}, None),
        ({"expand": "latest_charge"}, None),
        ({"expand": ["amount"]}, None),
        ({"expand": ["nothing"]}, None),
        ({"customer": {"id": "cus_1"}}, None),
        ({"metadata": {"k" * 41: "v"}}, None),
        ({"metadata": {"k": "v" * 501}}, None),
        ({"metadata": {str(n): "v" for n in range(51)}}, None),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(
    client: StripeClient, params: dict[str, object], code: str | None
) -> None:
    error = refusal(client, **params)
    assert (error.http_status, error.code) == (400, code)
    assert client.v1.payment_intents.list().data == []


def test_what_stripe_takes_but_the_fake_does_not_act_on_is_refused(client: StripeClient) -> None:
    assert refusal(client, application_fee_amount=5).code == "fake_not_modelled"
    assert refusal(client, capture_method="manual").code == "fake_not_modelled"


def test_every_parameter_the_fake_models_exists_in_the_client() -> None:
    unknown = {
        (route.method, route.pattern.pattern, name)
        for route in ROUTES
        for name in route.models - parameters.names(route.params)
    }
    assert unknown == set()


def test_an_address_that_is_not_served_is_told(client: StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.products.create({"name": "Watch"})
    assert refused.value.http_status == 404
    assert "/v1/products" in str(refused.value)


@pytest.mark.parametrize("key", ["sk_test_wrong", "sk_live_first_flight", "nonsense"])
def test_a_wrong_key_is_refused(fake: FakeStripe, key: str) -> None:
    client = StripeClient(key, base_addresses={"api": fake.url})
    with pytest.raises(stripe.AuthenticationError) as refused:
        client.v1.customers.list()
    assert refused.value.http_status == 401
    assert key not in str(refused.value)


def test_the_publishable_key_opens_only_what_a_browser_needs(
    fake: FakeStripe, client: StripeClient
) -> None:
    browser = StripeClient(fake.publishable_key, base_addresses={"api": fake.url})
    with pytest.raises(stripe.AuthenticationError) as refused:
        browser.v1.customers.list()
    assert refused.value.http_status == 401
    intent = client.v1.setup_intents.create({})
    for secret in (None, "seti_wrong_secret_x"):
        with pytest.raises(stripe.InvalidRequestError) as closed:
            browser.v1.setup_intents.retrieve(
                intent.id, {"client_secret": secret} if secret else {}
            )
        assert closed.value.param == "client_secret"
    found = browser.v1.setup_intents.retrieve(
        intent.id, {"client_secret": str(intent.client_secret)}
    )
    assert found.id == intent.id


def test_the_pinned_version_is_echoed_and_nonsense_refused(client: StripeClient) -> None:
    made = client.v1.customers.create({})
    assert made.last_response is not None
    headers = made.last_response.headers
    assert headers["stripe-version"] == stripe.api_version
    assert re.fullmatch(r"req_\w{14}", headers["request-id"])
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.customers.list(options={"stripe_version": "latest"})


def test_expand_reaches_four_levels_and_no_further(client: StripeClient) -> None:
    too_deep = "data.latest_charge.payment_intent.latest_charge.customer"
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.payment_intents.list({"expand": [too_deep]})
    assert refused.value.param == "expand"
