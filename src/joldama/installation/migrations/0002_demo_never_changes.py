from django.db import migrations

GUARD = """
CREATE FUNCTION installation_is_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.is_demo <> OLD.is_demo OR NEW.created_at <> OLD.created_at THEN
        RAISE EXCEPTION 'what an installation is was settled when it was made'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER installation_for_good BEFORE UPDATE OR DELETE ON installation_installation
    FOR EACH ROW EXECUTE FUNCTION installation_is_for_good();
"""
UNGUARD = """
DROP TRIGGER installation_for_good ON installation_installation;
DROP FUNCTION installation_is_for_good();
"""


class Migration(migrations.Migration):
    dependencies = [("installation", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
