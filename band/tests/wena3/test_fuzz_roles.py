# SPDX-License-Identifier: Apache-2.0
"""Both halves of the protocol against a hostile other half: no exception, no endless memory."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from wena.testing.memory_link import MemoryLink
from wena.testing.recording_link import RecordingLink, role_on
from wena.wena3.activity_frame import FrameType, frame
from wena.wena3.activity_kinds import Block, Kind, Run
from wena.wena3.alarms import SLOTS
from wena.wena3.calendar_entry import MOST_ENTRIES, CalendarEntry
from wena.wena3.companion_role import MOST_REQUESTS, Told
from wena.wena3.dispatch import SETTINGS
from wena.wena3.gatt import Characteristic
from wena.wena3.notification import Notification
from wena.wena3.reports import Battery, DeviceInfo
from wena.wena3.strap_role import MOST_NOTIFICATIONS, Known, StrapRole

VALUES = st.binary(max_size=300) | st.tuples(
    st.sampled_from([*SETTINGS, 0, 1, 2, 3, 5, 0xFF]), st.binary(max_size=40)
).map(lambda pair: bytes([pair[0]]) + pair[1])
WRITES = st.lists(st.tuples(st.sampled_from(Characteristic), VALUES), max_size=40)
PIECES = st.builds(frame, st.integers(0, 255), st.sampled_from(FrameType), st.binary(max_size=30))


class OneMinute:
    """A log of a single minute."""

    def blocks_since(self, _: Known) -> list[Block]:
        return [Run(Kind.STEPS, 1_700_000_000, bytes([7]))]


def strap_on(link: MemoryLink) -> StrapRole:
    link.strap = StrapRole(
        OneMinute(), link.notify, info=DeviceInfo("1.2.3", 7), battery=Battery(64)
    )
    return link.strap


@given(WRITES)
async def test_a_strap_takes_whatever_a_phone_writes(
    writes: list[tuple[Characteristic, bytes]],
) -> None:
    """Given any writes, when the strap took them, then it still sends its log when asked."""
    link = MemoryLink()
    strap = strap_on(link)
    for characteristic, value in writes:
        strap.write(characteristic, value)
        strap.read(characteristic)
    arrived: list[bytes] = []
    await link.subscribe(Characteristic.ACTIVITY, arrived.append)
    await link.write(Characteristic.ACTIVITY, b"\xff")
    assert strap.transfer is not None
    await strap.transfer
    assert len(arrived) >= 3
    assert len(strap.shown.alarms) == SLOTS


async def test_a_phone_that_never_stops_does_not_fill_the_straps_memory() -> None:
    strap = strap_on(MemoryLink())
    for number in range(3 * MOST_NOTIFICATIONS):
        strap.write(Characteristic.NOTIFY, bytes(Notification(id=number, title="x" * 31)))
    for number in range(3 * MOST_ENTRIES):
        entry = CalendarEntry(number % 256, 255, "x", 0, 0, "y")
        strap.write(Characteristic.NOTIFY, bytes(entry))
    assert len(strap.shown.notifications) == MOST_NOTIFICATIONS
    assert len(strap.shown.calendar) <= MOST_ENTRIES + 1


@given(st.lists(st.tuples(st.sampled_from(Characteristic), VALUES | PIECES), max_size=60))
async def test_a_phone_takes_whatever_a_strap_tells(
    values: list[tuple[Characteristic, bytes]],
) -> None:
    """Given any notifications, when the phone took them, then what it can answer is bounded."""
    link = RecordingLink()
    told: list[Told] = []
    role = role_on(link, told=told)
    await role.subscribe()
    for characteristic, value in values:
        link.handlers[characteristic](value)
    role.close_log()
    assert role.requests.qsize() <= MOST_REQUESTS
    while not role.requests.empty():
        await role.answer(role.requests.get_nowait())
    assert len(told) <= len(values)


async def test_a_strap_that_asks_without_end_is_answered_one_by_one() -> None:
    link = RecordingLink()
    role = role_on(link)
    await role.subscribe()
    for _ in range(10 * MOST_REQUESTS):
        link.handlers[Characteristic.NOTIFY](b"\x01")
    serving = asyncio.ensure_future(role.serve())
    await asyncio.sleep(0.01)
    serving.cancel()
    written = [op for op in link.ops if op[0] == "write"]
    assert len(written) == MOST_REQUESTS
