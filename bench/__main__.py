# SPDX-License-Identifier: Apache-2.0
"""`make bench`: pledges as bare SQL, in process and through HTTP, and the public page.

Everything runs on this machine in one go, on a PostgreSQL of its own at default durability; quote
the ratios, since the figures move with the machine. `ARGS="--seconds 10"` measures longer.
"""

import argparse
import json
import os
import platform
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results" / "latest.json"
CLIENTS = (1, 8, 32)
TOGETHER = 64
HOT, SPREAD = "one hot reward", "1,000 rewards"
BATCH = f"{HOT}, {TOGETHER} together"
os.environ["DATABASE_POOL"] = "40"
os.environ["FIRSTFLIGHT_LOG_LEVEL"] = "WARNING"
os.environ["FIRSTFLIGHT_VAR"] = str(ROOT / "var" / "bench")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firstflight.config.settings")

from bench.figures import HEADING, Figure  # noqa: E402 - settings are read at import
from firstflight.config import embedded_postgres  # noqa: E402

if TYPE_CHECKING:
    from bench.world import World


def main() -> None:
    """Measure all, print as it comes, save, and end with the ratios."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=4.0, help="for each case (default: 4)")
    parser.add_argument("--processes", type=int, default=2, help="of the web server (default: 2)")
    arguments = parser.parse_args()
    print("Starting a PostgreSQL for the measurement …", flush=True)
    with embedded_postgres.running(ROOT / "var" / "bench-postgres", throwaway=True) as url:
        os.environ["DATABASE_URL"] = url
        figures = []
        print(f"\n{HEADING}", flush=True)
        for figure in cases(url, arguments.seconds, arguments.processes):
            figures.append(figure)
            print(figure.as_line(), flush=True)
        found = ratios({(figure.name, figure.clients): figure for figure in figures})
        wrong = numbers_that_may_never_be_wrong()
    print()
    for name, value in found.items():
        print(f"{name:60} {value:6.2f}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(
        json.dumps(
            {
                "python": platform.python_version(),
                "cores": os.cpu_count(),
                "seconds": arguments.seconds,
                "figures": [figure.as_json() for figure in figures],
                "ratios": found,
                "findings": wrong,
            },
            indent=2,
        )
    )
    print(f"\nSaved in {RESULTS.relative_to(ROOT)}.")
    if wrong or any(figure.failures for figure in figures):
        sys.exit("\n".join(["Something failed:", *wrong[:10]]))


def cases(url: str, seconds: float, processes: int) -> Iterator[Figure]:
    """All cases, one after another."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from bench import bare, world

    call_command("migrate", interactive=False, verbosity=0)
    made = world.make()
    yield from in_this_process(made, bare.prepare(), url, seconds)
    connections.close_all()
    yield from over_http(made, seconds, processes)


def in_this_process(
    made: "World", accounts: tuple[int, int], url: str, seconds: float
) -> Iterator[Figure]:
    """(a) and (b): each alone, then together."""
    from bench import bare, clients, in_process
    from firstflight.pledges.actions.place import place
    from firstflight.pledges.actions.place_together import place_together

    both = {HOT: made.hot, SPREAD: made.spread}
    sessions = {
        **{f"(a) bare SQL, {n}": bare.session(made, w, accounts, url) for n, w in both.items()},
        **{f"(b) place, {n}": in_process.session(made, w, place) for n, w in both.items()},
        **{
            f"(b) place_together, {n}": in_process.session(made, w, place_together)
            for n, w in both.items()
        },
    }
    for name, session in sessions.items():
        for at_once in CLIENTS:
            yield clients.measure(session, name=name, clients=at_once, seconds=seconds)
    yield clients.measure(
        in_process.session(made, made.sold_out, in_process.sold_out),
        name="(b) place, sold out",
        clients=1,
        seconds=seconds,
    )
    for name, session in (
        (f"(a) bare SQL, {BATCH}", bare.session(made, made.hot, accounts, url, TOGETHER)),
        (f"(b) place_many, {BATCH}", in_process.batches(made, made.hot, TOGETHER)),
    ):
        yield clients.measure(session, name=name, clients=1, seconds=seconds, each=TOGETHER)


