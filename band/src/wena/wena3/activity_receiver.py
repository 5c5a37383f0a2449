# SPDX-License-Identifier: Apache-2.0
"""The log's stream, from notifications to blocks. Bytes in, blocks out, never an exception.

There is no acknowledgement and no way to ask again: what was lost is fetched by another transfer.
A kind is delivered when it is closed: by the next header, by a finish, by a gap in the numbers, or
(careful reading) by a wrong checksum, after which the rest is ignored up to the next transfer, as
minutes carry no index and would move. Of a kind that lost something, no more is taken in the same
transfer, so that the newest stored time never jumps over a gap.
"""

from dataclasses import dataclass

from wena.wena3.activity_decode import Gatherer, open_kind
from wena.wena3.activity_frame import FIRST_SEQUENCE, HEAD, FrameType, activity_crc, next_sequence
from wena.wena3.activity_kinds import Block, Kind
from wena.wena3.reading import Reading

DATA, HEADER, FINISH = FrameType.DATA, FrameType.HEADER, FrameType.FINISH


@dataclass(slots=True)
class Faults:
    """What could not be used, counted."""

    malformed: int = 0
    out_of_order: int = 0
    damaged: int = 0
    without_kind: int = 0
    records: int = 0

    @property
    def lost_data(self) -> int:
        """How often something was lost that another transfer may bring."""
        return self.malformed + self.out_of_order + self.damaged


class ActivityReceiver:
    """One link's receiver. Feed it every notification of `activity`."""

    def __init__(self, reading: Reading = Reading.CAREFUL) -> None:
        self.faults = Faults()
        self.is_finished = False
        """Whether the newest notification was a finish: of one kind or of all, no one knows."""
        self._reading = reading
        self._expected = FIRST_SEQUENCE
        self._gathering: Gatherer | None = None
        self._is_spoiled = False
        self._kind: int | None = None
        self._given_up: set[int] = set()

    def feed(self, value: bytes) -> Block | None:
        """Take one notification; returns the block that it closed, if it did."""
        if len(value) < HEAD or value[3] > FINISH:
            self.faults.malformed += 1
            return None
        sequence = value[0]
        if sequence == FIRST_SEQUENCE:
            self._gathering = None
            self._is_spoiled = False
            self._kind = None
            self._given_up.clear()
        elif self._is_spoiled:
            self.faults.out_of_order += 1
            return None
        elif sequence != self._expected:
            self.faults.out_of_order += 1
            self._give_up_kind()
            return self.close()
        self._expected = 0 if sequence == FIRST_SEQUENCE else next_sequence(sequence)
        if activity_crc(value[3:]) != value[1] | value[2] << 8:
            self.faults.damaged += 1
            self._is_spoiled = self._reading is Reading.CAREFUL
            return self.close() if self._is_spoiled else None
        return self._take(value)

    def close(self) -> Block | None:
        """Deliver what was gathered of the open kind; also when the link was cut."""
        gathering, self._gathering = self._gathering, None
        if gathering is None:
            return None
        block = gathering.block()
        self.faults.records += gathering.skipped
        return block

    def _take(self, value: bytes) -> Block | None:
        kind = value[3]
        self.is_finished = kind == FINISH
        if kind == DATA:
            if self._gathering is None:
                self.faults.without_kind += 1
            else:
                self._gathering.add(value[HEAD:])
            return None
        closed = self.close()
        if kind == HEADER:
            self._open(value[HEAD:])
        return closed

    def _open(self, header: bytes) -> None:
        self._kind = header[0] if header else None
        if self._kind in self._given_up:
            return
        self._gathering = open_kind(header, self._reading)
        if self._gathering is None and (not header or header[0] <= Kind.CALORIES):
            self.faults.malformed += 1
            self._give_up_kind()

    def _give_up_kind(self) -> None:
        """Take no more of the open kind in this transfer, in the careful reading.

        A later run of it would move the newest time past what is missing, and the next transfer
        would not ask for that again. Where the kind is not known either, take nothing more.
        """
        if self._reading is Reading.SOURCE:
            return
        if self._kind is None:
            self._is_spoiled = True
        else:
            self._given_up.add(self._kind)
