# SPDX-License-Identifier: Apache-2.0
"""The table of moves, over all pairs of states."""

from itertools import product

import pytest

from firstflight.campaigns.states import MACHINES
from firstflight.fulfilment.states import PARCEL
from firstflight.kernel.errors import MoveRefused
from firstflight.kernel.states import Machine
from firstflight.pledges.states import PLEDGE, State

ALL = [PLEDGE, PARCEL, *MACHINES.values()]


def states_of(machine: Machine) -> list[str]:
    return sorted(set(machine.moves) | {new for news in machine.moves.values() for new in news})


@pytest.mark.parametrize("machine", ALL, ids=lambda machine: machine.name)
def test_every_pair_that_is_not_in_the_table_is_refused(machine: Machine) -> None:
    for old, new in product(states_of(machine), repeat=2):
        if new in machine.moves.get(old, ()):
            machine.check(old, new)
        else:
            with pytest.raises(MoveRefused):
                machine.check(old, new)


def test_no_pledge_is_collected_before_its_campaign_closed() -> None:
    assert not PLEDGE.allows("held", "collected")
    assert not PLEDGE.allows("active", "collected")


@pytest.mark.parametrize("end", ["lapsed", "cancelled", "released", "dropped", "refunded"])
def test_what_is_over_stays_over(end: str) -> None:
    assert not any(PLEDGE.allows(end, new) for new in State.values)
