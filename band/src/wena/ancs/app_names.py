# SPDX-License-Identifier: Apache-2.0
"""App names as the phone shows them, kept so that each is asked for once.

An iPhone names apps by bundle identifier; the name for people costs one more request. The cache is
bounded and forgets what was not used for longest.
"""

from collections import OrderedDict
from collections.abc import Awaitable, Callable

from wena.ancs.errors import MalformedRequest, MalformedResponse, PhoneRefused, ResponseTooLong
from wena.ancs.model import AppAttribute
from wena.ancs.request import GetAppAttributes
from wena.ancs.response import Attributes, text

CAPACITY = 128
LONGEST_IDENTIFIER = 200
"""Bytes of an identifier worth asking about; the request must fit into one write."""


class AppNames:
    """Display names by bundle identifier; at most `capacity` of them."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._names: OrderedDict[str, str] = OrderedDict()

    def known(self, app: str) -> str | None:
        """The name if it is in the cache, without asking."""
        name = self._names.get(app)
        if name is not None:
            self._names.move_to_end(app)
        return name

    async def name(self, app: str, ask: Callable[[GetAppAttributes], Awaitable[Attributes]]) -> str:
        """The name of `app`, asked of the phone when it is not known yet.

        An app that the phone does not know, or names badly, is called by its identifier. Raises
        what `ask` raises when the phone is late or gone; nothing is kept then.
        """
        if (name := self.known(app)) is not None:
            return name
        if len(app.encode(errors="replace")) > LONGEST_IDENTIFIER:
            return app
        try:
            attributes = await ask(GetAppAttributes(app))
            name = text(attributes[AppAttribute.DISPLAY_NAME]).strip() or app
        except (PhoneRefused, MalformedRequest, MalformedResponse, ResponseTooLong):
            name = app
        self._names[app] = name
        while len(self._names) > self._capacity:
            self._names.popitem(last=False)
        return name
