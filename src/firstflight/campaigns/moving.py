# SPDX-License-Identifier: Apache-2.0
"""The one way in which a campaign changes a state: under its lock, with a row of history."""

from firstflight.campaigns.models import Campaign, CampaignMove
from firstflight.campaigns.states import MACHINES
from firstflight.kernel import clock
from firstflight.people import audit
from firstflight.people.models import Person


def move(
    campaign: Campaign, machine: str, new: str, *, actor: Person | None = None, reason: str = ""
) -> CampaignMove:
    """Move one of the four machines of a campaign that the caller holds locked.

    A move by a person is an act of staff and goes into the audit log.

    Raises:
        MoveRefused: the machine has no such move.
    """
    field = f"{machine}_state"
    old = getattr(campaign, field)
    MACHINES[machine].check(old, new)
    setattr(campaign, field, new)
    campaign.save(update_fields=[field])
    if actor is not None:
        audit.record(
            actor=actor,
            act=f"{machine}_moved",
            subject=f"campaign:{campaign.pk}",
            detail={"old": old, "new": new, "reason": reason},
        )
    return CampaignMove.objects.create(
        campaign=campaign,
        machine=machine,
        old=old,
        new=new,
        actor=actor,
        reason=reason,
        at=clock.now(),
    )
