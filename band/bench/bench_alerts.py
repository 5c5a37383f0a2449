# SPDX-License-Identifier: Apache-2.0
"""From a notification on the phone to the LED on the strap, in one process: milliseconds.

Measured from the posting on the simulated iPhone over bumble's link (announcement, question about
four attributes, answer in fragments, rule engine) to the event that lights the LED.
"""

import asyncio
import gc
import time
from typing import Any

from bumble.link import LocalLink

from wena.ancs.app_names import AppNames
from wena.ancs.reader import AncsReader
from wena.ancs.session import AncsSession
from wena.ble.pairing import just_works
from wena.ble.radio import simulated_radio
from wena.notify.alert import Event
from wena.strap.events import Lit
from wena.strap.radio import StrapRadio
from wena.strap.strap import Strap
from wena.testing.iphone import SimulatedIphone
from wena.testing.notification_center import NotificationCenter, PhoneNotification

LIMIT_MS = 2.0
TIMES = 2_000
TEXT = "I am at the café already, see you there. " * 4


def run() -> list[dict[str, Any]]:
    """The strap's own share, and the whole way with both Bluetooth stacks."""
    return [
        _row("notification to LED, codec, session and rules", asyncio.run(_without_radio())),
        _row("notification to LED, both Bluetooth stacks too", asyncio.run(_over_the_air())),
    ]


async def _without_radio() -> list[float]:
    strap = Strap()
    center = NotificationCenter()

    async def write(value: bytes) -> None:
        answer = center.answer(value)
        for at in range(0, len(answer), 180):
            session.feed(answer[at : at + 180])

    session = AncsSession(write)

    def deliver(event: Event) -> None:
        strap.handle(event)

    reader = AncsReader(session, AppNames(), deliver)
    center.announce = reader.announce
    reading = asyncio.ensure_future(reader.run())
    taken = await _measure(strap, center)
    reading.cancel()
    return taken


async def _over_the_air() -> list[float]:
    link = LocalLink()  # type: ignore[no-untyped-call] # bumble leaves it untyped
    strap = Strap()
    radio = StrapRadio(strap, simulated_radio("strap", link), confirm=just_works)
    phone = SimulatedIphone(simulated_radio("iPhone", link))
    await radio.start()
    await phone.start()
    await phone.meet()
    while not phone.ancs.is_subscribed:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.2)
    taken = await _measure(strap, phone.center)
    await phone.leave()
    await radio.stop()
    return taken


async def _measure(strap: Strap, center: NotificationCenter) -> list[float]:
    lit = asyncio.Event()
    ended = 0.0

    def on_event(event: object) -> None:
        nonlocal ended
        if isinstance(event, Lit):
            ended = time.perf_counter()
            lit.set()

    strap.events.subscribe(on_event)
    taken = []
    gc.collect()
    for number in range(TIMES + TIMES // 10):
        lit.clear()
        started = time.perf_counter()
        uid = center.post(PhoneNotification("com.apple.MobileSMS", f"Aya {number}", TEXT))
        await asyncio.wait_for(lit.wait(), 5)
        if number >= TIMES // 10:
            taken.append((ended - started) * 1_000)
        center.remove(uid)
        while strap.alerts.current is not None:
            await asyncio.sleep(0)
    return taken


def _row(what: str, taken: list[float]) -> dict[str, Any]:
    ordered = sorted(taken)
    p99 = ordered[len(ordered) * 99 // 100]
    return {
        "what": what,
        "times": len(ordered),
        "median ms": ordered[len(ordered) // 2],
        "p99 ms": p99,
        "limit p99 ms": LIMIT_MS,
        "met": "yes" if p99 <= LIMIT_MS else "NO",
    }
