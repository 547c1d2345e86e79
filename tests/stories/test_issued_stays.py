"""R6.2-b, A38: what was signed, sealed and numbered is changed by nobody, not by a statement to the database either."""

import pytest
from django.db import IntegrityError, connection, transaction

from joldama.cases.models import Application, SealedPaper
from joldama.referrals.models import Freed
from joldama.referrals.reserving import free, reserve
from tests.factories import openings
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
    "UPDATE signatures_signature SET cms = ''::bytea",
    "UPDATE signatures_signature SET received_at = now()",
    "UPDATE signatures_signature SET subject = id",
    "UPDATE signatures_signature SET signer_index = 'x'",
    "DELETE FROM signatures_signature",
    "TRUNCATE signatures_signature CASCADE",
)


def test_the_database_refuses_to_change_a_result(handed_over: Application) -> None:
    told_at_once()
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


def test_what_becomes_known_of_a_signature_later_is_written(handed_over: Application) -> None:
    """A31: the verdict and the time stamp; the guard of the bytes holds neither up."""
    assert not is_refused(
        "UPDATE signatures_signature SET status = 'failed', judged_at = now(), report = ''::bytea"
    )
    assert not is_refused("UPDATE signatures_signature SET stamped_at = now(), evidence = NULL")


HELD = (
    "UPDATE openings_opening SET taken = 0",
    "UPDATE openings_opening SET taken = 2",
    "UPDATE referrals_reservation SET freed_at = now(), why = 'expired'",
    "UPDATE referrals_reservation SET reserved_at = now()",
    "DELETE FROM referrals_reservation",
    "TRUNCATE referrals_reservation",
)


def test_the_places_taken_are_those_that_are_held(counter: Counter) -> None:
    """¶6: not a statement to the database fills an opening or empties it; taking and freeing a place go on."""
    counter.town.at("2015-09-15 10:00")
    made = counter.register()
    counter.take(made)
    counter.draft(made)
    opening = openings.opening(counter.world, places=3)
    made.refresh_from_db()
    reserve(opening, made.decision, by=counter.world.specialist.actor, at=counter.town.now)
    told_at_once()
    for statement in HELD:
        assert is_refused(statement), statement

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    assert free(made.decision, why=Freed.REFUSED, at=counter.town.now)
    told_at_once()

    assert is_refused("UPDATE referrals_reservation SET freed_at = NULL, why = NULL")


def told_at_once() -> None:
    """Have the database look now, and after each statement, instead of at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
