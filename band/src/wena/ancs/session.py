# SPDX-License-Identifier: Apache-2.0
"""A conversation over the Control Point and the Data Source: one request at a time, none for ever.

It owns timeouts, the order of requests and the fate of those that are under way when the service
or the link goes. It knows no radio: a `write` function goes in, and fragments are fed to it.
"""

import asyncio
from collections.abc import Awaitable, Callable

from wena.ancs.bounded import bounded
from wena.ancs.errors import AncsError, LinkLost, RequestTimedOut
from wena.ancs.model import ActionId
from wena.ancs.request import GetAppAttributes, GetNotificationAttributes, PerformAction
from wena.ancs.response import Attributes, Reassembler

WriteControlPoint = Callable[[bytes], Awaitable[None]]
"""Writes a value with response. Raises PhoneRefused when the phone answers with an error."""


class AncsSession:
    """Requests to one phone while its service is there. `timeout` is seconds for each request.

    `dropped` counts bytes of the Data Source that answered nothing that was asked; `is_stuck` says
    that the phone left a write without an answer, after which only a new link helps.
    """

    def __init__(self, write: WriteControlPoint, timeout: float = 5.0) -> None:
        self._write = write
        self._timeout = timeout
        self._turn = asyncio.Lock()
        self._assembling: Reassembler | None = None
        self._answer: asyncio.Future[Attributes] | None = None
        self._ended: asyncio.Future[AncsError] = asyncio.get_running_loop().create_future()
        self.dropped = 0
        self.is_stuck = False

    @property
    def is_over(self) -> bool:
        """Whether the service or the link has gone; every request then fails at once."""
        return self._ended.done()

    async def ask(self, request: GetNotificationAttributes | GetAppAttributes) -> Attributes:
        """Ask about a notification or an app; attribute number to raw value.

        Raises RequestTimedOut, PhoneRefused (UnknownNotification when it is gone),
        MalformedResponse, ResponseTooLong, ServiceGone, LinkLost.
        """
        async with self._turn:
            self._check()
            assembling = Reassembler(request)
            answer: asyncio.Future[Attributes] = asyncio.get_running_loop().create_future()
            self._assembling, self._answer = assembling, answer
            try:
                await self._send(bytes(request))
                return await bounded(answer, seconds=self._timeout, ended=self._ended)
            finally:
                self.dropped += assembling.dropped
                self._assembling = self._answer = None
                if not answer.cancel() and not answer.cancelled():
                    answer.exception()  # looked at, so that a fault nobody waits for stays quiet

    async def perform(self, uid: int, action: ActionId) -> None:
        """Perform an action on a notification: positive answers a call, negative declines it.

        Raises ActionFailed when the phone cannot, and the errors of `ask`.
        """
        async with self._turn:
            self._check()
            await self._send(bytes(PerformAction(uid, action)))

    def feed(self, fragment: bytes) -> None:
        """Take one Data Source value. Never raises: a fault goes to the request under way."""
        if self._assembling is None or self._answer is None or self._answer.done():
            self.dropped += len(fragment)
            return
        try:
            found = self._assembling.feed(fragment)
        except AncsError as error:
            self._answer.set_exception(error)
            return
        if found is not None:
            self._answer.set_result(found)

    def end(self, reason: AncsError) -> None:
        """Fail what is under way, and every later request, with `reason`."""
        if not self._ended.done():
            self._ended.set_result(reason)

    async def _send(self, value: bytes) -> None:
        try:
            await bounded(self._write(value), seconds=self._timeout, ended=self._ended)
        except RequestTimedOut:
            # An unanswered write, unlike an answer that never follows, leaves the bearer unusable.
            self.is_stuck = True
            self.end(LinkLost("The phone no longer answers writes."))
            raise self._ended.result() from None

    def _check(self) -> None:
        if self._ended.done():
            raise self._ended.result()
