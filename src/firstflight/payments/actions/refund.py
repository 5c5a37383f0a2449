# SPDX-License-Identifier: Apache-2.0
"""Send money back in two steps: write the refund and commit; then ask the provider."""

from django.db.models import Sum

from firstflight.kernel import clock
from firstflight.kernel.money import Money
from firstflight.payments.errors import RefundTooLarge
from firstflight.payments.gateways.protocol import RefundResult
from firstflight.payments.gateways.registry import gateway
from firstflight.payments.models import Charge, Refund
from firstflight.people.models import Person


def refundable(charge: Charge) -> Money:
    """What is left of a charge after all refunds that did not fail."""
    kept = Refund.objects.filter(charge=charge).exclude(state=Refund.State.FAILED)
    returned = kept.aggregate(total=Sum("amount_minor"))["total"] or 0
    return Money(charge.amount_minor - returned, charge.currency)


def begin_refund(
    *, charge: Charge, amount: Money, reason: str, requested_by: Person | None
) -> Refund:
    """Write down a refund, in the caller's transaction; the charge's row is locked.

    Raises:
        RefundTooLarge: more than what is left.
    """
    locked = Charge.objects.select_for_update().get(pk=charge.pk)
    left = refundable(locked)
    if amount > left or amount.minor <= 0:
        raise RefundTooLarge(left=left.format("en"))
    return Refund.objects.create(
        charge=locked,
        amount_minor=amount.minor,
        reason=reason,
        requested_by=requested_by,
        created_at=clock.now(),
    )


def ask_provider(refund: Refund) -> RefundResult:
    """Ask for the refund, or for the outcome of having asked; never inside a transaction.

    Raises:
        ProviderUnavailable: the outcome is not known yet; ask again.
    """
    provider = gateway(refund.charge.gateway)
    if refund.provider_id:
        return provider.fetch_refund(refund.provider_id)
    return provider.refund(
        charge_id=refund.charge.provider_id, amount=refund.amount, key=f"refund:{refund.pk}"
    )


def record_refund(refund: Refund, result: RefundResult) -> bool:
    """Write down the outcome in the caller's transaction; False if it was already known."""
    locked = Refund.objects.select_for_update().get(pk=refund.pk)
    if locked.state == result.state:
        return False
    locked.provider_id = result.provider_id or locked.provider_id
    locked.state = result.state
    locked.error_code = result.error_code
    if result.state in {Refund.State.DONE, Refund.State.FAILED}:
        locked.settled_at = clock.now()
    locked.save()
    return True
