# SPDX-License-Identifier: Apache-2.0
"""(a) The pledge transaction as hand-written SQL: the same rows, and nothing besides.

One function on the server takes the place and writes pledge, item, history, ledger entry, two
postings and a job. It checks the stock and nothing else: no key, no cap, no window, no campaign.
"""

import json
import random
import threading
import time

import psycopg
from django.db import connection

from bench.figures import Figure, figure
from bench.world import Wanted, World
from firstflight.campaigns.offers import offer
from firstflight.kernel.ids import uuid7
from firstflight.pledges.quotes import Choice, digest, quote

FUNCTION = """
CREATE FUNCTION bench_place(
    stocks bigint[], rewards bigint[], ids uuid[], people bigint[], campaign bigint, agreed jsonb,
    hash text, held_account bigint, supporters_account bigint
) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    at timestamptz := clock_timestamp();
BEGIN
    UPDATE campaigns_stock s SET taken = taken + w.places FROM (
        SELECT stock, count(*) AS places FROM unnest(stocks) AS u (stock) GROUP BY stock
    ) w WHERE s.id = w.stock AND (s."limit" IS NULL OR s.taken + w.places <= s."limit");
    IF NOT FOUND THEN RETURN 0; END IF;
    INSERT INTO pledges_pledge (id, campaign_id, person_id, state, currency, items_minor,
        shipping_minor, bonus_minor, total_minor, ship_to, language, source, anonymous, agreed,
        agreed_hash, key, request_hash, placed_at, hold_expires_at)
    SELECT u.id, campaign, u.person, 'held', 'JPY', 34800, 0, 0, 34800, 'JP', 'en', 'bench', false,
        agreed, hash, u.id::text, hash, at, at + interval '15 minutes'
    FROM unnest(ids, people) AS u (id, person);
    INSERT INTO pledges_pledgeitem (pledge_id, reward_id, variant_id, quantity, unit_minor)
    SELECT u.id, u.reward, NULL, 1, 34800 FROM unnest(ids, rewards) AS u (id, reward);
    INSERT INTO pledges_pledgemove (pledge_id, old, new, actor_id, reason, at)
    SELECT u.id, '', 'held', u.person, '', at FROM unnest(ids, people) AS u (id, person);
    WITH fresh AS (
        INSERT INTO ledger_entry (key, event, book, at, memo)
        SELECT 'bench:' || u.id, 'pledge_placed', 'bench', at, '' FROM unnest(ids) AS u (id)
        RETURNING id
    )
    INSERT INTO ledger_posting (entry_id, account_id, minor)
    SELECT fresh.id, line.account, line.minor FROM fresh, (VALUES
        (held_account, 34800::bigint), (supporters_account, -34800::bigint)) AS line (account, minor);
    INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status)
    SELECT 'bench', 'bench', 0, jsonb_build_object('pledge', u.id), 'todo' FROM unnest(ids) AS u (id);
    RETURN cardinality(ids);
END $$;
INSERT INTO ledger_account (book, name, kind, currency) VALUES
    ('bench', 'promises_held', 'promise', 'JPY'), ('bench', 'promises_of_supporters', 'promise', 'JPY');
"""
CALL = "SELECT bench_place(%s, %s, %s, %s, %s, %s, %s, %s, %s)"


def prepare() -> tuple[int, int]:
    """Create the function; the two accounts it posts to."""
    with connection.cursor() as cursor:
        cursor.execute(FUNCTION)
        cursor.execute("SELECT id FROM ledger_account WHERE book = 'bench' ORDER BY name")
        held, supporters = (row[0] for row in cursor.fetchall())
    return held, supporters


def measure(
    world: World,
    wanted: Wanted,
    accounts: tuple[int, int],
    *,
    url: str,
    name: str,
    clients: int,
    seconds: float,
    at_once: int = 1,
) -> Figure:
    """So many clients, each on a connection of its own, place `at_once` pledges a transaction."""
    agreed = quote(offer(wanted.campaign.slug), [Choice(wanted.rewards[0])], ship_to="JP").agreed()
    text, seal = json.dumps(agreed), digest(agreed)
    latencies: list[list[float]] = [[] for _ in range(clients)]
    barrier = threading.Barrier(clients + 1)
    stop = threading.Event()

    def client(number: int) -> None:
        dice = random.Random(number)
        with psycopg.connect(url, autocommit=True) as own:
            barrier.wait()
            while not stop.is_set():
                places = [dice.randrange(len(wanted.rewards)) for _ in range(at_once)]
                people = [dice.choice(world.people) for _ in range(at_once)]
                began = time.perf_counter()
                own.execute(
                    CALL,
                    [
                        sorted(wanted.stocks[place] for place in places),
                        [wanted.rewards[place] for place in places],
                        [uuid7() for _ in places],
                        people,
                        wanted.campaign.pk,
                        text,
                        seal,
                        *accounts,
                    ],
                )
                latencies[number].append(time.perf_counter() - began)

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
    return figure(name, clients, took, [one for each in latencies for one in each], each=at_once)
