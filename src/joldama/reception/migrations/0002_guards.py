from django.db import migrations

# What the clocks are reckoned from is written once, and the order of calls is the order of tickets (¶8.1).
GUARD = """
CREATE FUNCTION reception_ticket_is_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'tickets are never removed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.line_id, NEW.number, NEW.key, NEW.taken_at, NEW.given_by_id)
        IS DISTINCT FROM (OLD.line_id, OLD.number, OLD.key, OLD.taken_at, OLD.given_by_id)
        OR (OLD.called_at IS NOT NULL AND (NEW.called_at, NEW.called_by_id, NEW."window")
            IS DISTINCT FROM (OLD.called_at, OLD.called_by_id, OLD."window"))
        OR (OLD.waited IS NOT NULL AND (NEW.waited, NEW.is_wait_breached)
            IS DISTINCT FROM (OLD.waited, OLD.is_wait_breached))
        OR (OLD.serving_at IS NOT NULL AND NEW.serving_at IS DISTINCT FROM OLD.serving_at)
        OR (OLD.ended_at IS NOT NULL AND NEW IS DISTINCT FROM OLD)
    THEN
        RAISE EXCEPTION 'the moments of a ticket are written once' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.called_at IS NULL AND NEW.called_at IS NOT NULL AND EXISTS (
        SELECT FROM reception_ticket earlier
        WHERE earlier.line_id = NEW.line_id AND earlier.number < NEW.number AND earlier.state = 'WAITING'
    ) THEN
        RAISE EXCEPTION 'called out of turn' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reception_ticket_guard BEFORE UPDATE OR DELETE ON reception_ticket
    FOR EACH ROW EXECUTE FUNCTION reception_ticket_is_guarded();
"""
UNGUARD = """
DROP TRIGGER reception_ticket_guard ON reception_ticket;
DROP FUNCTION reception_ticket_is_guarded();
"""


class Migration(migrations.Migration):
    dependencies = [("reception", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
