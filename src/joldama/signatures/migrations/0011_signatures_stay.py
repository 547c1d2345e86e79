from django.db import migrations

# A signature is what came: its bytes, whose it is, when and on what. The verdict alone may become known later (A31).
RECEIVED = "id, purpose, subject, cms, content_index, signer_index, received_at"


def row(name):
    return "(" + ", ".join(f"{name}.{column.strip()}" for column in RECEIVED.split(",")) + ")"


GUARD = f"""
CREATE FUNCTION signature_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'a signature is never removed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF {row("NEW")} IS DISTINCT FROM {row("OLD")} THEN
        RAISE EXCEPTION 'a signature stays as it was received' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signatures_signature_rows BEFORE UPDATE OR DELETE ON signatures_signature
    FOR EACH ROW EXECUTE FUNCTION signature_stays();
CREATE TRIGGER signatures_signature_whole BEFORE TRUNCATE ON signatures_signature
    FOR EACH STATEMENT EXECUTE FUNCTION signature_stays();
"""
UNGUARD = """
DROP TRIGGER signatures_signature_rows ON signatures_signature;
DROP TRIGGER signatures_signature_whole ON signatures_signature;
DROP FUNCTION signature_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("signatures", "0010_reply_by_phone")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
