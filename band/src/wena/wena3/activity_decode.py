# SPDX-License-Identifier: Apache-2.0
"""Payloads of the log, gathered for one kind until it is closed. Memory is bounded.

A record never spans notifications: what is left over at the end of one is discarded.
"""

import struct
import sys
from array import array
from typing import Protocol

from wena.activity.records import Behaviour, BehaviourSpan, Vo2Max
from wena.wena3.activity_kinds import (
    LINEAR,
    Block,
    Intervals,
    Kind,
    Run,
    Vo2MaxValues,
)
from wena.wena3.reading import Reading
from wena.wena3.wtime import EPOCH_UNIX_S, read_time

LINEAR_HEADER = 5
MOST_BYTES = 4 * 1024 * 1024
"""Of one kind in one transfer: four years of the widest kind."""

BEHAVIOR_RECORD = struct.Struct("<B4xii")
VO2MAX_RECORD = struct.Struct("<iB")


class Gatherer(Protocol):
    """Collects the payloads of one kind. `skipped` counts records that could not be read."""

    skipped: int

    def add(self, payload: bytes) -> None:
        """Take the payload of one notification."""

    def block(self) -> Block | None:
        """What was gathered; None if that is nothing."""


def open_kind(payload: bytes, reading: Reading) -> Gatherer | None:
    """A gatherer for a header's payload; None for kinds that are not known or headers cut short."""
    if not payload or payload[0] > Kind.CALORIES:
        return None
    kind = Kind(payload[0])
    if kind in LINEAR:
        if len(payload) < LINEAR_HEADER:
            return None
        return _Linear(kind, read_time(payload, 1))
    return _Behaviors(reading) if kind is Kind.BEHAVIOR else _Vo2Max()


class _Linear:
    def __init__(self, kind: Kind, start_unix_s: int) -> None:
        self.skipped = 0
        self._kind = kind
        self._start = start_unix_s
        self._width = 2 if kind is Kind.CALORIES else 1
        self._bytes = bytearray()

    def add(self, payload: bytes) -> None:
        if self._width == 2 and len(payload) % 2:
            payload = payload[:-1]
        if len(self._bytes) + len(payload) > MOST_BYTES:
            self.skipped += len(payload) // self._width
            return
        self._bytes += payload

    def block(self) -> Run | None:
        if not self._bytes:
            return None
        if self._kind is Kind.CALORIES:
            words = array("H", bytes(self._bytes))
            if sys.byteorder == "big":
                words.byteswap()
            return Run(self._kind, self._start, words)
        if self._kind is Kind.STRESS:
            return Run(self._kind, self._start, array("b", bytes(self._bytes)))
        return Run(self._kind, self._start, bytes(self._bytes))


class _Behaviors:
    def __init__(self, reading: Reading) -> None:
        self.skipped = 0
        self._reading = reading
        self._found: list[BehaviourSpan] = []
        self._spoiled = False

    def add(self, payload: bytes) -> None:
        whole = len(payload) - len(payload) % BEHAVIOR_RECORD.size
        for number, start, end in BEHAVIOR_RECORD.iter_unpack(payload[:whole]):
            full = len(self._found) * BEHAVIOR_RECORD.size > MOST_BYTES
            if number > Behaviour.STATIC or full:
                self.skipped += 1
                self._spoiled = True
                continue
            self._found.append(
                BehaviourSpan(EPOCH_UNIX_S + start, EPOCH_UNIX_S + end, Behaviour(number))
            )

    def block(self) -> Intervals | None:
        if not self._found or (self._spoiled and self._reading is Reading.SOURCE):
            return None
        return Intervals(tuple(self._found))


class _Vo2Max:
    def __init__(self) -> None:
        self.skipped = 0
        self._found: list[Vo2Max] = []
        self._seen: dict[int, int] = {}

    def add(self, payload: bytes) -> None:
        whole = len(payload) - len(payload) % VO2MAX_RECORD.size
        for seconds, value in VO2MAX_RECORD.iter_unpack(payload[:whole]):
            if len(self._found) * VO2MAX_RECORD.size > MOST_BYTES:
                self.skipped += 1
                continue
            time = EPOCH_UNIX_S + seconds
            index = self._seen.get(time, 0)
            self._seen[time] = index + 1
            self._found.append(Vo2Max(time, value, index))

    def block(self) -> Vo2MaxValues | None:
        return Vo2MaxValues(tuple(self._found)) if self._found else None
