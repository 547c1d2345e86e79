from django.db import migrations

# Who gave a ticket is written once, like its moments.
TICKETS = """
CREATE OR REPLACE FUNCTION reception_ticket_is_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'tickets are never removed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.line_id, NEW.number, NEW.key, NEW.taken_at, NEW.given_by_id{kiosk_new})
        IS DISTINCT FROM (OLD.line_id, OLD.number, OLD.key, OLD.taken_at, OLD.given_by_id{kiosk_old})
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
"""
WITH_KIOSK = TICKETS.format(kiosk_new=", NEW.kiosk_id", kiosk_old=", OLD.kiosk_id")
WITHOUT_KIOSK = TICKETS.format(kiosk_new="", kiosk_old="")

# A kiosk is what it was made as, its end is its end, and it gives tickets of its own place until then (¶8.1).
GUARD = """
CREATE FUNCTION reception_kiosk_is_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'kiosks are never removed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.place_id, NEW.name, NEW.paper, NEW.made_at, NEW.made_by_id)
        IS DISTINCT FROM (OLD.place_id, OLD.name, OLD.paper, OLD.made_at, OLD.made_by_id)
        OR (OLD.ended_at IS NOT NULL AND NEW IS DISTINCT FROM OLD)
    THEN
        RAISE EXCEPTION 'what a kiosk is and its end are written once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reception_kiosk_guard BEFORE UPDATE OR DELETE ON reception_kiosk
    FOR EACH ROW EXECUTE FUNCTION reception_kiosk_is_guarded();

CREATE FUNCTION reception_kiosk_gives_tickets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM reception_kiosk kiosk JOIN reception_line line ON line.place_id = kiosk.place_id
        WHERE kiosk.id = NEW.kiosk_id AND line.id = NEW.line_id
            AND kiosk.secret_hash IS NOT NULL AND kiosk.ended_at IS NULL
        FOR SHARE OF kiosk
    ) THEN
        RAISE EXCEPTION 'this kiosk gives no tickets here' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reception_kiosk_tickets BEFORE INSERT ON reception_ticket
    FOR EACH ROW WHEN (NEW.kiosk_id IS NOT NULL) EXECUTE FUNCTION reception_kiosk_gives_tickets();
"""
UNGUARD = """
DROP TRIGGER reception_kiosk_tickets ON reception_ticket;
DROP FUNCTION reception_kiosk_gives_tickets();
DROP TRIGGER reception_kiosk_guard ON reception_kiosk;
DROP FUNCTION reception_kiosk_is_guarded();
"""


class Migration(migrations.Migration):
    dependencies = [("reception", "0007_kiosks")]
    operations = [migrations.RunSQL(WITH_KIOSK, WITHOUT_KIOSK), migrations.RunSQL(GUARD, UNGUARD)]
