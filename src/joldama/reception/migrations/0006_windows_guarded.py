from django.db import migrations

# Who sat where and when is written once; nobody is left at a window that calls nobody (¶8.1).
GUARD = """
CREATE FUNCTION reception_window_is_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'windows are never removed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.id, NEW.line_id, NEW.number, NEW.specialist_id, NEW.opened_at)
        IS DISTINCT FROM (OLD.id, OLD.line_id, OLD.number, OLD.specialist_id, OLD.opened_at)
        OR (OLD.closed_at IS NOT NULL AND NEW IS DISTINCT FROM OLD)
    THEN
        RAISE EXCEPTION 'the moments of a window are written once' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'OPEN' AND NEW.state <> 'OPEN' AND EXISTS (
        SELECT FROM reception_ticket served
        WHERE served.line_id = NEW.line_id AND served."window" = NEW.number
            AND served.state IN ('CALLED', 'SERVING')
    ) THEN
        RAISE EXCEPTION 'somebody is at the window' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.state = 'PAUSED') <> EXISTS (
        SELECT FROM reception_windowpause pause WHERE pause.window_id = NEW.id AND pause.ended_at IS NULL
    ) THEN
        RAISE EXCEPTION 'a window is paused while its pause lasts' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reception_window_guard BEFORE UPDATE OR DELETE ON reception_window
    FOR EACH ROW EXECUTE FUNCTION reception_window_is_guarded();

CREATE FUNCTION reception_pause_is_guarded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'pauses are never removed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.id, NEW.window_id, NEW.paused_at) IS DISTINCT FROM (OLD.id, OLD.window_id, OLD.paused_at)
        OR (OLD.ended_at IS NOT NULL AND NEW IS DISTINCT FROM OLD)
    THEN
        RAISE EXCEPTION 'the moments of a window are written once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reception_pause_guard BEFORE UPDATE OR DELETE ON reception_windowpause
    FOR EACH ROW EXECUTE FUNCTION reception_pause_is_guarded();
"""
UNGUARD = """
DROP TRIGGER reception_pause_guard ON reception_windowpause;
DROP FUNCTION reception_pause_is_guarded();
DROP TRIGGER reception_window_guard ON reception_window;
DROP FUNCTION reception_window_is_guarded();
"""


class Migration(migrations.Migration):
    dependencies = [("reception", "0005_windows")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
