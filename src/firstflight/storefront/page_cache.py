# SPDX-License-Identifier: Apache-2.0
"""Pages for visitors nobody knows, rendered at most once a second.

Kept in the process: the same for everybody who reads the same language in the same currency, and
never older than a second.
"""

import threading
import time
from collections.abc import Callable

_SECONDS = 1.0
_MOST = 500
_kept: dict[tuple[str, ...], tuple[float, bytes]] = {}
_lock = threading.Lock()


def kept(key: tuple[str, ...], render: Callable[[], bytes]) -> bytes:
    """The page of this key, rendered anew if it is older than a second."""
    found = _kept.get(key)
    if found and time.monotonic() - found[0] < _SECONDS:
        return found[1]
    with _lock:
        # Whoever waited here finds the page that the first one has just rendered.
        found = _kept.get(key)
        if found and time.monotonic() - found[0] < _SECONDS:
            return found[1]
        body = render()
        if len(_kept) >= _MOST:
            _kept.clear()
        _kept[key] = (time.monotonic(), body)
    return body


def forget_all() -> None:
    """Drop every page: for tests, whose databases come and go."""
    with _lock:
        _kept.clear()
