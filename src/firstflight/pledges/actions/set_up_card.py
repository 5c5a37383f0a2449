# SPDX-License-Identifier: Apache-2.0
"""Begin the card step of a pledge."""

from firstflight.payments.actions import set_up_card as payments
from firstflight.payments.gateways.protocol import SetupResult
from firstflight.payments.models import CardSetup
from firstflight.pledges.errors import CardNotReady
from firstflight.pledges.models import Pledge
from firstflight.pledges.states import State

_OPEN = (State.HELD, State.ACTIVE, State.LOCKED, State.ERRORED)


def set_up_card(
    pledge: Pledge, *, method_id: str = "", return_url: str = ""
) -> tuple[CardSetup, SetupResult]:
    """The pledge's open card set-up at the provider, or a new one; never inside a transaction.

    Raises:
        CardNotReady: the pledge no longer needs a card.
        ProviderUnavailable: ask again.
    """
    if pledge.state not in _OPEN:
        raise CardNotReady
    return payments.set_up_card(
        subject=pledge.subject,
        person=pledge.person,
        key=_key(pledge, method_id),
        method_id=method_id,
        return_url=return_url,
    )


def _key(pledge: Pledge, method_id: str) -> str:
    """One set-up for each card that a program names; else the open one, until it is spent."""
    if method_id:
        return f"setup:{pledge.pk}:{method_id}"
    earlier = CardSetup.objects.filter(subject=pledge.subject)
    spent = earlier.filter(state__in=[CardSetup.State.READY, CardSetup.State.FAILED]).count()
    return f"setup:{pledge.pk}:{spent + 1}"
