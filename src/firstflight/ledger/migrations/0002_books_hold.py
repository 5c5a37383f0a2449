# SPDX-License-Identifier: Apache-2.0
"""What the database itself guarantees of the books: balanced, append-only, one door."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the books are append-only: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_posting_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_posting
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

CREATE FUNCTION ledger_check_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
        WHERE p.entry_id = NEW.entry_id GROUP BY a.currency HAVING sum(p.minor) <> 0
    ) THEN
        RAISE EXCEPTION 'ledger entry % does not balance', NEW.entry_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_posting_balances AFTER INSERT ON ledger_posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_check_balance();

-- entries: [{key, event, book, memo, lines: [{account, kind, currency, minor}]}]; answers how many
-- were new. Accounts come into being with their first posting.
CREATE FUNCTION ledger_post(entries jsonb, posted_at timestamptz) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    posted integer;
BEGIN
    INSERT INTO ledger_account (book, name, kind, currency)
    SELECT DISTINCT e->>'book', l->>'account', l->>'kind', l->>'currency'
    FROM jsonb_array_elements(entries) e, jsonb_array_elements(e->'lines') l
    WHERE NOT EXISTS (
        SELECT 1 FROM ledger_account a WHERE a.book = e->>'book'
        AND a.name = l->>'account' AND a.currency = l->>'currency')
    ORDER BY 1, 2, 4
    ON CONFLICT DO NOTHING;

    WITH fresh AS (
        INSERT INTO ledger_entry (key, event, book, at, memo)
        SELECT e->>'key', e->>'event', e->>'book', posted_at, e->>'memo'
        FROM jsonb_array_elements(entries) e ORDER BY 1
        ON CONFLICT (key) DO NOTHING RETURNING id, key
    ), lines AS (
        INSERT INTO ledger_posting (entry_id, account_id, minor)
        SELECT f.id, a.id, (l->>'minor')::bigint
        FROM jsonb_array_elements(entries) e
        JOIN fresh f ON f.key = e->>'key'
        CROSS JOIN jsonb_array_elements(e->'lines') l
        JOIN ledger_account a ON a.book = e->>'book'
            AND a.name = l->>'account' AND a.currency = l->>'currency'
    )
    SELECT count(*) INTO posted FROM fresh;
    RETURN posted;
END $$;
"""

BACKWARDS = """
DROP FUNCTION ledger_post(jsonb, timestamptz);
DROP TRIGGER ledger_posting_balances ON ledger_posting;
DROP FUNCTION ledger_check_balance();
DROP TRIGGER ledger_posting_append_only ON ledger_posting;
DROP TRIGGER ledger_entry_append_only ON ledger_entry;
DROP FUNCTION ledger_refuse_change();
"""


class Migration(migrations.Migration):
    """Triggers and the posting function."""

    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
