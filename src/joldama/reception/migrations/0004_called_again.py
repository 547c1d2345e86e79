from django.db import migrations, models
from django.db.models import F, Q

# A repeated call is one more than before, while nobody has come; it moves nothing else.
GUARD = """
CREATE FUNCTION reception_ticket_is_called_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.repeats <> OLD.repeats + 1 OR OLD.state <> 'CALLED' OR NEW.state <> 'CALLED'
        OR NEW.repeated_at IS NULL OR NEW.repeated_at < OLD.repeated_at
    THEN
        RAISE EXCEPTION 'a call is repeated once more, while nobody has come'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER reception_ticket_called_again BEFORE UPDATE ON reception_ticket
    FOR EACH ROW
    WHEN ((NEW.repeats, NEW.repeated_at) IS DISTINCT FROM (OLD.repeats, OLD.repeated_at))
    EXECUTE FUNCTION reception_ticket_is_called_again();
"""
UNGUARD = """
DROP TRIGGER reception_ticket_called_again ON reception_ticket;
DROP FUNCTION reception_ticket_is_called_again();
"""


class Migration(migrations.Migration):
    dependencies = [("reception", "0003_measured_whole")]
    operations = [
        migrations.AddField("ticket", "repeats", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("ticket", "repeated_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "ticket",
            models.CheckConstraint(
                condition=Q(repeats=0, repeated_at=None)
                | Q(repeats__range=(1, 3), called_at__isnull=False)
                & Q(repeated_at__isnull=False, repeated_at__gte=F("called_at")),
                name="ticket_called_again_after_called",
            ),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
