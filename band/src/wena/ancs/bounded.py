# SPDX-License-Identifier: Apache-2.0
"""Wait for something no longer than a number of seconds, and no longer than the link lives.

A Bluetooth stack may cancel what it was doing when a link goes; that must end as a typed error in
the waiting code and not as a cancellation of it. A request that is late is left to finish by
itself: to abandon it would let its late answer be taken for the next one's.
"""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

from wena.ancs.errors import AncsError, LinkLost, RequestTimedOut

Result = TypeVar("Result")


def _forget(late: "asyncio.Future[Result]") -> None:
    if not late.cancelled():
        late.exception()


async def bounded(
    work: Awaitable[Result], *, seconds: float, ended: "asyncio.Future[AncsError]"
) -> Result:
    """The result of `work`.

    Raises RequestTimedOut after `seconds`, the result of `ended` when that comes first, and
    LinkLost when `work` was cancelled from elsewhere.
    """
    task = asyncio.ensure_future(work)
    try:
        both: set[asyncio.Future[Any]] = {task, ended}
        await asyncio.wait(both, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    except asyncio.CancelledError:
        task.cancel()
        raise
    if task.done():
        if task.cancelled():
            raise ended.result() if ended.done() else LinkLost()
        return task.result()
    task.add_done_callback(_forget)
    if ended.done():
        raise ended.result()
    raise RequestTimedOut()
