-- Which of the wishes cannot be granted, by position: too few places are left, and none was granted
-- under the same key before. `wishes` is an array of {"person", "key", "places": {stock: places}}.
-- It takes no lock; `pledges_place` alone grants. As there, no plan may read a whole table.
CREATE OR REPLACE FUNCTION pledges_sold_out(wishes jsonb) RETURNS SETOF integer
LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
DECLARE
    wish jsonb;
    place integer := 0;
BEGIN
    FOR wish IN SELECT w FROM jsonb_array_elements(wishes) w LOOP
        IF EXISTS (
            SELECT FROM jsonb_each_text(wish->'places') t
            JOIN campaigns_stock s ON s.id = t.key::bigint
            WHERE s."limit" - s.taken < t.value::integer
        ) AND NOT EXISTS (
            SELECT FROM pledges_pledge
            WHERE person_id = (wish->>'person')::bigint AND key = wish->>'key'
        ) THEN
            RETURN NEXT place;
        END IF;
        place := place + 1;
    END LOOP;
END $$;
