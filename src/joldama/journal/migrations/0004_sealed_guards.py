from django.db import migrations

# The same transaction that writes a row says that it waits for its seal: nothing can be skipped.
NOTE = """
CREATE FUNCTION journal_waits_for_its_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO journal_unsealed (ledger, row, since) SELECT TG_ARGV[0], id, clock_timestamp() FROM added;
    RETURN NULL;
END $$;
"""
WAIT = """
CREATE TRIGGER journal_{ledger}_waits AFTER INSERT ON journal_{ledger}
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION journal_waits_for_its_seal('{ledger}');
INSERT INTO journal_unsealed (ledger, row, since) SELECT '{ledger}', id, clock_timestamp() FROM journal_{ledger} ORDER BY id;
"""
WAIT_NOT = "DROP TRIGGER journal_{ledger}_waits ON journal_{ledger};"
GUARD = """
CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION journal_is_append_only();
CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only();
"""
UNGUARD = "DROP TRIGGER {table}_rows ON {table}; DROP TRIGGER {table}_whole ON {table};"
LEDGERS = ("event", "look")
TABLES = ("journal_batch", "journal_eventseal", "journal_lookseal", "journal_checkpoint")


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_sealed")]
    operations = [
        migrations.RunSQL(NOTE, "DROP FUNCTION journal_waits_for_its_seal()"),
        *(migrations.RunSQL(WAIT.format(ledger=each), WAIT_NOT.format(ledger=each)) for each in LEDGERS),
        *(migrations.RunSQL(GUARD.format(table=t), UNGUARD.format(table=t)) for t in TABLES),
    ]
