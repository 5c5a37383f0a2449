# SPDX-License-Identifier: Apache-2.0
"""A link that writes down what is done with it, in the notation of the recorded situations."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from wena.wena3.companion_role import CompanionRole, Surroundings, Told
from wena.wena3.gatt import Characteristic
from wena.wena3.link import OnValue
from wena.wena3.settings import Settings

NOW = 1_700_000_000_000
TOKYO = 9 * 3600
READABLE = {Characteristic.STATE: bytes([50]), Characteristic.INFO: b"1.2.3\0\0\0\x4e\x61\xbc\0"}


class RecordingLink:
    """Operations as lists: name, four digits, and for a write the hexadecimal value."""

    def __init__(self, values: Mapping[Characteristic, bytes] = READABLE) -> None:
        self.ops: list[list[str]] = []
        self.handlers: dict[Characteristic, OnValue] = {}
        self._values = values

    async def write(self, characteristic: Characteristic, value: bytes) -> None:
        self.ops.append(["write", f"{characteristic:04x}", value.hex()])

    async def read(self, characteristic: Characteristic) -> bytes:
        self.ops.append(["read", f"{characteristic:04x}"])
        return self._values[characteristic]

    async def subscribe(self, characteristic: Characteristic, on_value: OnValue) -> None:
        self.ops.append(["subscribe", f"{characteristic:04x}"])
        self.handlers[characteristic] = on_value

    async def until_lost(self) -> None:
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Nothing to let go."""


def role_on(
    link: Any,
    settings: Settings | None = None,
    *,
    newest: Mapping[Any, int] | None = None,
    deliver: Callable[[Any], None] = lambda _: None,
    told: list[Told] | None = None,
) -> CompanionRole:
    """A companion role with a standing clock, in Tokyo."""
    heard: list[Told] = [] if told is None else told
    around = Surroundings(
        now=lambda: NOW,
        utc_offset=lambda _: TOKYO,
        newest=lambda: newest or {},
        deliver=deliver,
        tell=heard.append,
    )
    return CompanionRole(link, around, settings or Settings())
