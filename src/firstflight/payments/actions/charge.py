# SPDX-License-Identifier: Apache-2.0
"""Charge a ready card in two steps: write the attempt and commit; then ask the provider.

Whoever finds an attempt unfinished (after a crash, say) may perform it again: the provider knows
it by the same idempotency key and answers with the same outcome.
"""

from django.db import IntegrityError, transaction

from firstflight.kernel import clock
from firstflight.kernel.money import Money
from firstflight.payments.actions.set_up_card import customer_id
from firstflight.payments.errors import ChargeInFlight
from firstflight.payments.gateways.protocol import ChargeResult
from firstflight.payments.gateways.registry import gateway
from firstflight.payments.models import CardSetup, Charge


def begin_charge(*, subject: str, card_setup: CardSetup, amount: Money) -> Charge:
    """Write down the next attempt, in the caller's transaction.

    Raises:
        ChargeInFlight: an attempt is unfinished or has succeeded (a unique index decides).
    """
    number = Charge.objects.filter(subject=subject).count() + 1
    try:
        with transaction.atomic():
            return Charge.objects.create(
                subject=subject,
                number=number,
                person_id=card_setup.person_id,
                card_setup=card_setup,
                gateway=card_setup.gateway,
                amount_minor=amount.minor,
                currency=amount.currency,
                created_at=clock.now(),
            )
    except IntegrityError:
        raise ChargeInFlight from None


def ask_provider(charge: Charge) -> ChargeResult:
    """Ask for the money, or for the outcome of having asked; never inside a transaction.

    Raises:
        ProviderUnavailable: the outcome is not known yet; ask again.
    """
    provider = gateway(charge.gateway)
    if charge.provider_id:
        return provider.fetch_charge(charge.provider_id)
    earlier = (
        Charge.objects.filter(subject=charge.subject, gateway=charge.gateway)
        .exclude(provider_id="")
        .order_by("-number")
        .first()
    )
    result = provider.charge(
        customer_id=customer_id(charge.person, charge.gateway),
        method_id=charge.card_setup.method_id,
        amount=charge.amount,
        subject=charge.subject,
        key=f"charge:{charge.pk}",
        intent_id=earlier.provider_id if earlier else "",
    )
    if result.state == Charge.State.SUCCEEDED and result.fee is None:
        return provider.fetch_charge(result.provider_id)
    return result


def record_charge(charge: Charge, result: ChargeResult) -> bool:
    """Write down the outcome in the caller's transaction; False if it was already known."""
    locked = Charge.objects.select_for_update().get(pk=charge.pk)
    if locked.state == result.state or locked.state == Charge.State.SUCCEEDED:
        return False
    locked.provider_id = result.provider_id or locked.provider_id
    locked.state = result.state
    locked.decline_code = result.decline_code
    locked.client_secret = result.client_secret
    locked.fee_minor = result.fee.minor if result.fee else 0
    locked.settled_at = None if result.state == Charge.State.PROCESSING else clock.now()
    locked.save()
    return True
