# SPDX-License-Identifier: Apache-2.0
"""Whatever the bytes: a typed error or a count, never another exception, never endless memory."""

import contextlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wena.wena3.activity_frame import ActivityPacket, FrameType, frame
from wena.wena3.activity_kinds import Kind, Run
from wena.wena3.activity_receiver import ActivityReceiver
from wena.wena3.activity_sender import pack_transfer
from wena.wena3.dispatch import SETTINGS, read_log_command, read_message, read_setting
from wena.wena3.errors import MalformedPacket
from wena.wena3.reading import Reading
from wena.wena3.reports import BandRequest, Battery, DeviceInfo

ANY = st.binary(max_size=600)
READERS = [
    read_setting,
    read_message,
    read_log_command,
    ActivityPacket.from_bytes,
    BandRequest.from_bytes,
    Battery.from_bytes,
    DeviceInfo.from_bytes,
]
NUMBERED = st.tuples(st.sampled_from([*SETTINGS, 0, 1, 2, 3, 5, 0xFF]), st.binary(max_size=40)).map(
    lambda pair: bytes([pair[0]]) + pair[1]
)


@pytest.mark.parametrize("read", READERS)
@given(value=ANY | NUMBERED)
def test_a_decoder_gives_a_packet_or_a_typed_error(
    read: Callable[[bytes], object], value: bytes
) -> None:
    with contextlib.suppress(MalformedPacket):
        read(value)


@given(NUMBERED)
def test_what_is_accepted_as_a_setting_can_be_written_again_the_same(value: bytes) -> None:
    """Given bytes taken as a setting, when written again, then they mean the same."""
    try:
        found = read_setting(value)
    except MalformedPacket:
        return
    again = read_setting(bytes(found))
    assert bytes(again) == bytes(found)


FRAMES = st.builds(
    frame,
    st.integers(0, 255),
    st.sampled_from(FrameType),
    st.binary(max_size=30),
)


@given(st.lists(FRAMES | st.binary(max_size=30), max_size=60), st.sampled_from(Reading))
def test_a_receiver_takes_anything(values: list[bytes], reading: Reading) -> None:
    receiver = ActivityReceiver(reading)
    for value in values:
        receiver.feed(value)
    receiver.close()


GOOD = list(
    pack_transfer(
        [
            Run(kind, 1_700_000_000, bytes(range(60)))
            for kind in (Kind.STEPS, Kind.HEART_RATE, Kind.ENERGY)
        ]
    )
)


@given(st.permutations(range(len(GOOD))))
def test_a_reordered_transfer_never_puts_a_value_at_a_wrong_minute(order: list[int]) -> None:
    """Given every piece of a transfer in any order, what is delivered is true, if not all."""
    receiver = ActivityReceiver()
    blocks = [receiver.feed(GOOD[place]) for place in order]
    blocks.append(receiver.close())
    for block in blocks:
        if isinstance(block, Run):
            assert bytes(block.values) == bytes(range(60))[: len(block.values)]


@given(st.data())
def test_a_transfer_with_damage_never_puts_a_value_at_a_wrong_minute(data: st.DataObject) -> None:
    receiver = ActivityReceiver()
    blocks = []
    for value in GOOD:
        fault = data.draw(st.sampled_from(["none", "none", "none", "drop", "twice", "flip"]))
        if fault == "drop":
            continue
        if fault == "flip":
            place = data.draw(st.integers(1, len(value) - 1))
            value = value[:place] + bytes([value[place] ^ 0x41]) + value[place + 1 :]
        blocks += [receiver.feed(value) for _ in range(2 if fault == "twice" else 1)]
    blocks.append(receiver.close())
    for block in blocks:
        if isinstance(block, Run):
            assert bytes(block.values) == bytes(range(60))[: len(block.values)]


def test_an_endless_transfer_does_not_fill_the_memory() -> None:
    receiver = ActivityReceiver()
    receiver.feed(frame(0xFF, FrameType.HEADER, bytes(5)))
    piece = bytes(60_000)
    for count in range(100):
        receiver.feed(frame(count, FrameType.DATA, piece))
    block = receiver.close()
    assert isinstance(block, Run)
    assert len(block.values) <= 4 * 1024 * 1024
    assert receiver.faults.records == 100 * 60_000 - len(block.values)
