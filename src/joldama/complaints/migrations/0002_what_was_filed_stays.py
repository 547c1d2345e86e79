from django.db import migrations

# R10.3-c: what was filed never changes; what is written later (number, answer, …) is written once.
FILED = (
    "id, reference, key, addressee, channel, subject, provider_id, office_id, place_id, official_id, "
    "application_id, decision_id, person_id, complainant, contact, text, language, signature_id, "
    "delivered_at, accepted_at, answer_from_on, due_at, target_at, forward_by_at, reckoning"
)
ONCE = (
    "number",
    "registered_at",
    "registered_by_id",
    "considered_at",
    "answered_at",
    "answered_by_id",
    "answer",
    "outcome",
    "ground",
    "executed_at",
    "executed_by_id",
    "forwarded_at",
    "forwarded_by_id",
    "forwarded_to",
    "withdrawn_at",
)


def row(name):
    return ", ".join(f"{name}.{column.strip()}" for column in FILED.split(","))


CHANGED_LATER = " OR ".join(f"(OLD.{c} IS NOT NULL AND NEW.{c} IS DISTINCT FROM OLD.{c})" for c in ONCE)
GUARD = f"""
CREATE FUNCTION complaint_stays_as_filed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'a complaint is never removed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF ROW({row("NEW")}) IS DISTINCT FROM ROW({row("OLD")}) OR {CHANGED_LATER} THEN
        RAISE EXCEPTION 'what was filed and registered never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER complaints_complaint_rows BEFORE UPDATE OR DELETE ON complaints_complaint
    FOR EACH ROW EXECUTE FUNCTION complaint_stays_as_filed();
CREATE TRIGGER complaints_complaint_whole BEFORE TRUNCATE ON complaints_complaint
    FOR EACH STATEMENT EXECUTE FUNCTION complaint_stays_as_filed();
"""
UNGUARD = """
DROP TRIGGER complaints_complaint_rows ON complaints_complaint;
DROP TRIGGER complaints_complaint_whole ON complaints_complaint;
DROP FUNCTION complaint_stays_as_filed();
"""


class Migration(migrations.Migration):
    dependencies = [("complaints", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
