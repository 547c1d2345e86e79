"""Years later every verdict on a case is reached again, from what was stored with it alone."""

import pytest
from django.db import connection

from govkz.eds import Reason, Status, Trust
from joldama.config.cli.eds.reexamine import DIFFERS, NOT_WHOLE, STANDS, code_of
from joldama.config.reexamining import rows_of
from joldama.signatures.models import Anchor, RevocationList, Signature
from joldama.vault.fields import closed
from tests.factories import pki
from tests.factories.journal import past_the_guards
from tests.stories.counter import Counter
from tests.stories.town import Town


@pytest.fixture
def anchors() -> Trust:
    """The root that whoever examines brings along."""
    return Trust.of(pki.authority().root.certificate)


def decided(counter: Counter) -> str:
    """A case that came through the portal and was decided; gives its number."""
    counter.town.at("2015-09-14 10:00")
    application = counter.town.apply()
    counter.take(application)
    counter.draft(application)
    counter.sign(application)
    return application.number or ""


def test_the_verdicts_on_application_and_decision_are_reached_years_later(
    counter: Counter, anchors: Trust
) -> None:
    number = decided(counter)
    counter.town.passes_to("2028-09-14 10:00")
    RevocationList.objects.all().delete()
    Anchor.objects.all().delete()

    rows = rows_of(number, trust=anchors)

    assert rows is not None
    assert [(row.purpose, row.stored.status, row.stands) for row in rows] == [
        ("application", Status.PASSED, True),
        ("decision", Status.PASSED, True),
    ]
    assert code_of(rows) == STANDS


def test_a_message_that_was_exchanged_in_the_database_does_not_stand(
    counter: Counter, anchors: Trust
) -> None:
    number = decided(counter)
    signature = Signature.objects.get(purpose="decision")
    other = pki.official(counter.world.head.iin or "", counter.world.office.bin).sign(
        b"<other/>", at=counter.town.now
    )

    with past_the_guards():
        Signature.objects.filter(pk=signature.pk).update(cms=closed(signature, "cms", other))

    rows = rows_of(number, trust=anchors)

    assert rows is not None
    assert [(row.stands, row.found is None) for row in rows] == [(True, False), (False, True)]
    assert code_of(rows) == NOT_WHOLE


def test_a_verdict_that_was_exchanged_in_the_database_does_not_stand(
    counter: Counter, anchors: Trust
) -> None:
    number = decided(counter)
    signature = Signature.objects.get(purpose="application")
    report = {**signature.report, "status": "failed"}
    Signature.objects.filter(pk=signature.pk).update(report=closed(signature, "report", report))

    rows = rows_of(number, trust=anchors)

    assert rows is not None
    assert [row.stands for row in rows] == [False, True]
    assert code_of(rows) == DIFFERS


def test_without_an_anchor_of_ones_own_nothing_is_believed(counter: Counter) -> None:
    number = decided(counter)
    Anchor.objects.all().delete()

    rows = rows_of(number, trust=None)

    assert rows is not None
    assert {reason for row in rows if row.found for reason in row.found.reasons} == {Reason.NO_ANCHOR}


def test_a_case_is_found_by_number_or_reference_and_an_unknown_one_is_not(town: Town) -> None:
    town.at("2015-09-14 10:00")
    application = town.apply()

    assert rows_of(application.reference, trust=None) is not None
    assert rows_of("АСТ-2015-999999", trust=None) is None


def test_what_is_stored_of_a_verdict_is_encrypted(counter: Counter) -> None:
    decided(counter)

    with connection.cursor() as cursor:
        cursor.execute("SELECT evidence FROM signatures_signature")
        stored = [bytes(row[0]) for row in cursor.fetchall()]

    assert len(stored) == 2
    assert not any((counter.world.head.iin or "").encode() in one for one in stored)
