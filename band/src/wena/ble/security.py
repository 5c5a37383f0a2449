# SPDX-License-Identifier: Apache-2.0
"""Wait until a phone has encrypted its link to the strap, asking for it where it does not.

A phone that is bonded encrypts by itself; another one is asked to pair. What the phone may do
before is decided by the permissions of each characteristic, not here.
"""

import asyncio
from typing import Any

from bumble.device import Connection

from wena.ble.errors import NotEncrypted

PATIENCE = 0.5


async def encrypted(connection: Connection, *, seconds: float = 60.0) -> None:
    """Return when the link is encrypted. Raises NotEncrypted when it is not in time or is lost."""
    if connection.is_encrypted:
        return
    changed: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def settle(secure: bool) -> None:
        if not changed.done():
            changed.set_result(secure)

    def on_change(*_: Any) -> None:
        if connection.is_encrypted:
            settle(True)

    def on_end(*_: Any) -> None:
        settle(False)

    connection.on(connection.EVENT_CONNECTION_ENCRYPTION_CHANGE, on_change)
    connection.on(connection.EVENT_DISCONNECTION, on_end)
    connection.on(connection.EVENT_PAIRING_FAILURE, on_end)
    try:
        await asyncio.wait({changed}, timeout=min(PATIENCE, seconds))
        if not changed.done():
            connection.request_pairing()
            await asyncio.wait({changed}, timeout=seconds)
    finally:
        connection.remove_listener(connection.EVENT_CONNECTION_ENCRYPTION_CHANGE, on_change)
        connection.remove_listener(connection.EVENT_DISCONNECTION, on_end)
        connection.remove_listener(connection.EVENT_PAIRING_FAILURE, on_end)
    if not changed.done() or not changed.result():
        raise NotEncrypted
