# SPDX-License-Identifier: Apache-2.0
"""Many clients at the same instant, each on a connection of its own."""

import threading
from collections.abc import Callable
from typing import TypeVar

from django.db import connections

from firstflight.kernel.errors import Refusal

Answer = TypeVar("Answer")
CLIENTS = 32


def race(*acts: Callable[[], Answer]) -> list[Answer | Exception]:
    """Start all acts together; answers, or what they raised, in the order of the acts."""
    barrier = threading.Barrier(len(acts))
    answers: list[Answer | Exception] = [RuntimeError("never ran")] * len(acts)

    def client(index: int) -> None:
        try:
            connections["default"].ensure_connection()
            barrier.wait(timeout=30)
            answers[index] = acts[index]()
        except Exception as error:  # the test looks at it
            answers[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=client, args=(index,)) for index in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def faults(answers: list[Answer | Exception]) -> list[Exception]:
    """What went wrong other than a refusal that a person would understand."""
    return [
        answer
        for answer in answers
        if isinstance(answer, Exception) and not isinstance(answer, Refusal)
    ]
