# SPDX-License-Identifier: Apache-2.0
"""Take in a webhook: check its signature and remember that it came."""

from firstflight.kernel import clock
from firstflight.payments.gateways.registry import gateway
from firstflight.payments.models import ProviderEvent


def receive_event(*, gateway_name: str, body: bytes, signature: str) -> tuple[ProviderEvent, bool]:
    """The event's row, and whether it is new: providers deliver the same event more than once.

    Raises:
        EventNotSigned: the signature does not hold.
    """
    event = gateway(gateway_name).read_event(body, signature)
    return ProviderEvent.objects.get_or_create(
        gateway=gateway_name,
        provider_id=event.provider_id,
        defaults={
            "kind": event.kind,
            "object_id": event.object_id,
            "received_at": clock.now(),
        },
    )
