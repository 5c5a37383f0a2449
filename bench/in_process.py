# SPDX-License-Identifier: Apache-2.0
"""(b) The same through `pledges.actions.place`, in this process: threads are the clients."""

import random
import threading
import time
from itertools import count

from django.db import connections

from bench.figures import Figure, figure
from bench.world import Wanted, World
from firstflight.pledges.actions.place import Request, place, place_many
from firstflight.pledges.quotes import Choice

_keys = count()


def measure(
    world: World, wanted: Wanted, *, name: str, clients: int, seconds: float, at_once: int = 1
) -> Figure:
    """Each client places `at_once` pledges a call, one after another."""
    latencies: list[list[float]] = [[] for _ in range(clients)]
    failures = [0] * clients
    barrier = threading.Barrier(clients + 1)
    stop = threading.Event()

    def client(number: int) -> None:
        dice = random.Random(number)
        connections["default"].ensure_connection()
        barrier.wait()
        while not stop.is_set():
            people = dice.sample(world.people, at_once)
            requests = [_request(wanted, dice, person) for person in people]
            began = time.perf_counter()
            if at_once == 1:
                place(requests[0])
            else:
                refused = [a for a in place_many(requests) if isinstance(a, Exception)]
                failures[number] += len(refused)
            latencies[number].append(time.perf_counter() - began)
        connections.close_all()

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
    every = [one for each in latencies for one in each]
    return figure(name, clients, took, every, each=at_once, failures=sum(failures))


def _request(wanted: Wanted, dice: random.Random, person: int) -> Request:
    return Request(
        slug=wanted.campaign.slug,
        person_id=person,
        key=f"bench-{next(_keys)}",
        choices=(Choice(dice.choice(wanted.rewards)),),
        ship_to="JP",
        source="bench",
        method_id="pm_card_visa",
    )
