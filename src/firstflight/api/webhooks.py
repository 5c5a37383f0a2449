# SPDX-License-Identifier: Apache-2.0
"""POST /webhooks/stripe: what the provider tells us, checked, remembered and followed later."""

from django.db import transaction
from django.http import HttpRequest
from ninja import Router

from firstflight.api.schemas import Problem, Received
from firstflight.kernel import jobs
from firstflight.payments.actions.receive_event import receive_event

router = Router(tags=["webhooks"])


@router.post("/webhooks/stripe", response={200: Received, 400: Problem}, auth=None)
def stripe_webhook(request: HttpRequest) -> dict[str, str]:
    """Answers at once; a job looks again at the object that the event speaks of."""
    with transaction.atomic():
        event, fresh = receive_event(
            gateway_name="stripe",
            body=request.body,
            signature=request.headers.get("Stripe-Signature", ""),
        )
        if fresh:
            jobs.defer("pledges.follow_event", queue="money", rows=[{"event_id": event.pk}])
    return {"received": "yes"}
