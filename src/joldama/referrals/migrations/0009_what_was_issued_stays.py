from django.db import migrations

# R6.2-b: a referral is moved on, never changed; an annulled one is annulled for good, and replaced once.
ISSUED = "id, decision_id, application_id, number, kind, control_code, issued_at, valid_until_on"
ANNULLED = "state, annulled_at, annulled_by_id, annul_reason"


def row(name, columns):
    return "(" + ", ".join(f"{name}.{column.strip()}" for column in columns.split(",")) + ")"


GUARD = f"""
CREATE FUNCTION referral_stays_as_issued() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'a referral is never removed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF {row("NEW", ISSUED)} IS DISTINCT FROM {row("OLD", ISSUED)}
        OR (OLD.state = 'ANNULLED' AND {row("NEW", ANNULLED)} IS DISTINCT FROM {row("OLD", ANNULLED)})
        OR (OLD.replaced_by_id IS NOT NULL AND NEW.replaced_by_id IS DISTINCT FROM OLD.replaced_by_id)
    THEN
        RAISE EXCEPTION 'an issued referral never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER referrals_referral_rows BEFORE UPDATE OR DELETE ON referrals_referral
    FOR EACH ROW EXECUTE FUNCTION referral_stays_as_issued();
CREATE TRIGGER referrals_referral_whole BEFORE TRUNCATE ON referrals_referral
    FOR EACH STATEMENT EXECUTE FUNCTION referral_stays_as_issued();
"""
UNGUARD = """
DROP TRIGGER referrals_referral_rows ON referrals_referral;
DROP TRIGGER referrals_referral_whole ON referrals_referral;
DROP FUNCTION referral_stays_as_issued();
"""


class Migration(migrations.Migration):
    dependencies = [("referrals", "0008_annulled_by_two")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
