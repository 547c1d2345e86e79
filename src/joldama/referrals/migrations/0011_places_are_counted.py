from django.db import migrations

# What an opening says is taken is what drafts and referrals hold there: looked at when a transaction ends, since one
# that takes a place counts first and writes who has it after. A place that was held stays known, and is freed once.
GUARD = """
CREATE FUNCTION places_are_counted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    which uuid;
    told integer;
BEGIN
    IF TG_TABLE_NAME = 'openings_opening' THEN
        which := NEW.id;
    ELSE
        which := NEW.opening_id;
    END IF;
    SELECT taken INTO told FROM openings_opening WHERE id = which;
    IF told <> (SELECT count(*) FROM referrals_reservation WHERE opening_id = which AND freed_at IS NULL) THEN
        RAISE EXCEPTION 'the places taken are those that are held' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER openings_opening_taken AFTER UPDATE OF taken ON openings_opening
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.taken <> OLD.taken) EXECUTE FUNCTION places_are_counted();
CREATE CONSTRAINT TRIGGER openings_opening_new AFTER INSERT ON openings_opening
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.taken <> 0) EXECUTE FUNCTION places_are_counted();
CREATE CONSTRAINT TRIGGER referrals_reservation_counted AFTER INSERT OR UPDATE OF freed_at ON referrals_reservation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION places_are_counted();

CREATE FUNCTION reservation_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'a place that was held stays known' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.id, NEW.opening_id, NEW.reserved_at) IS DISTINCT FROM (OLD.id, OLD.opening_id, OLD.reserved_at)
        OR (OLD.freed_at IS NOT NULL AND NEW IS DISTINCT FROM OLD)
    THEN
        RAISE EXCEPTION 'a place is held where it was taken, and freed once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER referrals_reservation_rows BEFORE UPDATE OR DELETE ON referrals_reservation
    FOR EACH ROW EXECUTE FUNCTION reservation_stays();
CREATE TRIGGER referrals_reservation_whole BEFORE TRUNCATE ON referrals_reservation
    FOR EACH STATEMENT EXECUTE FUNCTION reservation_stays();
"""
UNGUARD = """
DROP TRIGGER referrals_reservation_rows ON referrals_reservation;
DROP TRIGGER referrals_reservation_whole ON referrals_reservation;
DROP FUNCTION reservation_stays();
DROP TRIGGER openings_opening_taken ON openings_opening;
DROP TRIGGER openings_opening_new ON openings_opening;
DROP TRIGGER referrals_reservation_counted ON referrals_reservation;
DROP FUNCTION places_are_counted();
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0010_withdrawn_answers"), ("openings", "0006_tables_taken_back")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
