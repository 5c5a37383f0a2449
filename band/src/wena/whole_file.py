# SPDX-License-Identifier: Apache-2.0
"""A small file that is there whole or not at all, and that only its owner can read."""

import os
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write `text` beside `path` and move it into place: a power cut leaves the old or the new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
