# SPDX-License-Identifier: Apache-2.0
"""What was already shown, so that a reconnect never shows it again.

It keeps fingerprints only (hashes), the newest `capacity` of them, and their JSON form. It does
not decide anything and does not write files.
"""

from collections import OrderedDict
from typing import Any

from wena.notify.errors import BadMemory

CAPACITY = 1024
_DIGITS = 32


class ShownMemory:
    """A bounded set of fingerprints that forgets the oldest. `changes` counts additions."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._shown: OrderedDict[str, None] = OrderedDict()
        self.changes = 0

    def __contains__(self, fingerprint: str) -> bool:
        return fingerprint in self._shown

    def __len__(self) -> int:
        return len(self._shown)

    def add(self, fingerprint: str) -> None:
        """Remember one; remembering it again makes it the newest."""
        self._shown[fingerprint] = None
        self._shown.move_to_end(fingerprint)
        self.changes += 1
        while len(self._shown) > self._capacity:
            self._shown.popitem(last=False)

    def to_json(self) -> list[str]:
        """Oldest first."""
        return list(self._shown)

    @classmethod
    def from_json(cls, data: Any, capacity: int = CAPACITY) -> "ShownMemory":
        """The memory written by `to_json`. Raises BadMemory when it is something else."""
        if not isinstance(data, list) or not all(
            isinstance(entry, str) and len(entry) == _DIGITS for entry in data
        ):
            raise BadMemory()
        memory = cls(capacity)
        for entry in data[-capacity:]:
            memory._shown[entry] = None
        return memory
