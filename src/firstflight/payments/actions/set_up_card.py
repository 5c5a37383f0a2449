# SPDX-License-Identifier: Apache-2.0
"""Make a card ready to be charged later, and learn how far that has come."""

from firstflight.kernel import clock
from firstflight.payments.gateways.protocol import SetupResult
from firstflight.payments.gateways.registry import DEFAULT, gateway
from firstflight.payments.models import CardSetup, Customer
from firstflight.people.models import Person


def customer_id(person: Person, gateway_name: str = DEFAULT) -> str:
    """The provider's id of this person, created there at first need."""
    known = Customer.objects.filter(person=person, gateway=gateway_name).first()
    if known is None:
        created = gateway(gateway_name).create_customer(
            reference=f"person:{person.pk}", email=person.email, key=f"customer:{person.pk}"
        )
        # Two requests at once get the same customer from the provider: the key is the same.
        known, _ = Customer.objects.get_or_create(
            person=person, gateway=gateway_name, defaults={"provider_id": created}
        )
    return known.provider_id


def set_up_card(
    *, subject: str, person: Person, key: str, method_id: str = "", return_url: str = ""
) -> tuple[CardSetup, SetupResult]:
    """Begin (or, with the same `key`, continue) a card set-up; never inside a transaction.

    Raises:
        ProviderUnavailable: the provider did not answer; ask again with the same key.
    """
    row, _ = CardSetup.objects.get_or_create(
        key=key,
        defaults={
            "subject": subject,
            "person": person,
            "gateway": DEFAULT,
            "created_at": clock.now(),
        },
    )
    provider = gateway(row.gateway)
    if row.provider_id:
        result = provider.fetch_setup(row.provider_id)
    else:
        result = provider.create_setup(
            customer_id=customer_id(person, row.gateway),
            subject=subject,
            key=key,
            method_id=method_id,
            return_url=return_url,
        )
    return record_setup(row, result), result


def refresh_setup(row: CardSetup) -> CardSetup:
    """Ask the provider how the set-up stands and record it; never inside a transaction.

    Raises:
        ProviderUnavailable: the provider did not answer.
    """
    if not row.provider_id or row.state == CardSetup.State.READY:
        return row
    return record_setup(row, gateway(row.gateway).fetch_setup(row.provider_id))


def record_setup(row: CardSetup, result: SetupResult) -> CardSetup:
    """Write down what the provider said; a set-up that was ready stays ready."""
    if row.state == CardSetup.State.READY:
        return row
    row.provider_id = result.provider_id or row.provider_id
    row.state = result.state
    row.error_code = result.error_code
    if result.card:
        row.method_id = result.card.method_id
        row.brand = result.card.brand
        row.last4 = result.card.last4
        row.exp_month = result.card.exp_month
        row.exp_year = result.card.exp_year
        row.ready_at = clock.now()
    row.save()
    return row
