# SPDX-License-Identifier: Apache-2.0
"""The wearer's legs in the demo: while they walk, the strap is told of each step."""

import asyncio

from wena.strap.strap import Strap

CADENCE = 112
"""Steps a minute of somebody in no hurry."""


class Walker:
    """Walks while `is_walking`."""

    def __init__(self, strap: Strap) -> None:
        self.is_walking = False
        self._strap = strap

    def walked_before(self, steps: int) -> None:
        """Have walked already today, in the minutes before now."""
        now, left, minute = self._strap.clock.unix(), steps, 0
        while left > 0:
            minute += 1
            taken = min(CADENCE, left)
            self._strap.steps.add(now - 60 * minute, taken)
            left -= taken

    async def run(self) -> None:
        """One step after the other, for ever. Cancel it to stop."""
        while True:
            await asyncio.sleep(60 / CADENCE)
            if self.is_walking:
                self._strap.walked(1)
