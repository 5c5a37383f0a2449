# SPDX-License-Identifier: Apache-2.0
"""The one way in which a pledge changes its state: under its lock, with a row of history."""

from firstflight.kernel import clock
from firstflight.people.models import Person
from firstflight.pledges.models import Pledge, PledgeMove
from firstflight.pledges.states import PLEDGE


def move(pledge: Pledge, new: str, *, actor: Person | None = None, reason: str = "") -> PledgeMove:
    """Move a pledge that the caller holds locked (`locks.lock_pledge`).

    Raises:
        MoveRefused: the table of moves has no such move.
    """
    PLEDGE.check(pledge.state, new)
    old, pledge.state = pledge.state, new
    pledge.save(update_fields=["state"])
    return PledgeMove.objects.create(
        pledge=pledge, old=old, new=new, actor=actor, reason=reason, at=clock.now()
    )
