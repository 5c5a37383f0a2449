# SPDX-License-Identifier: Apache-2.0
"""The log's stream: what a wearer keeps when something goes wrong on the way."""

from array import array
from collections.abc import Iterable, Sequence

import pytest

from wena.activity.records import Behaviour, BehaviourSpan, Vo2Max
from wena.wena3.activity_frame import FrameType, frame
from wena.wena3.activity_kinds import (
    Block,
    Intervals,
    Kind,
    Run,
    Vo2MaxValues,
)
from wena.wena3.activity_receiver import ActivityReceiver
from wena.wena3.activity_sender import pack_transfer
from wena.wena3.errors import OutOfRange
from wena.wena3.reading import Reading
from wena.wena3.timeline import Timeline

T0 = 1_727_836_800
STEPS = Run(Kind.STEPS, T0, bytes(range(100)))
STRESS = Run(Kind.STRESS, T0, array("b", [-100, 100, -101, 127, 0]))
EVERYTHING: list[Block] = [
    STEPS,
    Run(Kind.HEART_RATE, T0, bytes([70, 0, 255])),
    Intervals(
        (
            BehaviourSpan(T0, T0 + 600, Behaviour.WALK),
            BehaviourSpan(T0 + 600, T0 + 900, Behaviour.RUN),
        )
    ),
    Vo2MaxValues((Vo2Max(T0, 40, 0), Vo2Max(T0, 41, 1), Vo2Max(T0 + 60, 42, 0))),
    STRESS,
    Run(Kind.ENERGY, T0, bytes([80])),
    Run(Kind.CALORIES, T0, array("H", [3, 300, 65535])),
]


def receive(
    values: Iterable[bytes], reading: Reading = Reading.CAREFUL
) -> tuple[list[Block], ActivityReceiver]:
    receiver = ActivityReceiver(reading)
    return [block for value in values if (block := receiver.feed(value))], receiver


def bytes_of(block: Block | None) -> bytes:
    """The values of a run."""
    assert isinstance(block, Run)
    return bytes(block.values)


def items_of(block: Block) -> Sequence[BehaviourSpan | Vo2Max]:
    """What is no run."""
    assert not isinstance(block, Run)
    return block.items


@pytest.mark.parametrize("largest", [20, 23, 185, 244, 514])
def test_all_kinds_arrive_at_any_length_of_notification(largest: int) -> None:
    values = list(pack_transfer(EVERYTHING, largest))
    assert max(map(len, values)) <= largest
    blocks, receiver = receive(values)
    assert blocks == EVERYTHING
    assert receiver.is_finished


def test_several_vo2max_values_at_one_time_are_all_kept() -> None:
    blocks, _ = receive(pack_transfer([EVERYTHING[3]]))
    assert blocks == [EVERYTHING[3]]


def test_stress_without_a_value_leaves_its_minute_empty() -> None:
    assert list(STRESS.samples()) == [(T0, -100), (T0 + 60, 100), (T0 + 240, 0)]


def test_after_a_damaged_piece_nothing_moves_to_another_minute() -> None:
    values = list(pack_transfer([STEPS]))
    values[3] = values[3][:-1] + b"\x77"
    blocks, receiver = receive(values)
    assert bytes_of(blocks[0]) == bytes(range(32))
    assert receiver.faults.damaged == 1


def test_a_cut_link_still_delivers_what_came_in_order() -> None:
    _, receiver = receive(list(pack_transfer([STEPS]))[:4])
    assert bytes_of(receiver.close()) == bytes(range(48))


def test_a_new_transfer_throws_away_what_was_not_closed() -> None:
    values = list(pack_transfer([STEPS]))
    blocks, _ = receive([*values[:3], *values])
    assert blocks == [STEPS]


def test_a_behaviour_of_tomorrows_firmware_is_skipped_alone() -> None:
    """Given a kind that is not known among others, the others are kept and one is counted."""
    known = bytes([2]) + bytes(4) + bytes(8)
    unknown = bytes([10]) + bytes(12)
    values = [
        frame(0xFF, FrameType.HEADER, b"\x02"),
        frame(0, FrameType.DATA, known + unknown + known),
        frame(1, FrameType.FINISH),
    ]
    blocks, receiver = receive(values)
    assert len(items_of(blocks[0])) == 2
    assert receiver.faults.records == 1
    assert receive(values, Reading.SOURCE)[0] == []


@pytest.mark.parametrize("header", [b"", b"\x00\x01\x02\x03", b"\x07\x00\x00\x00\x00"])
def test_a_header_that_cannot_be_used_closes_the_kind_before_it(header: bytes) -> None:
    values = [
        frame(0xFF, FrameType.HEADER, bytes(5)),
        frame(0, FrameType.DATA, b"\x01"),
        frame(1, FrameType.HEADER, header),
        frame(2, FrameType.DATA, b"\x02"),
        frame(3, FrameType.FINISH),
    ]
    blocks, receiver = receive(values)
    assert [bytes_of(block) for block in blocks] == [b"\x01"]
    assert receiver.faults.without_kind + receiver.faults.out_of_order >= 1


def test_after_a_gap_no_later_run_of_the_same_kind_is_taken() -> None:
    """Else the next transfer would start after it, and never bring what is missing."""
    runs = [Run(Kind.STEPS, T0 + n * 86_400, bytes(range(40))) for n in range(2)]
    values = list(pack_transfer([*runs, EVERYTHING[1]]))
    values.insert(2, values[1])
    blocks, receiver = receive(values)
    assert [(block.kind, block.start_unix_s) for block in blocks if isinstance(block, Run)] == [
        (Kind.STEPS, T0),
        (Kind.HEART_RATE, T0),
    ]
    assert receiver.faults.lost_data == 1


def test_a_value_that_does_not_fit_is_refused_before_it_is_sent() -> None:
    with pytest.raises(OutOfRange):
        list(pack_transfer([Run(Kind.STEPS, T0, [256])]))
    with pytest.raises(OutOfRange):
        list(pack_transfer([], largest=19))


def test_an_interval_that_began_before_the_steps_is_applied_in_any_order() -> None:
    asleep = Intervals((BehaviourSpan(T0 - 60, T0 + 60, Behaviour.SLEEP_LIGHT),))
    steps = Run(Kind.STEPS, T0, bytes([1, 2, 3]))
    expected = [Behaviour.SLEEP_LIGHT, Behaviour.SLEEP_LIGHT, Behaviour.UNKNOWN]
    orders: list[list[Block]] = [[asleep, steps], [steps, asleep]]
    for order in orders:
        timeline = Timeline()
        for block in order:
            timeline.add(block)
        assert [row.kind for row in timeline.rows] == expected
