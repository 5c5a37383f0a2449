# SPDX-License-Identifier: Apache-2.0
"""Place a pledge together with those that arrive at the same moment: one call, one commit.

The row of a wanted reward stays locked until its commit has reached the disk, so that pledges
booked one by one form a queue. Here whoever comes first books for all who came meanwhile, and each
gets an answer of its own. There is no thread to start, to stop or to die: the leader is one of
those who ask, and hands over when its own pledge is answered.
"""

import threading
from collections import deque

from django.db import connection

from firstflight.kernel.errors import Refusal
from firstflight.pledges.actions.place import Placed, Request, place, place_many
from firstflight.pledges.errors import TooBusy

MOST = 128  # in one transaction: more would make the first of them wait for too long
WAITING_MOST = 1_000  # in one process: beyond, it is kinder to say so at once
PATIENCE_SECONDS = 20.0


class _Waiting:
    """One who asks. Called without an answer, it is their turn to lead."""

    __slots__ = ("answer", "called", "request")

    def __init__(self, request: Request) -> None:
        self.request = request
        self.called = threading.Event()
        self.answer: Placed | Exception | None = None


_guard = threading.Lock()
_waiting: deque[_Waiting] = deque()
_led = False


def place_together(request: Request) -> Placed:
    """Place one pledge; it is in the books, on disk, when this returns.

    Raises:
        Refusal: one of `pledges.errors`, or `NotFound` for an unknown campaign.
        TooBusy: too many are waiting; nothing was placed.
    """
    if connection.in_atomic_block:
        return place(request)  # the caller's transaction is nobody else's
    mine = _Waiting(request)
    if not _leads(mine) and not mine.called.wait(PATIENCE_SECONDS):
        _give_up(mine)
    answer = mine.answer or _lead(mine)
    if isinstance(answer, Exception):
        raise answer
    return answer


def _leads(mine: _Waiting) -> bool:
    """Queue up; whether nobody leads yet, so that it falls to this one."""
    global _led
    with _guard:
        if len(_waiting) >= WAITING_MOST:
            raise TooBusy
        _waiting.append(mine)
        if _led:
            return False
        _led = True
        return True


def _give_up(mine: _Waiting) -> None:
    """Leave the queue, unless the answer, or the turn to lead, came at the last moment.

    Raises:
        TooBusy: it left; nothing was placed.
    """
    with _guard:
        if mine in _waiting and not mine.called.is_set():
            _waiting.remove(mine)
            raise TooBusy
    mine.called.wait()


def _lead(mine: _Waiting) -> Placed | Exception:
    """Answer turn after turn until one's own is answered, then call the next leader."""
    try:
        while mine.answer is None:
            with _guard:
                turn = [_waiting.popleft() for _ in range(min(len(_waiting), MOST))]
            _answer_turn(turn, leader=mine)
    finally:
        _hand_over()
    return mine.answer


def _answer_turn(turn: list[_Waiting], leader: _Waiting) -> None:
    try:
        _answer(turn)
    finally:
        for each in turn:
            if each is not leader:
                # Only where this process is being ended; the same key tells later what came of it.
                each.answer = each.answer or TooBusy()
                each.called.set()


def _hand_over() -> None:
    global _led
    with _guard:
        _led = bool(_waiting)
        if _waiting:
            _waiting[0].called.set()


def _answer(turn: list[_Waiting]) -> None:
    """Place them together; if that fails as a whole, each alone, so that one harms no other."""
    try:
        answers: list[Placed | Refusal] = place_many([each.request for each in turn])
    except Exception as error:
        if len(turn) == 1:
            turn[0].answer = error
            return
        for each in turn:
            _answer([each])
        return
    for each, answer in zip(turn, answers, strict=True):
        each.answer = answer
