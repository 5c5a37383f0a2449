# SPDX-License-Identifier: Apache-2.0
"""Idempotency keys and faults: whatever is lost on the way, a request is done once."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import stripe
from stripe import StripeClient

from firstflight.payments.fake_stripe.server import FakeStripe

Pay = Callable[..., stripe.PaymentIntent]


def create(client: StripeClient, key: str, amount: int = 500) -> stripe.PaymentIntent:
    return client.v1.payment_intents.create(
        {
            "amount": amount,
            "currency": "jpy",
            "payment_method": "pm_card_visa",
            "off_session": True,
            "confirm": True,
        },
        {"idempotency_key": key},
    )


def test_the_same_request_twice_is_one_payment_and_one_answer(client: StripeClient) -> None:
    first, second = create(client, "pledge-7"), create(client, "pledge-7")
    assert first.to_dict() == second.to_dict()
    assert second.last_response is not None
    assert first.last_response is not None
    assert second.last_response.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.last_response.headers
    assert len(client.v1.charges.list().data) == 1


def test_a_decline_is_replayed_too(client: StripeClient) -> None:
    for _ in range(2):
        with pytest.raises(stripe.CardError) as refused:
            client.v1.payment_intents.create(
                {
                    "amount": 500,
                    "currency": "jpy",
                    "payment_method": "pm_card_chargeDeclined",
                    "off_session": True,
                    "confirm": True,
                },
                {"idempotency_key": "pledge-8"},
            )
    assert refused.value.headers is not None
    assert refused.value.headers["idempotent-replayed"] == "true"
    assert len(client.v1.charges.list().data) == 1


def test_the_same_key_with_another_amount_is_refused(client: StripeClient) -> None:
    create(client, "pledge-7")
    with pytest.raises(stripe.IdempotencyError) as refused:
        create(client, "pledge-7", amount=501)
    assert refused.value.http_status == 400
    assert len(client.v1.charges.list().data) == 1


def test_the_same_key_at_another_address_is_refused(client: StripeClient) -> None:
    client.v1.customers.create({}, {"idempotency_key": "one"})
    with pytest.raises(stripe.IdempotencyError):
        client.v1.setup_intents.create({}, {"idempotency_key": "one"})


def test_a_request_that_was_refused_for_its_parameters_does_not_use_its_key_up(
    client: StripeClient,
) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.payment_intents.create(
            {"amount": 500},  # type: ignore[typeddict-item]
            {"idempotency_key": "pledge-9"},
        )
    assert create(client, "pledge-9").status == "succeeded"


def test_a_key_is_forgotten_after_a_day(fake: FakeStripe, client: StripeClient) -> None:
    first = create(client, "pledge-7")
    fake.controls.set_clock(offset_seconds=23 * 3600)
    assert create(client, "pledge-7").id == first.id
    fake.controls.set_clock(offset_seconds=25 * 3600)
    assert create(client, "pledge-7").id != first.id


def test_a_second_request_while_the_first_is_under_way_gets_409(
    fake: FakeStripe, client: StripeClient
) -> None:
    fake.controls.fail_next(kind="slow", seconds=0.5)
    first = threading.Thread(target=create, args=(fake.client(), "pledge-7"))
    first.start()
    time.sleep(0.2)
    with pytest.raises(stripe.StripeError) as refused:
        create(client, "pledge-7")
    first.join()
    assert refused.value.http_status == 409
    assert create(client, "pledge-7").status == "succeeded"
    assert len(client.v1.charges.list().data) == 1


def test_thirty_two_clients_with_one_key_make_one_payment(fake: FakeStripe) -> None:
    answers: list[str] = []

    def go() -> None:
        answers.append(create(fake.client(max_network_retries=5), "pledge-7").id)

    threads = [threading.Thread(target=go) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 32
    assert len(set(answers)) == 1
    assert len(fake.controls.charges()) == 1


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("kind", ["error", "cut", "timeout"])
def test_the_client_retries_through_a_fault_and_pays_once(
    fake: FakeStripe, kind: str, when: str
) -> None:
    fake.controls.fail_next(kind=kind, when=when, seconds=0.05, count=2, method="POST")
    assert create(fake.client(max_network_retries=3), "pledge-7").status == "succeeded"
    assert len(fake.controls.charges()) == 1


def test_without_its_key_a_lost_answer_means_two_payments(fake: FakeStripe) -> None:
    """The control of the test above: it is the key that protects."""
    client = fake.client()
    fake.controls.fail_next(kind="cut", when="after")
    with pytest.raises(stripe.APIConnectionError):
        create(client, "one")
    create(client, "two")
    assert len(fake.controls.charges()) == 2


def test_a_fault_before_the_work_leaves_nothing_behind(
    fake: FakeStripe, client: StripeClient
) -> None:
    fake.controls.fail_next(kind="rate_limit", path="/v1/payment_intents")
    assert client.v1.customers.list().data == []
    with pytest.raises(stripe.RateLimitError):
        create(client, "pledge-7")
    assert fake.controls.charges() == []
    assert fake.controls.state()["faults"] == 0


def test_a_restart_loses_neither_objects_nor_keys_nor_time(tmp_path: Path) -> None:
    data = str(tmp_path / "stripe.sqlite")
    with FakeStripe(data=data) as before:
        paid = create(before.client(), "pledge-7")
        before.controls.set_clock(offset_seconds=3600)
    with FakeStripe(data=data) as after:
        client = after.client()
        assert client.v1.payment_intents.retrieve(paid.id).status == "succeeded"
        assert create(client, "pledge-7").id == paid.id
        assert len(after.controls.charges()) == 1
        assert after.controls.state()["clock_offset"] == 3600
