# SPDX-License-Identifier: Apache-2.0
"""Pages for visitors nobody knows, rendered at most once a second.

Kept in the process: the same for everybody who reads the same language in the same currency, and
never older than a second.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

_SECONDS = 1.0
_MOST = 500
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Page:
    """A rendered page and when that was, by the process's own clock."""

    body: bytes
    since: float

    @property
    def is_fresh(self) -> bool:
        """Whether it may still be shown."""
        return time.monotonic() - self.since < _SECONDS


_kept: dict[tuple[str, ...], Page] = {}


def kept(key: tuple[str, ...], render: Callable[[], bytes]) -> Page:
    """The page of this key, rendered anew if it is older than a second."""
    found = _kept.get(key)
    if found and found.is_fresh:
        return found
    with _lock:
        # Whoever waited here finds the page that the first one has just rendered.
        found = _kept.get(key)
        if found and found.is_fresh:
            return found
        # What the page shows was read after this moment, so it is never older than it says.
        since = time.monotonic()
        page = Page(render(), since)
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[key] = page
    return page


def forget_all() -> None:
    """Drop every page: for tests, whose databases come and go."""
    with _lock:
        _kept.clear()
