# SPDX-License-Identifier: Apache-2.0
"""A link to a software strap in the same process: no radio, but an MTU, and faults on demand."""

import asyncio
from collections.abc import Callable

from wena.wena3.errors import LinkLost
from wena.wena3.gatt import Characteristic
from wena.wena3.link import OnValue
from wena.wena3.strap_role import StrapRole

Spoil = Callable[[bytes], list[bytes]]
"""Turns one piece of the log into what arrives of it: nothing, itself, twice, or damaged."""


class MemoryLink:
    """Connects a companion role to a strap role. Set `strap` before use.

    `spoil` makes faults; `cut_after` cuts the link after that many pieces of the log.
    """

    def __init__(self, spoil: Spoil | None = None, cut_after: int | None = None) -> None:
        self._strap: StrapRole | None = None
        self.pieces = 0
        self._spoil = spoil
        self._cut_after = cut_after
        self._handlers: dict[Characteristic, OnValue] = {}
        self._lost = asyncio.Event()

    @property
    def strap(self) -> StrapRole:
        """The strap at the other end. Raises LinkLost while there is none."""
        if self._strap is None:
            raise LinkLost
        return self._strap

    @strap.setter
    def strap(self, strap: StrapRole) -> None:
        self._strap = strap

    async def notify(self, characteristic: Characteristic, value: bytes) -> None:
        """The strap's way to the phone."""
        if self._lost.is_set():
            raise LinkLost
        arriving = [value]
        if characteristic is Characteristic.ACTIVITY:
            self.pieces += 1
            if self._cut_after is not None and self.pieces > self._cut_after:
                self.cut()
                raise LinkLost
            arriving = self._spoil(value) if self._spoil else arriving
        for piece in arriving:
            if characteristic in self._handlers:
                self._handlers[characteristic](piece)
        if self.pieces % 64 == 0:
            await asyncio.sleep(0)  # a radio, too, lets others have a turn

    async def write(self, characteristic: Characteristic, value: bytes) -> None:
        self._reached().write(characteristic, value)
        await asyncio.sleep(0)

    async def read(self, characteristic: Characteristic) -> bytes:
        return self._reached().read(characteristic)

    async def subscribe(self, characteristic: Characteristic, on_value: OnValue) -> None:
        self._reached()
        self._handlers[characteristic] = on_value

    async def until_lost(self) -> None:
        await self._lost.wait()
        raise LinkLost

    async def close(self) -> None:
        self.cut()

    def cut(self) -> None:
        """The strap walks out of reach."""
        self._lost.set()
        if self._strap is not None:
            self._strap.link_lost()

    def _reached(self) -> StrapRole:
        if self._lost.is_set():
            raise LinkLost
        return self.strap
