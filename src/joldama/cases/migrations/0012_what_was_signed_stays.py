from django.db import migrations

# R6.2-b: nothing of a result changes after it was signed. Written by the database as well, because what proves it
# (a seal, a journal) tells of a change afterwards only. A38: no number is given twice, none is skipped.
GUARD = """
CREATE FUNCTION decision_stays_as_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'a decision is never removed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.signed_at IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'a signed decision never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_decision_rows BEFORE UPDATE OR DELETE ON cases_decision
    FOR EACH ROW EXECUTE FUNCTION decision_stays_as_signed();
CREATE TRIGGER cases_decision_whole BEFORE TRUNCATE ON cases_decision
    FOR EACH STATEMENT EXECUTE FUNCTION decision_stays_as_signed();

CREATE FUNCTION sealed_paper_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- What proves it for years grows behind what was sealed: the paper becomes longer, and nothing else.
    IF TG_OP <> 'UPDATE'
        OR (NEW.id, NEW.decision_id, NEW.copy, NEW.sealed_at)
            IS DISTINCT FROM (OLD.id, OLD.decision_id, OLD.copy, OLD.sealed_at)
        OR (NEW.pdf IS DISTINCT FROM OLD.pdf AND octet_length(NEW.pdf) <= octet_length(OLD.pdf))
        OR (OLD.proved_at IS NOT NULL AND NEW.proved_at IS NULL)
    THEN
        RAISE EXCEPTION 'a sealed paper never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_sealedpaper_rows BEFORE UPDATE OR DELETE ON cases_sealedpaper
    FOR EACH ROW EXECUTE FUNCTION sealed_paper_stays();
CREATE TRIGGER cases_sealedpaper_whole BEFORE TRUNCATE ON cases_sealedpaper
    FOR EACH STATEMENT EXECUTE FUNCTION sealed_paper_stays();

CREATE FUNCTION unsealed_paper_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Once the sealed paper is kept the bytes are dropped; what they were stays.
    IF TG_OP <> 'UPDATE'
        OR (NEW.id, NEW.decision_id, NEW.copy, NEW.sha256, NEW.size, NEW.made_at)
            IS DISTINCT FROM (OLD.id, OLD.decision_id, OLD.copy, OLD.sha256, OLD.size, OLD.made_at)
        OR (NEW.pdf IS NOT NULL AND NEW.pdf IS DISTINCT FROM OLD.pdf)
    THEN
        RAISE EXCEPTION 'what is to be sealed never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_unsealedpaper_rows BEFORE UPDATE OR DELETE ON cases_unsealedpaper
    FOR EACH ROW EXECUTE FUNCTION unsealed_paper_stays();
CREATE TRIGGER cases_unsealedpaper_whole BEFORE TRUNCATE ON cases_unsealedpaper
    FOR EACH STATEMENT EXECUTE FUNCTION unsealed_paper_stays();

CREATE FUNCTION numbers_go_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE'
        OR (NEW.office_id, NEW.register, NEW.year, NEW.latest)
            IS DISTINCT FROM (OLD.office_id, OLD.register, OLD.year, OLD.latest + 1)
    THEN
        RAISE EXCEPTION 'numbers are given one after the other' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_numberseries_rows BEFORE UPDATE OR DELETE ON cases_numberseries
    FOR EACH ROW EXECUTE FUNCTION numbers_go_on();
CREATE TRIGGER cases_numberseries_whole BEFORE TRUNCATE ON cases_numberseries
    FOR EACH STATEMENT EXECUTE FUNCTION numbers_go_on();
"""
UNGUARD = "".join(
    f"""
DROP TRIGGER {table}_rows ON {table};
DROP TRIGGER {table}_whole ON {table};
DROP FUNCTION {function}();
"""
    for table, function in (
        ("cases_decision", "decision_stays_as_signed"),
        ("cases_sealedpaper", "sealed_paper_stays"),
        ("cases_unsealedpaper", "unsealed_paper_stays"),
        ("cases_numberseries", "numbers_go_on"),
    )
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_recall")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]
