-- Place pledges: `requests` is an array in order of arrival, at most one per person (pledges.actions
-- .place sees to it). Answers an array in the same order: {"outcome": "placed" | "replayed" | a
-- refusal's code, "pledge": id, "at": instant}. Locks in the order of pledges.locks.
--
-- A connection keeps its plans, and one made while a table was small would read all of it for ever:
-- hence no sequential scans here, and foreign keys are checked before the function ends.
CREATE OR REPLACE FUNCTION pledges_place(requests jsonb, virtual_now timestamptz) RETURNS jsonb
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    at timestamptz;
    request jsonb;
    wish record;
    outcome text;
    known record;
    stock_ids bigint[];
    free bigint[];
    booked bigint[];
    place integer;
    answers jsonb[] := '{}';
    granted jsonb[] := '{}';
    batch jsonb;
BEGIN
    PERFORM pg_advisory_xact_lock(1, p.id) FROM (
        SELECT DISTINCT (r->>'person')::integer AS id FROM jsonb_array_elements(requests) r
        ORDER BY 1) p;
    PERFORM pg_advisory_xact_lock_shared(2, c.id) FROM (
        SELECT DISTINCT (r->>'campaign')::integer AS id FROM jsonb_array_elements(requests) r
        ORDER BY 1) c;
    SELECT array_agg(s.id), array_agg(s.free), array_fill(0::bigint, ARRAY[count(*)::integer])
    INTO stock_ids, free, booked
    FROM (
        SELECT id, coalesce("limit" - taken, 2147483647) AS free
        FROM campaigns_stock WHERE id = ANY (
            SELECT t.key::bigint FROM jsonb_array_elements(requests) r, jsonb_each(r->'takes') t)
        ORDER BY id FOR NO KEY UPDATE
    ) s;
    -- Only now, with every lock held, is it known what time it is for these pledges.
    at := coalesce(virtual_now, clock_timestamp());

    FOR request IN SELECT r FROM jsonb_array_elements(requests) r LOOP
        outcome := NULL;
        SELECT id, request_hash INTO known FROM pledges_pledge
        WHERE person_id = (request->>'person')::bigint AND key = request->>'key';
        IF known.id IS NOT NULL THEN
            answers := answers || jsonb_build_object(
                'outcome', CASE WHEN known.request_hash = request->>'request_hash'
                    THEN 'replayed' ELSE 'idempotency_key_reused' END,
                'pledge', known.id);
            CONTINUE;
        END IF;

        SELECT CASE
            WHEN funding_state <> 'live' OR at < opens_at OR at >= closes_at THEN 'campaign_not_live'
            WHEN offer_version <> (request->>'offer_version')::integer THEN 'offer_changed'
        END INTO outcome FROM campaigns_campaign WHERE id = (request->>'campaign')::bigint;

        IF outcome IS NULL AND EXISTS (
            SELECT 1 FROM jsonb_array_elements(request->'windows') w
            WHERE at < (w->>'opens_at')::timestamptz OR at >= (w->>'closes_at')::timestamptz
        ) THEN
            outcome := 'reward_not_open';
        END IF;

        IF outcome IS NULL THEN
            FOR wish IN SELECT key::bigint AS stock, value::bigint AS places
                FROM jsonb_each_text(request->'takes') LOOP
                place := array_position(stock_ids, wish.stock);
                IF booked[place] + wish.places > free[place] THEN
                    outcome := 'reward_sold_out';
                END IF;
            END LOOP;
        END IF;

        IF outcome IS NULL AND EXISTS (
            SELECT 1 FROM jsonb_array_elements(request->'caps') c
            WHERE (c->>'quantity')::integer + (
                SELECT coalesce(sum(i.quantity), 0)
                FROM pledges_pledge p JOIN pledges_pledgeitem i ON i.pledge_id = p.id
                WHERE p.person_id = (request->>'person')::bigint
                AND i.reward_id = (c->>'reward')::bigint
                AND p.state IN ('held', 'active', 'locked', 'errored', 'collected',
                    'partially_refunded', 'disputed')
            ) > (c->>'cap')::integer
        ) THEN
            outcome := 'cap_exceeded';
        END IF;

        IF outcome IS NULL THEN
            FOR wish IN SELECT key::bigint AS stock, value::bigint AS places
                FROM jsonb_each_text(request->'takes') LOOP
                place := array_position(stock_ids, wish.stock);
                booked[place] := booked[place] + wish.places;
            END LOOP;
            outcome := 'placed';
            granted := granted || request;
        END IF;
        answers := answers || jsonb_build_object('outcome', outcome, 'pledge', request->'id', 'at', at);
    END LOOP;

    batch := to_jsonb(granted);
    IF jsonb_array_length(batch) > 0 THEN
        UPDATE campaigns_stock s SET taken = s.taken + t.places
        FROM unnest(stock_ids, booked) AS t (id, places) WHERE s.id = t.id AND t.places > 0;

        INSERT INTO pledges_pledge (id, campaign_id, person_id, state, currency, items_minor,
            shipping_minor, bonus_minor, total_minor, ship_to, language, source, anonymous, agreed,
            agreed_hash, key, request_hash, placed_at, hold_expires_at)
        SELECT r.id, r.campaign, r.person, 'held', r.currency, r.items_minor, r.shipping_minor,
            r.bonus_minor, r.total_minor, r.ship_to, r.language, r.source, r.anonymous, r.agreed,
            r.agreed_hash, r.key, r.request_hash, at, at + make_interval(mins => r.hold_minutes)
        FROM jsonb_to_recordset(batch) AS r (id uuid, campaign bigint, person bigint, currency text,
            items_minor bigint, shipping_minor bigint, bonus_minor bigint, total_minor bigint,
            ship_to text, language text, source text, anonymous boolean, agreed jsonb,
            agreed_hash text, key text, request_hash text, hold_minutes integer);

        INSERT INTO pledges_pledgeitem (pledge_id, reward_id, variant_id, quantity, unit_minor)
        SELECT (r->>'id')::uuid, i.reward, i.variant, i.quantity, i.unit_minor
        FROM jsonb_array_elements(batch) r, jsonb_to_recordset(r->'items') AS i (
            reward bigint, variant bigint, quantity integer, unit_minor bigint);

        INSERT INTO pledges_pledgemove (pledge_id, old, new, actor_id, reason, at)
        SELECT (r->>'id')::uuid, '', 'held', (r->>'person')::bigint, '', at
        FROM jsonb_array_elements(batch) r;

        PERFORM ledger_post((SELECT jsonb_agg(r->'entry') FROM jsonb_array_elements(batch) r), at);

        PERFORM procrastinate_defer_jobs_v1(array_agg(ROW(
            r->'job'->>'queue', r->'job'->>'task', 0, NULL, NULL, r->'job'->'args', NULL
        )::procrastinate_job_to_defer_v1))
        FROM jsonb_array_elements(batch) r WHERE r ? 'job' HAVING count(*) > 0;

        SET CONSTRAINTS ALL IMMEDIATE;
        SET CONSTRAINTS ALL DEFERRED;
    END IF;
    RETURN to_jsonb(answers);
END $$;
