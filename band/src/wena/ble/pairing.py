# SPDX-License-Identifier: Apache-2.0
"""Who may pair with the strap, and how: one owner at a time, numbers compared on both screens.

A new phone is taken only while there is no owner, or while the wearer has opened the strap for
pairing. A phone already bonded may renew its keys only in the same cases, so that nobody who
imitates its address can replace them.
"""

import time
from collections.abc import Awaitable, Callable

from bumble.device import Connection
from bumble.pairing import PairingConfig, PairingDelegate

from wena.ble.key_file import KeyFile

OPEN_SECONDS = 120.0

Confirm = Callable[[int], Awaitable[bool]]
"""Shows a six-digit number and says whether the wearer finds the same on the phone."""


async def just_works(_number: int) -> bool:
    """Accept without looking. For simulations, and where the strap has no screen."""
    return True


class PairingPolicy:
    """One owner, unless opened. `confirm` compares numbers; without it pairing is Just Works."""

    def __init__(
        self,
        keys: KeyFile,
        confirm: Confirm | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._keys = keys
        self._confirm = confirm
        self._clock = clock
        self._open_until = 0.0
        self.refused = 0

    def open(self, seconds: float = OPEN_SECONDS) -> None:
        """Let a new phone pair for a while."""
        self._open_until = self._clock() + seconds

    @property
    def is_open(self) -> bool:
        """Whether a new phone may pair now."""
        return not self._keys.peers or self._clock() < self._open_until

    def config(self, _connection: Connection) -> PairingConfig:
        """What bumble asks for at each pairing."""
        return pairing_config(self._confirm, self.admit)

    def admit(self) -> bool:
        """Whether a pairing that begins now may go on; refusals are counted."""
        if self.is_open:
            return True
        self.refused += 1
        return False

    def close(self) -> None:
        """A phone has paired: take no other."""
        self._open_until = 0.0


def pairing_config(
    confirm: Confirm | None, admit: Callable[[], bool] = lambda: True
) -> PairingConfig:
    """LE Secure Connections with bonding; numbers are compared when `confirm` is given.

    The identity address is distributed, else a bonded peer's keys are not found at a reconnect.
    """
    return PairingConfig(
        sc=True,
        mitm=confirm is not None,
        bonding=True,
        identity_address_type=PairingConfig.AddressType.RANDOM,
        delegate=_Delegate(confirm, admit),
    )


class _Delegate(PairingDelegate):
    def __init__(self, confirm: Confirm | None, admit: Callable[[], bool]) -> None:
        super().__init__(
            PairingDelegate.NO_OUTPUT_NO_INPUT
            if confirm is None
            else PairingDelegate.DISPLAY_OUTPUT_AND_YES_NO_INPUT
        )
        self._admit = admit
        self._ask = confirm or just_works

    async def accept(self) -> bool:
        return self._admit()

    async def compare_numbers(self, number: int, digits: int) -> bool:
        return await self._ask(number)
