# SPDX-License-Identifier: Apache-2.0
"""Fetch the activity log: until the strap is quiet, again where something was lost on the way.

It owns when a transfer is over. The protocol does not say whether a strap sends its finish after
each kind or once, so a transfer is over when nothing has followed a finish for a while.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from wena.wena3.companion_role import CompanionRole
from wena.wena3.errors import NoAnswer
from wena.wena3.link import Link

QUIET_S = 3.0
SILENCE_S = 12.0
MOST_TRANSFERS = 4


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for more: after a finish, and in the middle."""

    quiet_s: float = QUIET_S
    silence_s: float = SILENCE_S


PATIENT = Patience()
QUICK = Patience(quiet_s=0.1, silence_s=2.0)
"""For a strap in the same process."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """How it went. `is_complete` says that the last transfer came through whole."""

    transfers: int
    faults: int
    is_complete: bool


async def fetch_log(
    role: CompanionRole,
    link: Link,
    *,
    patience: Patience = PATIENT,
    on_transfer: Callable[[int], None] = lambda _: None,
    begun: bool = False,
) -> Fetched:
    """Fetch until a transfer comes through whole, at most four times; each goes on where it broke.

    `begun` says that `greet` has asked for the first already. Raises LinkLost when the link is cut
    and NoAnswer when nothing comes at all; what came in order has been delivered by then.
    """
    faults = 0
    for transfer in range(1, MOST_TRANSFERS + 1):
        on_transfer(transfer)
        before = role.receiver.faults.lost_data
        if not begun or transfer > 1:
            await role.begin_log()
        finished = await _until_quiet(role, link, patience)
        faults += role.receiver.faults.lost_data - before
        if finished and role.receiver.faults.lost_data == before:
            return Fetched(transfer, faults, is_complete=True)
    return Fetched(MOST_TRANSFERS, faults, is_complete=False)


async def _until_quiet(role: CompanionRole, link: Link, patience: Patience) -> bool:
    """Wait for the end of a transfer; whether it ended with a finish."""
    anything = False
    try:
        while True:
            seconds = patience.silence_s
            if anything and role.receiver.is_finished:
                seconds = patience.quiet_s
            if not await _more(role, link, seconds):
                break
            anything = True
    finally:
        role.close_log()
    if not anything:
        raise NoAnswer("The strap sent no log. Wake its screen and try again.")
    return role.receiver.is_finished


async def _more(role: CompanionRole, link: Link, seconds: float) -> bool:
    """Whether another piece came in time. Raises LinkLost."""
    arrived = asyncio.ensure_future(role.received.wait())
    lost = asyncio.ensure_future(link.until_lost())
    try:
        done, _ = await asyncio.wait(
            (arrived, lost), timeout=seconds, return_when=asyncio.FIRST_COMPLETED
        )
        if arrived in done:
            role.received.clear()
            return True
        if lost in done:
            lost.result()
        return False
    finally:
        arrived.cancel()
        lost.cancel()
