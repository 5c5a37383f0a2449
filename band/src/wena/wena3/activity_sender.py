# SPDX-License-Identifier: Apache-2.0
"""The log's stream, from blocks to notifications: the strap's half.

Linear kinds and single records are cut so that each notification holds whole values and fits into
`largest` bytes (20 at the smallest MTU: 16 values of one byte, 8 of two, one interval).
"""

from collections.abc import Iterable, Iterator

from wena.wena3.activity_decode import BEHAVIOR_RECORD, VO2MAX_RECORD
from wena.wena3.activity_frame import FIRST_SEQUENCE, HEAD, FrameType, frame, next_sequence
from wena.wena3.activity_kinds import Block, Intervals, Kind, Run, Vo2MaxValues
from wena.wena3.errors import OutOfRange
from wena.wena3.wtime import EPOCH_UNIX_S, pack_time

SMALLEST_LARGEST = 20


def pack_transfer(blocks: Iterable[Block], largest: int = SMALLEST_LARGEST) -> Iterator[bytes]:
    """The notifications of one transfer, with one finish at the end.

    Raises OutOfRange when `largest` is under 20 or a value does not fit its kind.
    """
    if largest < SMALLEST_LARGEST:
        raise OutOfRange(f"A notification holds at least {SMALLEST_LARGEST} bytes.")
    room = largest - HEAD
    sequence = FIRST_SEQUENCE
    for block in blocks:
        for kind, payload in _payloads(block, room):
            yield frame(sequence, kind, payload)
            sequence = next_sequence(sequence) if sequence != FIRST_SEQUENCE else 0
    yield frame(sequence, FrameType.FINISH)


def _payloads(block: Block, room: int) -> Iterator[tuple[FrameType, bytes]]:
    if isinstance(block, Run):
        start = pack_time(block.start_unix_s * 1000)
        records, size = _pack_run(block), 2 if block.kind is Kind.CALORIES else 1
    else:
        start = b""
        records, size = _pack_records(block)
    yield FrameType.HEADER, bytes([block.kind]) + start
    step = room - room % size
    for at in range(0, len(records), step):
        yield FrameType.DATA, records[at : at + step]


def _pack_run(run: Run) -> bytes:
    width = 2 if run.kind is Kind.CALORIES else 1
    try:
        return b"".join(
            value.to_bytes(width, "little", signed=run.kind is Kind.STRESS) for value in run.values
        )
    except OverflowError as error:
        raise OutOfRange(f"A value of {run.kind.name.lower()} does not fit.") from error


def _pack_records(block: Intervals | Vo2MaxValues) -> tuple[bytes, int]:
    if isinstance(block, Intervals):
        return b"".join(
            BEHAVIOR_RECORD.pack(item.kind, item.time - EPOCH_UNIX_S, item.end - EPOCH_UNIX_S)
            for item in block.items
        ), BEHAVIOR_RECORD.size
    return b"".join(
        VO2MAX_RECORD.pack(item.time - EPOCH_UNIX_S, item.value) for item in block.items
    ), VO2MAX_RECORD.size
