# SPDX-License-Identifier: Apache-2.0
"""Who may touch what at the same time. Everybody takes locks in this order, so none can deadlock.

1. The person (advisory): one request of a person at a time, so that caps and keys hold.
2. The campaign (advisory): shared by all who pledge, exclusive for the one who closes it.
3. The pledge's row.
4. The stock rows, in the order of their ids.
5. Reductions of a campaign near its end (advisory), charges and refunds.

No lock is held while a provider is asked.
"""

from uuid import UUID

from django.db import connection

from firstflight.kernel.errors import NotFound
from firstflight.pledges.models import Pledge

PERSON, CAMPAIGN, REDUCTIONS = 1, 2, 3  # the first key of PostgreSQL's two-part advisory locks


def lock_person(person_id: int) -> None:
    """Be the only request of this person until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [PERSON, person_id])


def share_campaign(campaign_id: int) -> None:
    """Keep the campaign from closing until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [CAMPAIGN, campaign_id])


def lock_campaign(campaign_id: int) -> None:
    """Wait for all pledges under way, and be alone with the campaign."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [CAMPAIGN, campaign_id])


def lock_pledge(pledge_id: UUID) -> Pledge:
    """The pledge's row, locked, with its campaign.

    Raises:
        NotFound: no such pledge.
    """
    pledge = (
        Pledge.objects.select_for_update(of=("self",), no_key=True)
        .select_related("campaign", "person")
        .filter(pk=pledge_id)
        .first()
    )
    if pledge is None:
        raise NotFound
    return pledge


def campaign_of(pledge_id: UUID) -> int:
    """The campaign of a pledge, which never changes, so that it can be locked first.

    Raises:
        NotFound: no such pledge.
    """
    found = Pledge.objects.filter(pk=pledge_id).values_list("campaign_id", flat=True).first()
    if found is None:
        raise NotFound
    return found


def lock_reductions(campaign_id: int) -> None:
    """Let reductions of a campaign's total happen one after another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [REDUCTIONS, campaign_id])
