# SPDX-License-Identifier: Apache-2.0
"""The database refuses to change what supporters rely on, whoever asks.

After approval: goal, currency, instants, zone and policy of a campaign, and price, promised
delivery and shipping fees of its rewards, stay; a limit only rises; no reward is removed. The
setting `firstflight.thaw` = 'on' lifts it for one session: for tests and rehearsals that play with
time, never set by the platform.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION campaigns_is_frozen(campaign bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce(current_setting('firstflight.thaw', true), '') <> 'on' AND EXISTS (
        SELECT 1 FROM campaigns_campaign WHERE id = campaign AND review_state = 'approved')
$$;

CREATE FUNCTION campaigns_refuse() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'supporters rely on this campaign: its promises are frozen'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION campaigns_keep_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF campaigns_is_frozen(OLD.id) THEN PERFORM campaigns_refuse(); END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER campaigns_terms_are_frozen BEFORE UPDATE ON campaigns_campaign
    FOR EACH ROW WHEN (OLD.review_state = 'approved' AND
        (NEW.review_state, NEW.goal_minor, NEW.currency, NEW.opens_at, NEW.closes_at,
         NEW.time_zone, NEW.below_goal, NEW.project_id)
        IS DISTINCT FROM
        (OLD.review_state, OLD.goal_minor, OLD.currency, OLD.opens_at, OLD.closes_at,
         OLD.time_zone, OLD.below_goal, OLD.project_id))
    EXECUTE FUNCTION campaigns_keep_terms();

CREATE FUNCTION campaigns_keep_reward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF campaigns_is_frozen(OLD.campaign_id) THEN PERFORM campaigns_refuse(); END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER campaigns_prices_are_frozen BEFORE UPDATE ON campaigns_reward
    FOR EACH ROW WHEN (
        (NEW.price_minor, NEW.delivery_from, NEW.delivery_to, NEW.is_addon, NEW.campaign_id)
        IS DISTINCT FROM
        (OLD.price_minor, OLD.delivery_from, OLD.delivery_to, OLD.is_addon, OLD.campaign_id))
    EXECUTE FUNCTION campaigns_keep_reward();
CREATE TRIGGER campaigns_rewards_stay BEFORE DELETE ON campaigns_reward
    FOR EACH ROW EXECUTE FUNCTION campaigns_keep_reward();

CREATE FUNCTION campaigns_keep_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF campaigns_is_frozen((SELECT campaign_id FROM campaigns_reward WHERE id = OLD.reward_id)) THEN
        PERFORM campaigns_refuse();
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER campaigns_limits_only_rise BEFORE UPDATE ON campaigns_stock
    FOR EACH ROW WHEN (NEW."limit" < coalesce(OLD."limit", 2147483647))
    EXECUTE FUNCTION campaigns_keep_part();
CREATE TRIGGER campaigns_places_stay BEFORE DELETE ON campaigns_stock
    FOR EACH ROW EXECUTE FUNCTION campaigns_keep_part();
CREATE TRIGGER campaigns_fees_are_frozen BEFORE UPDATE OR DELETE ON campaigns_shippingfee
    FOR EACH ROW EXECUTE FUNCTION campaigns_keep_part();
"""

BACKWARDS = """
DROP TRIGGER campaigns_fees_are_frozen ON campaigns_shippingfee;
DROP TRIGGER campaigns_places_stay ON campaigns_stock;
DROP TRIGGER campaigns_limits_only_rise ON campaigns_stock;
DROP FUNCTION campaigns_keep_part();
DROP TRIGGER campaigns_rewards_stay ON campaigns_reward;
DROP TRIGGER campaigns_prices_are_frozen ON campaigns_reward;
DROP FUNCTION campaigns_keep_reward();
DROP TRIGGER campaigns_terms_are_frozen ON campaigns_campaign;
DROP FUNCTION campaigns_keep_terms();
DROP FUNCTION campaigns_refuse();
DROP FUNCTION campaigns_is_frozen(bigint);
"""


class Migration(migrations.Migration):
    """Triggers that hold a promise."""

    dependencies = [("campaigns", "0002_submission")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
