# SPDX-License-Identifier: Apache-2.0
"""Customers and lists, through the official client."""

import pytest
import stripe
from stripe import StripeClient


def test_a_customer_comes_back_as_it_was_made(client: StripeClient) -> None:
    made = client.v1.customers.create(
        {"email": "mika@example.org", "name": "三木 美佳", "metadata": {"person": "7"}}
    )
    found = client.v1.customers.retrieve(made.id)
    assert isinstance(found, stripe.Customer)
    assert found.metadata is not None
    assert (found.email, found.name, found.metadata.to_dict()) == (
        "mika@example.org",
        "三木 美佳",
        {"person": "7"},
    )


def test_metadata_is_merged_and_an_empty_value_removes_its_key(
    client: StripeClient, customer: str
) -> None:
    client.v1.customers.update(customer, {"metadata": {"a": "1", "b": "2"}})
    changed = client.v1.customers.update(customer, {"metadata": {"a": "", "c": "3"}})
    assert changed.metadata is not None
    assert changed.metadata.to_dict() == {"b": "2", "c": "3"}


def test_a_deleted_customer_says_so_and_cannot_be_used(client: StripeClient, customer: str) -> None:
    assert client.v1.customers.delete(customer).deleted
    assert client.v1.customers.retrieve(customer).deleted
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.setup_intents.create({"customer": customer})
    assert (refused.value.code, refused.value.param) == ("resource_missing", "customer")


def test_an_unknown_customer_is_not_found(client: StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.customers.retrieve("cus_nobody")
    assert (refused.value.http_status, refused.value.code) == (404, "resource_missing")


def test_a_list_is_paged_from_the_newest_and_misses_none(client: StripeClient) -> None:
    made = [client.v1.customers.create({"email": f"{n}@example.org"}).id for n in range(25)]
    first = client.v1.customers.list({"limit": 10})
    assert first.has_more
    assert [one.id for one in first.data] == made[:-11:-1]
    assert [one.id for one in first.auto_paging_iter()] == made[::-1]


def test_a_list_goes_backwards_too(client: StripeClient) -> None:
    made = [client.v1.customers.create({}).id for _ in range(5)]
    page = client.v1.customers.list({"limit": 2, "ending_before": made[0]})
    assert [one.id for one in page.data] == [made[2], made[1]]
    assert page.has_more


def test_a_list_is_filtered_by_email_and_time(client: StripeClient) -> None:
    made = client.v1.customers.create({"email": "aya@example.org"})
    client.v1.customers.create({"email": "ken@example.org"})
    found = client.v1.customers.list({"email": "aya@example.org"})
    assert [one.id for one in found.data] == [made.id]
    assert client.v1.customers.list({"created": {"gt": made.created + 60}}).data == []


@pytest.mark.parametrize("limit", [0, 101])
def test_a_page_holds_1_to_100(client: StripeClient, limit: int) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.customers.list({"limit": limit})
    assert refused.value.param == "limit"


def test_the_cards_of_a_customer_are_listed(client: StripeClient, customer: str) -> None:
    card = client.v1.payment_methods.attach("pm_card_visa", {"customer": customer})
    client.v1.payment_methods.retrieve("pm_card_visa")
    assert [one.id for one in client.v1.customers.payment_methods.list(customer).data] == [card.id]
    client.v1.payment_methods.detach(card.id)
    assert client.v1.customers.payment_methods.list(customer).data == []
