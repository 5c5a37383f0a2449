# SPDX-License-Identifier: Apache-2.0
"""Where the strap is: a radio with the paired strap in its reach, or a strap made of software."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from wena.companion.home import Home
from wena.companion.simulated_strap import simulated_link
from wena.wena3.link import Link

SIMULATED = "sim:"
DEFAULT_TRANSPORT = "usb:0"


@dataclass(frozen=True, slots=True)
class Where:
    """A transport as bumble names it, or `sim:`."""

    transport: str = DEFAULT_TRANSPORT

    @property
    def is_simulated(self) -> bool:
        """Whether there is no radio."""
        return self.transport == SIMULATED


@asynccontextmanager
async def open_link(where: Where, home: Home) -> AsyncIterator[Link]:
    """A bonded link to the strap. Raises NotPaired, StrapNotFound, NoRadio, StrapRefused."""
    if where.is_simulated:
        link = simulated_link()
        try:
            yield link
        finally:
            await link.close()
        return
    # Only now, so that a simulation needs no radio's library.
    from wena.companion.bumble_link import paired_link

    async with paired_link(where.transport, home) as real:
        yield real
