from django.db import migrations

# Whoever keeps pages fresh is woken when a line changes; told is the place alone. Nothing rests on it: a
# notice may be lost, so everybody who is woken also looks from time to time.
WAKE = """
CREATE FUNCTION reception_place_is_woken() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('joldama_line', place_id::text) FROM reception_line WHERE id = NEW.line_id;
    RETURN NULL;
END $$;
CREATE TRIGGER reception_ticket_wake AFTER INSERT OR UPDATE ON reception_ticket
    FOR EACH ROW EXECUTE FUNCTION reception_place_is_woken();
CREATE TRIGGER reception_window_wake AFTER INSERT OR UPDATE ON reception_window
    FOR EACH ROW EXECUTE FUNCTION reception_place_is_woken();
"""
REST = """
DROP TRIGGER reception_window_wake ON reception_window;
DROP TRIGGER reception_ticket_wake ON reception_ticket;
DROP FUNCTION reception_place_is_woken();
"""


class Migration(migrations.Migration):
    dependencies = [("reception", "0008_kiosk_guards")]
    operations = [migrations.RunSQL(WAKE, REST)]
