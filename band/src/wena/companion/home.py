# SPDX-License-Identifier: Apache-2.0
"""The folder where the companion keeps everything of one strap.

Health data: the folder is made so that only its owner can read it. Trials with a simulated strap
have a folder of their own, so that made-up numbers never mix with real ones.
"""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """Paths inside the folder; nothing is made before `make`."""

    folder: Path

    @property
    def log(self) -> Path:
        """The SQLite file of the activity log."""
        return self.folder / "log.sqlite3"

    @property
    def settings(self) -> Path:
        """What the strap is set to."""
        return self.folder / "settings.json"

    @property
    def keys(self) -> Path:
        """Bluetooth keys."""
        return self.folder / "keys.json"

    @property
    def strap(self) -> Path:
        """The address of the paired strap."""
        return self.folder / "strap.json"

    def make(self) -> None:
        """Make the folder, readable by its owner alone."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def home_at(data: Path | None, *, is_simulated: bool) -> Home:
    """The folder named by the user, or the usual one for data of this user."""
    if data is not None:
        return Home(data)
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Home(Path(base) / "wena" / ("simulated" if is_simulated else "wena3"))
