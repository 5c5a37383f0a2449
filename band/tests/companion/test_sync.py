# SPDX-License-Identifier: Apache-2.0
"""Fetching the log from a strap through faults and cuts: in the end all of it, each record once."""

import itertools
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wena.activity.records import ActivityLog
from wena.companion.errors import WrongStrap
from wena.companion.home import Home
from wena.companion.simulated_log import SimulatedLog
from wena.companion.store import Store
from wena.companion.sync import Fetched, Patience, fetch_log
from wena.companion.visit import visit_over
from wena.testing.memory_link import MemoryLink
from wena.wena3.errors import LinkLost, NoAnswer
from wena.wena3.gatt import Characteristic
from wena.wena3.reports import Battery, DeviceInfo
from wena.wena3.strap_role import StrapRole

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
PATIENCE = Patience(quiet_s=0.02, silence_s=0.1)
LOG = SimulatedLog(NOW, UTC, days=2)


def strap_on(link: MemoryLink, serial: int = 7, largest: int = 182) -> MemoryLink:
    link.strap = StrapRole(LOG, link.notify, info=DeviceInfo("1.2.3", serial), battery=Battery(64))
    link.strap.largest = largest
    return link


async def fetch(home: Home, link: MemoryLink) -> Fetched:
    home.make()
    async with visit_over(home, link) as here:
        await here.role.subscribe()
        try:
            return await fetch_log(here.role, link, patience=PATIENCE)
        finally:
            await link.close()


def records(home: Home) -> ActivityLog:
    with Store(home.log) as store:
        return store.log(0, 2**40)


@pytest.fixture
async def whole(tmp_path: Path) -> ActivityLog:
    home = Home(tmp_path / "whole")
    await fetch(home, strap_on(MemoryLink()))
    return records(home)


async def test_a_calm_link_brings_all_in_one_transfer(tmp_path: Path, whole: ActivityLog) -> None:
    home = Home(tmp_path / "a")
    fetched = await fetch(home, strap_on(MemoryLink(), largest=20))
    assert (fetched.transfers, fetched.is_complete, fetched.faults) == (1, True, 0)
    assert records(home) == whole
    assert len(whole.steps) > 2 * 1440


async def test_a_link_that_is_cut_again_and_again_gets_all_in_the_end(
    tmp_path: Path, whole: ActivityLog
) -> None:
    """Given a link that breaks after 40 pieces, when synced often, each goes on from there."""
    home = Home(tmp_path / "a")
    counts = [0]
    for _ in itertools.repeat(None, 60):
        link = strap_on(MemoryLink(cut_after=40))
        try:
            await fetch(home, link)
            break
        except LinkLost:
            with Store(home.log) as store:
                counts.append(store.count())
    else:
        pytest.fail("it never came through")
    assert counts == sorted(counts)
    assert records(home) == whole


@pytest.mark.parametrize("fault", ["lost", "damaged", "twice"])
async def test_a_fault_on_the_way_is_made_good_by_asking_again(
    tmp_path: Path, whole: ActivityLog, fault: str
) -> None:
    home = Home(tmp_path / "a")
    counter = itertools.count()

    def spoil(value: bytes) -> list[bytes]:
        if next(counter) != 30:
            return [value]
        damaged = value[:-1] + bytes([value[-1] ^ 1])
        return {"lost": [], "damaged": [damaged], "twice": [value, value]}[fault]

    fetched = await fetch(home, strap_on(MemoryLink(spoil)))
    assert fetched.is_complete
    assert fetched.transfers == 2
    assert fetched.faults > 0
    assert records(home) == whole


async def test_a_bad_link_never_puts_a_value_at_a_wrong_minute(
    tmp_path: Path, whole: ActivityLog
) -> None:
    dice = random.Random(5)
    home = Home(tmp_path / "a")

    def spoil(value: bytes) -> list[bytes]:
        chance = dice.random()
        if chance < 0.01:
            return []
        if chance < 0.02:
            place = dice.randrange(1, len(value))
            return [value[:place] + bytes([value[place] ^ 0x10]) + value[place + 1 :]]
        return [value]

    for _ in range(3):
        await fetch(home, strap_on(MemoryLink(spoil)))
    got = records(home)
    assert {*got.steps} <= {*whole.steps}
    assert {*got.heart_rates} <= {*whole.heart_rates}
    assert {*got.behaviours} <= {*whole.behaviours}


async def test_a_strap_that_sends_nothing_is_no_success(tmp_path: Path) -> None:
    with pytest.raises(NoAnswer):
        await fetch(Home(tmp_path / "a"), strap_on(MemoryLink(lambda _: [])))


async def test_another_strap_does_not_get_into_the_same_log(tmp_path: Path) -> None:
    home = Home(tmp_path / "a")
    home.make()
    async with visit_over(home, strap_on(MemoryLink(), serial=7)) as here:
        await here.greet()
    link = strap_on(MemoryLink(), serial=8)
    async with visit_over(home, link) as here:
        with pytest.raises(WrongStrap, match="number 7"):
            await here.greet()
    assert not link.strap.shown.settings


async def test_a_malformed_write_changes_nothing_on_the_strap_and_is_counted() -> None:
    link = strap_on(MemoryLink())
    for characteristic in Characteristic:
        await link.write(characteristic, b"")
        await link.write(characteristic, b"\x77" * 300)
    assert link.strap.malformed == 12
    assert not link.strap.shown.settings
