# SPDX-License-Identifier: Apache-2.0
"""Clients that keep a connection open and ask again as soon as they were answered.

Plain sockets under asyncio, since the load runs on the cores that it measures: a client library
would cost more than the server.
"""

import asyncio
import json
import random
import time
from collections.abc import Callable, Iterator
from typing import cast

from bench.figures import Figure, figure
from bench.world import Wanted, World

NextRequest = Callable[[int], bytes]


class _Client(asyncio.Protocol):
    def __init__(self, number: int, next_request: NextRequest, expected: int) -> None:
        self.number, self.next_request, self.expected = number, next_request, expected
        self.latencies: list[float] = []
        self.failures = 0
        self.running = True
        self.buffer = b""
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self._ask()

    def _ask(self) -> None:
        self.buffer = b""
        self.began = time.perf_counter()
        self.transport.write(self.next_request(self.number))

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, separator, body = self.buffer.partition(b"\r\n\r\n")
        if not separator or len(body) < _length(head):
            return
        self.latencies.append(time.perf_counter() - self.began)
        if int(head[9:12]) != self.expected:
            self.failures += 1
        if self.running:
            self._ask()
        else:
            self.transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        if self.running:
            self.failures += 1
        if not self.done.done():
            self.done.set_result(None)


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


def measure(
    port: int,
    next_request: NextRequest,
    *,
    name: str,
    clients: int,
    seconds: float,
    expected: int = 200,
) -> Figure:
    """So many connections; answers other than `expected` are counted as failures."""
    return asyncio.run(_measure(port, next_request, name, clients, seconds, expected))


async def _measure(
    port: int, next_request: NextRequest, name: str, clients: int, seconds: float, expected: int
) -> Figure:
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    made = []
    for number in range(clients):
        _, client = await loop.create_connection(
            lambda number=number: _Client(number, next_request, expected),  # type: ignore[misc]
            "127.0.0.1",
            port,
        )
        made.append(client)
    await asyncio.sleep(seconds)
    for client in made:
        client.running = False
    await asyncio.wait([client.done for client in made], timeout=30)
    took = time.perf_counter() - began
    latencies = [one for client in made for one in client.latencies]
    failures = sum(client.failures for client in made)
    return figure(name, clients, took, latencies, failures=failures)


def pledges(world: World, wanted: Wanted, keys: Iterator[int]) -> NextRequest:
    """POST /api/v1/campaigns/{slug}/pledges: each with a key of its own, people at random."""
    dice = random.Random(7)

    def next_request(number: int) -> bytes:
        reward = dice.choice(wanted.rewards)
        wish = {"items": [{"reward": reward}], "ship_to": "JP", "payment_method": "pm_card_visa"}
        body = json.dumps(wish).encode()
        head = (
            f"POST /api/v1/campaigns/{wanted.campaign.slug}/pledges HTTP/1.1\r\n"
            "Host: localhost\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {dice.choice(world.tokens)}\r\n"
            f"Idempotency-Key: bench-{next(keys)}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    return next_request


def page(slug: str) -> NextRequest:
    """GET the public page, as a visitor whom nobody knows."""
    request = f"GET /campaigns/{slug}/ HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\n\r\n"
    return lambda number: request.encode()
