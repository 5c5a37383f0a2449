# SPDX-License-Identifier: Apache-2.0
"""Payments that remain possible when the strap's battery shows empty.

The purse asks for so little power that the strap keeps a little back for it. The reserve counts
what it is good for in payments; charging the strap fills it again.
"""

PAYMENTS = 10


class Reserve:
    """`left` payments are possible at 0 %."""

    def __init__(self, payments: int = PAYMENTS) -> None:
        """`payments` is what a full reserve is good for."""
        self._full = payments
        self.left = payments

    def allows(self, battery: int) -> bool:
        """Whether the purse may wake at this level (percent). Any charge fills the reserve."""
        if battery > 0:
            self.left = self._full
        return self.left > 0

    def spend(self, battery: int) -> None:
        """A payment was made at this level."""
        if battery <= 0:
            self.left -= 1