def over_http(made: "World", seconds: float, processes: int) -> Iterator[Figure]:
    """(c) and (d): the web server as `firstflight serve` runs it."""
    from bench import http_load
    from firstflight.cli import workplace
    from firstflight.cli.supervisor import Supervisor

    port = workplace.free_port_near(8900)
    keys = count()
    with Supervisor(logs=ROOT / "var" / "bench" / "log") as supervisor:
        supervisor.start("serve", f"--port={port}", f"--processes={processes}")
        supervisor.wait_until_ready(f"http://127.0.0.1:{port}/health/ready")
        for name, wanted, clients in (
            *((HOT, made.hot, clients) for clients in CLIENTS),
            (SPREAD, made.spread, 32),
        ):
            ask = http_load.pledges(made, wanted, keys)
            # Each process reads the offer and the tokens once; that is not what is measured.
            http_load.measure(port, ask, name="", clients=clients, seconds=1.5, expected=201)
            yield http_load.measure(
                *(port, ask),
                name=f"(c) POST pledges, {name}",
                clients=clients,
                seconds=seconds,
                expected=201,
            )
        yield http_load.measure(
            *(port, http_load.pledges(made, made.sold_out, keys)),
            name="(c) POST pledges, sold out",
            clients=32,
            seconds=seconds,
            expected=409,
        )
        for clients in CLIENTS:
            yield http_load.measure(
                *(port, http_load.page("hot")),
                name="(d) the campaign’s page",
                clients=clients,
                seconds=seconds,
            )


def ratios(by: dict[tuple[str, int], Figure]) -> dict[str, float]:
    """What can be compared between machines."""

    def per(name: str, clients: int = 32) -> float:
        return by[name, clients].per_second

    post = by[f"(c) POST pledges, {HOT}", 32]
    bare = max(per(f"(a) bare SQL, {HOT}", at_once) for at_once in CLIENTS)
    pairs = {
        "(b)/(a) place to bare SQL, hot, 1 client": (
            *(per(f"(b) place, {HOT}", 1), per(f"(a) bare SQL, {HOT}", 1)),
        ),
        "(b)/(a) place_together, 32 clients, to the best bare SQL, hot": (
            *(per(f"(b) place_together, {HOT}"), bare),
        ),
        f"(b)/(a) place_many to bare SQL, hot, {TOGETHER} together": (
            *(per(f"(b) place_many, {BATCH}", 1), per(f"(a) bare SQL, {BATCH}", 1)),
        ),
        "(b) place_together, hot to spread, 32 clients": (
            *(per(f"(b) place_together, {HOT}"), per(f"(b) place_together, {SPREAD}")),
        ),
        "(c)/(a) POST, 32 clients, to the best bare SQL, hot": (post.per_second, bare),
        "(c) hot to spread, 32 clients": (post.per_second, per(f"(c) POST pledges, {SPREAD}")),
        "(b) sold out to pledge, 1 client": (
            *(per("(b) place, sold out", 1), per(f"(b) place, {HOT}", 1)),
        ),
        "(c) sold out to pledge, 32 clients": (
            *(per("(c) POST pledges, sold out"), post.per_second),
        ),
        "(c) p99 to p50, hot, 32 clients": (post.p99, post.p50),
    }
    return {name: round(above / below, 3) for name, (above, below) in pairs.items()}


def numbers_that_may_never_be_wrong() -> list[str]:
    """What the books say after all that; the bare SQL's own pledges are left out of it."""
    from django.db import connection, connections

    from firstflight.campaigns.models import Stock

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.id, s.taken, coalesce(sum(i.quantity), 0) FROM campaigns_stock s"
            " LEFT JOIN pledges_pledgeitem i ON i.reward_id = s.reward_id"
            " JOIN campaigns_reward r ON r.id = s.reward_id"
            " JOIN campaigns_campaign c ON c.id = r.campaign_id AND c.slug <> 'sold-out'"
            " GROUP BY s.id HAVING s.taken <> coalesce(sum(i.quantity), 0)"
        )
        wrong = [f"stock {s}: {taken} taken, {held} held" for s, taken, held in cursor.fetchall()]
    if Stock.objects.filter(reward__campaign__slug="sold-out").exclude(taken=1).exists():
        wrong.append("a sold-out reward was sold")
    connections.close_all()
    return wrong


if __name__ == "__main__":
    main()
