# SPDX-License-Identifier: Apache-2.0
"""Faults on demand: the next requests fail, before or after their work is done.

Owns the list of armed faults. Acting on one is `api`'s and `http`'s part.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """`error` answers 500, `rate_limit` 429; `timeout` waits and cuts the line, `cut` cuts it at
    once; `slow` waits with the work under way and then answers as usual."""

    ERROR = "error"
    RATE_LIMIT = "rate_limit"
    TIMEOUT = "timeout"
    CUT = "cut"
    SLOW = "slow"


class FaultTime(StrEnum):
    """Whether the work of the request is done when it fails."""

    BEFORE = "before"
    AFTER = "after"


@dataclass
class Fault:
    """`count` more requests fail; `method` and `path` (the beginning of it) narrow which."""

    kind: FaultKind
    when: FaultTime = FaultTime.BEFORE
    count: int = 1
    seconds: float = 0.0
    method: str | None = None
    path: str | None = None


class Faults:
    """The faults that are armed."""

    def __init__(self) -> None:
        self._armed: list[Fault] = []
        self._lock = threading.Lock()

    def arm(self, fault: Fault) -> None:
        """Let the next fitting requests fail."""
        with self._lock:
            self._armed.append(fault)

    def clear(self) -> None:
        """Let all requests through again."""
        with self._lock:
            self._armed.clear()

    def armed(self) -> int:
        """How many requests are still going to fail."""
        with self._lock:
            return sum(fault.count for fault in self._armed)

    def take(self, method: str, path: str) -> Fault | None:
        """The fault this request meets, if any; its count goes down."""
        if not self._armed:
            return None
        with self._lock:
            for fault in self._armed:
                if fault.method not in (None, method) or not path.startswith(fault.path or "/"):
                    continue
                fault.count -= 1
                if fault.count <= 0:
                    self._armed.remove(fault)
                return fault
        return None
