# SPDX-License-Identifier: Apache-2.0
"""(a) The pledge transaction as hand-written SQL: the same rows, and nothing besides.

One function on the server takes the place and writes pledge, item, history, ledger entry, two
postings and a job. It checks the stock and nothing else: no key, no cap, no window, no campaign.
"""

import json
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection

from bench.clients import Act, Session
from bench.world import Wanted, World
from firstflight.campaigns.offers import offer
from firstflight.kernel.ids import uuid7
from firstflight.pledges.quotes import Choice, digest, quote

FUNCTION = """
CREATE FUNCTION bench_place(
    stocks bigint[], rewards bigint[], ids uuid[], people bigint[], campaign bigint, agreed jsonb,
    hash text, held_account bigint, supporters_account bigint
) RETURNS integer LANGUAGE plpgsql SET enable_seqscan = off AS $$
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
        (held_account, 34800::bigint), (supporters_account, -34800::bigint)
    ) AS line (account, minor);
    INSERT INTO procrastinate_jobs (queue_name, task_name, priority, args, status)
    SELECT 'bench', 'bench', 0, jsonb_build_object('pledge', u.id), 'todo'
    FROM unnest(ids) AS u (id);
    SET CONSTRAINTS ALL IMMEDIATE;
    SET CONSTRAINTS ALL DEFERRED;
    RETURN cardinality(ids);
END $$;
INSERT INTO ledger_account (book, name, kind, currency) VALUES
    ('bench', 'promises_held', 'promise', 'JPY'),
    ('bench', 'promises_of_supporters', 'promise', 'JPY');
"""
CALL = "SELECT bench_place(%s, %s, %s, %s, %s, %s, %s, %s, %s)"


def prepare() -> tuple[int, int]:
    """Create the function; the two accounts it posts to."""
    with connection.cursor() as cursor:
        cursor.execute(FUNCTION)
        cursor.execute("SELECT id FROM ledger_account WHERE book = 'bench' ORDER BY name")
        held, supporters = (row[0] for row in cursor.fetchall())
    return held, supporters


def session(
    world: World, wanted: Wanted, accounts: tuple[int, int], url: str, at_once: int = 1
) -> Session:
    """A client with a connection of its own that places `at_once` pledges a transaction."""
    agreed = quote(offer(wanted.campaign.slug), [Choice(wanted.rewards[0])], ship_to="JP").agreed()
    frozen = (wanted.campaign.pk, json.dumps(agreed), digest(agreed), *accounts)

    @contextmanager
    def connected(number: int) -> Iterator[Act]:
        dice = random.Random(number)
        with psycopg.connect(url, autocommit=True) as own:

            def act() -> float:
                places = [dice.randrange(len(wanted.rewards)) for _ in range(at_once)]
                stocks = sorted(wanted.stocks[place] for place in places)
                rewards = [wanted.rewards[place] for place in places]
                ids = [uuid7() for _ in places]
                people = [dice.choice(world.people) for _ in places]
                began = time.perf_counter()
                own.execute(CALL, [stocks, rewards, ids, people, *frozen])
                return time.perf_counter() - began

            yield act

    return connected
