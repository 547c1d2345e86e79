from django.db import migrations
from django.db.models import CheckConstraint, F, Q
from django.db.models.functions import Coalesce

# A ticket comes into the line at its end, with the next number, and waits; closing lets nobody pass (¶8.1).
TAKEN = """
CREATE FUNCTION reception_ticket_is_taken() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE latest integer;
BEGIN
    SELECT given INTO latest FROM reception_line WHERE id = NEW.line_id FOR UPDATE;
    IF NEW.state <> 'WAITING' OR NEW.number <> latest OR EXISTS (
        SELECT FROM reception_ticket before
        WHERE before.line_id = NEW.line_id AND before.number = NEW.number - 1 AND before.taken_at > NEW.taken_at
    ) THEN
        RAISE EXCEPTION 'a ticket is taken at the end of the line' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reception_ticket_taken BEFORE INSERT ON reception_ticket
    FOR EACH ROW EXECUTE FUNCTION reception_ticket_is_taken();

CREATE FUNCTION reception_ticket_waits_for_those_before() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM reception_ticket earlier
        WHERE earlier.line_id = NEW.line_id AND earlier.number < NEW.number
            AND earlier.state = 'CANCELLED_AT_CLOSING' AND earlier.ended_at > NEW.taken_at
    ) THEN
        RAISE EXCEPTION 'called out of turn: somebody before was closed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reception_ticket_called_in_turn BEFORE UPDATE ON reception_ticket
    FOR EACH ROW WHEN (OLD.called_at IS NULL AND NEW.called_at IS NOT NULL)
    EXECUTE FUNCTION reception_ticket_waits_for_those_before();

CREATE FUNCTION reception_line_is_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'lines are never removed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.id, NEW.place_id, NEW."on") IS DISTINCT FROM (OLD.id, OLD.place_id, OLD."on")
        OR NEW.given NOT IN (OLD.given, OLD.given + 1)
    THEN
        RAISE EXCEPTION 'a line stays where it is and gives one number after another'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reception_line_guard BEFORE UPDATE OR DELETE ON reception_line
    FOR EACH ROW EXECUTE FUNCTION reception_line_is_guarded();
"""
UNGUARDED = """
DROP TRIGGER reception_line_guard ON reception_line;
DROP FUNCTION reception_line_is_guarded();
DROP TRIGGER reception_ticket_called_in_turn ON reception_ticket;
DROP FUNCTION reception_ticket_waits_for_those_before();
DROP TRIGGER reception_ticket_taken ON reception_ticket;
DROP FUNCTION reception_ticket_is_taken();
"""

# What nobody may take out row by row goes not all at once either.
REFUSE = """
CREATE FUNCTION reception_is_never_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what happened in the hall is never removed' USING ERRCODE = 'restrict_violation';
END $$;
"""
WHOLE = """
CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION reception_is_never_emptied();
"""
TABLES = (
    "reception_line",
    "reception_ticket",
    "reception_window",
    "reception_windowpause",
    "reception_paperticket",
    "reception_paperticketblank",
)


class Migration(migrations.Migration):
    dependencies = [("reception", "0010_paper_tickets")]
    operations = [
        migrations.AddConstraint(
            "ticket",
            CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=Coalesce("serving_at", "called_at", F("taken_at"))),
                name="ticket_ended_after_all",
            ),
        ),
        migrations.RunSQL(TAKEN, UNGUARDED),
        migrations.RunSQL(REFUSE, "DROP FUNCTION reception_is_never_emptied()"),
        *(
            migrations.RunSQL(WHOLE.format(table=table), f"DROP TRIGGER {table}_whole ON {table};")
            for table in TABLES
        ),
    ]
