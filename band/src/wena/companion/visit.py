# SPDX-License-Identifier: Apache-2.0
"""One visit to the strap: link, role, settings and store together, for the length of a command.

It owns that the log of two straps is never mixed, and that what the strap told is remembered.
"""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from wena.companion.connection import Where, open_link
from wena.companion.errors import WrongStrap
from wena.companion.home import Home
from wena.companion.settings_file import Kept, load_kept, save_kept
from wena.companion.store import Store
from wena.wena3.activity_kinds import Block
from wena.wena3.companion_role import CompanionRole, Surroundings, Told
from wena.wena3.link import Link
from wena.wena3.reports import Battery, DeviceInfo


@dataclass(slots=True)
class Visit:
    """What a command works with. `new_records` counts what the log has gained."""

    home: Home
    link: Link
    role: CompanionRole
    store: Store
    kept: Kept
    new_records: int = 0

    def keep(self, kept: Kept) -> None:
        """Keep other settings or another calendar from now on."""
        self.kept = kept
        self.role.settings = kept.settings
        self.role.calendar = kept.calendar
        save_kept(self.home.settings, kept)

    async def greet(self) -> None:
        """The whole session, after making sure that it is the same strap as before.

        Raises WrongStrap.
        """
        info = await self.role.read_info()
        known = self.store.fact("serial")
        if known is not None and known != str(info.serial):
            raise WrongStrap(
                f"This strap has the serial number {info.serial}, but {self.home.folder} holds the "
                f"log of number {known}. Name another folder with --data."
            )
        self.store.remember("serial", str(info.serial))
        if self.kept.alarms_wait:
            await self.role.send_alarms()
            self.keep(replace(self.kept, alarms_wait=False))
        await self.role.greet(self.kept.only)


def utc_offset(unix_ms: int) -> int:
    """Seconds east of UTC on this machine at that moment, daylight saving included."""
    offset = datetime.fromtimestamp(unix_ms / 1000, UTC).astimezone().utcoffset()
    return 0 if offset is None else round(offset.total_seconds())


@asynccontextmanager
async def visit(
    home: Home, where: Where, tell: Callable[[Told], None] = lambda _: None
) -> AsyncIterator[Visit]:
    """Connect to the paired strap. Raises the errors of `open_link` and of the files."""
    home.make()
    async with open_link(where, home) as link, visit_over(home, link, tell) as here:
        yield here


@asynccontextmanager
async def visit_over(
    home: Home, link: Link, tell: Callable[[Told], None] = lambda _: None
) -> AsyncIterator[Visit]:
    """The same over a link that is there already. Raises the errors of the files."""
    kept = load_kept(home.settings)
    with Store(home.log) as store:
        here: list[Visit] = []

        def deliver(block: Block) -> None:
            if here:  # what still arrives when the visit is over, the next one asks for again
                here[0].new_records += store.put(block)

        heard: list[DeviceInfo] = []

        def hear(told: Told) -> None:
            if here:
                _remember(store, told)
            if isinstance(told, DeviceInfo):  # read again with each greeting, and told once
                if told in heard:
                    return
                heard.append(told)
            tell(told)

        surroundings = Surroundings(
            now=lambda: time.time_ns() // 1_000_000,
            utc_offset=utc_offset,
            newest=lambda: store.newest(int(time.time())),
            deliver=deliver,
            tell=hear,
        )
        role = CompanionRole(link, surroundings, kept.settings)
        role.calendar = kept.calendar
        here.append(Visit(home, link, role, store, kept))
        try:
            yield here[0]
        finally:
            here.clear()


def _remember(store: Store, told: Told) -> None:
    if isinstance(told, Battery):
        store.remember("battery", str(told.percent))
        store.remember("battery_at", str(int(time.time())))
    elif isinstance(told, DeviceInfo):
        store.remember("firmware", told.version)
