# SPDX-License-Identifier: Apache-2.0
"""The memory of alerts already shown, kept in a file, so that no restart shows one again."""

import json
from pathlib import Path

from wena.notify.errors import BadMemory
from wena.notify.memory import ShownMemory
from wena.whole_file import write_whole


class ShownFile:
    """Holds the memory; `save` writes it when something was added."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self.memory = self._load()
        self._saved = self.memory.changes

    def save(self) -> None:
        """Keep what was added since."""
        if self._path is not None and self.memory.changes != self._saved:
            write_whole(self._path, json.dumps(self.memory.to_json()))
        self._saved = self.memory.changes

    def _load(self) -> ShownMemory:
        if self._path is None or not self._path.exists():
            return ShownMemory()
        try:
            return ShownMemory.from_json(json.loads(self._path.read_text(encoding="utf-8")))
        except (ValueError, BadMemory):
            # Only hashes of what was shown: to begin anew costs a repetition, to stop costs all.
            return ShownMemory()
