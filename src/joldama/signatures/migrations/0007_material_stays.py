"""What is kept already becomes material; material is never changed and never removed."""

import hashlib

from django.db import migrations

GUARD = """
CREATE FUNCTION material_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what a verdict rests on never changes' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER signatures_material_rows BEFORE UPDATE OR DELETE ON signatures_material
    FOR EACH ROW EXECUTE FUNCTION material_stays();
CREATE TRIGGER signatures_material_whole BEFORE TRUNCATE ON signatures_material
    FOR EACH STATEMENT EXECUTE FUNCTION material_stays();
"""
UNGUARD = """
DROP TRIGGER signatures_material_rows ON signatures_material;
DROP TRIGGER signatures_material_whole ON signatures_material;
DROP FUNCTION material_stays();
"""


def keep_what_is_there(apps, schema_editor):
    material = apps.get_model("signatures", "Material")
    for name in ("Anchor", "RevocationList"):
        for der in apps.get_model("signatures", name).objects.values_list("der", flat=True):
            encoded = bytes(der)
            material.objects.get_or_create(
                sha256=hashlib.sha256(encoded).hexdigest(), defaults={"der": encoded}
            )


class Migration(migrations.Migration):
    dependencies = [("signatures", "0006_evidence")]
    operations = [
        migrations.RunPython(keep_what_is_there, migrations.RunPython.noop),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
