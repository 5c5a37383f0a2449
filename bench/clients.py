# SPDX-License-Identifier: Apache-2.0
"""Clients in threads of this process, each asking again as soon as it was answered."""

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from bench.figures import Figure, figure

#: One call: does it, and answers how many seconds it took without what prepared it.
Act = Callable[[], float]
Session = Callable[[int], AbstractContextManager[Act]]


def measure(session: Session, *, name: str, clients: int, seconds: float, each: int = 1) -> Figure:
    """So many clients at once, each in a session of its own; a call does `each` pledges."""
    latencies: list[list[float]] = [[] for _ in range(clients)]
    barrier = threading.Barrier(clients + 1)
    stop = threading.Event()

    def client(number: int) -> None:
        with session(number) as act:
            barrier.wait()
            while not stop.is_set():
                latencies[number].append(act())

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    barrier.wait()
    began = time.perf_counter()
    time.sleep(seconds)
    stop.set()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - began
    return figure(name, clients, took, [one for own in latencies for one in own], each=each)
