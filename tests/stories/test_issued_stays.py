"""R6.2-b, A38: what was signed, sealed and numbered is changed by nobody, not by a statement to the database either."""

import pytest
from django.db import IntegrityError, connection, transaction

from joldama.cases.models import Application, SealedPaper
from tests.stories.counter import Counter


@pytest.fixture
def handed_over(counter: Counter) -> Application:
    """A case whose referral was sealed and handed over."""
    counter.town.at("2015-09-15 10:00")
    made = counter.register()
    counter.take(made)
    counter.draft(made)
    counter.sign(made)
    counter.town.work()
    counter.offer(made)
    counter.hand_over(made)
    return made


def is_refused(statement: str) -> bool:
    """Say whether the database refuses a statement to its owner; one that it takes has no effect either."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            transaction.set_rollback(True)
    except IntegrityError:
        return True
    return False


FORBIDDEN = (
    "UPDATE cases_decision SET number = 'АСТ-Ж-2015-000777'",
    "UPDATE cases_decision SET fields = ''::bytea",
    "UPDATE cases_decision SET document = ''::bytea",
    "UPDATE cases_decision SET signed_at = NULL, signed_by_id = NULL, signature_id = NULL, number = NULL",
    "TRUNCATE cases_decision CASCADE",
    "UPDATE cases_sealedpaper SET pdf = substr(pdf, 2)",
    "UPDATE cases_sealedpaper SET pdf = set_byte(pdf, 100, (get_byte(pdf, 100) + 1) % 256)",
    "UPDATE cases_sealedpaper SET sealed_at = now()",
    "DELETE FROM cases_sealedpaper",
    "TRUNCATE cases_sealedpaper",
    "UPDATE cases_unsealedpaper SET sha256 = repeat('0', 64)",
    "UPDATE cases_unsealedpaper SET pdf = 'x'::bytea",
    "DELETE FROM cases_unsealedpaper",
    "UPDATE cases_numberseries SET latest = 0",
    "UPDATE cases_numberseries SET latest = latest + 2",
    "DELETE FROM cases_numberseries",
    "UPDATE referrals_referral SET number = 'АСТ-Ж-2015-000777'",
    "UPDATE referrals_referral SET control_code = 'AAAAAAAA'",
    "UPDATE referrals_referral SET issued_at = now()",
    "UPDATE referrals_referral SET valid_until_on = valid_until_on + 30",
    "UPDATE referrals_referral SET kind = 'PUBLIC_WORKS'",
    "DELETE FROM referrals_referral",
    "TRUNCATE referrals_referral CASCADE",
)


def test_the_database_refuses_to_change_a_result(handed_over: Application) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for statement in FORBIDDEN:
        assert is_refused(statement), statement


ANNULLED = (
    "UPDATE referrals_referral SET state = 'ISSUED', annulled_at = NULL, annulled_by_id = NULL, annul_reason = NULL",
    "UPDATE referrals_referral SET annulled_at = now()",
)


def test_an_annulled_referral_is_annulled_for_good(counter: Counter, handed_over: Application) -> None:
    assert counter.annul(handed_over, "Мамандық қате жазылған").status_code == 302

    for statement in ANNULLED:
        assert is_refused(statement), statement


def test_a_sealed_paper_may_grow_and_a_draft_may_change(counter: Counter, handed_over: Application) -> None:
    """What proves it for years stands behind what was sealed; the guard holds neither it nor drafts up."""
    paper = SealedPaper.objects.filter(decision=handed_over.decision).first()
    paper.pdf = bytes(paper.pdf) + b"%"
    paper.proved_at = counter.town.now
    paper.save(update_fields=["pdf", "proved_at"])

    counter.town.passes_to("2015-09-15 10:10")
    other = counter.register(kind="CAREER_GUIDANCE")
    counter.take(other)
    counter.draft(other, guidance_given="Әңгіме өтті.")
    assert counter.draft(other, guidance_given="Екінші әңгіме өтті.").status_code == 302
