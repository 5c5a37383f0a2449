# SPDX-License-Identifier: Apache-2.0
"""What a companion needs of a Bluetooth link: three operations on the strap's characteristics.

Adapters implement it (a radio, or a software strap in the same process); the roles know no radio.
"""

from collections.abc import Callable
from typing import Protocol

from wena.wena3.gatt import Characteristic

OnValue = Callable[[bytes], None]


class Link(Protocol):
    """A bonded link. Each operation raises LinkLost, NoAnswer or StrapRefused, and nothing else."""

    async def write(self, characteristic: Characteristic, value: bytes) -> None:
        """Write a value and wait for the strap to take it; long values are cut by the adapter."""

    async def read(self, characteristic: Characteristic) -> bytes:
        """Read a value."""

    async def subscribe(self, characteristic: Characteristic, on_value: OnValue) -> None:
        """Have notifications (or indications) delivered from now on."""

    async def until_lost(self) -> None:
        """Wait until the link is cut, and raise LinkLost then."""

    async def close(self) -> None:
        """Let the strap go."""
