"""S21 to S23: which document identifies a person at the counter, and what he is given in writing where none does."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from joldama.cases.models import Application, Deadline, IdentityDocument, NonAcceptance
from joldama.demo.people import DemoApplicant, demo_people
from joldama.people.models import Person
from joldama.registries.models import Inquiry
from tests.stories.counter import CITIZEN, Counter, hidden, said

APPLICANTS = {
    slug: demo_people().applicant(slug)
    for slug in ("citizen-card", "citizen-passport", "foreigner", "stateless")
}

EXPIRED = demo_people().applicant("expired-card")
ORALMAN = demo_people().applicant("oralman")


@pytest.mark.parametrize("visitor", APPLICANTS.values(), ids=APPLICANTS)
def test_s21_each_of_the_four_documents_identifies_whom_it_belongs_to(
    counter: Counter, visitor: DemoApplicant
) -> None:
    """R9.1-a, R9.1-b, R9.1-f"""
    counter.town.at("2015-09-15 10:00")

    application = counter.register(visitor)
    counter.town.work()

    kept = IdentityDocument.objects.get(application=application)
    assert (kept.kind, kept.holder, kept.number) == (
        visitor.document_kind,
        visitor.holder,
        visitor.document_number,
    )
    assert kept.valid_until == visitor.document_valid_until.isoformat()
    assert kept.is_returned is True
    page = counter.case_page(application)
    assert "The document was shown and returned" in page
    assert "Data confirmed" in page


def test_s21_the_four_are_all_there_are_and_nothing_else_is_asked_for(counter: Counter) -> None:
    """R9.1-a, R9.1-d"""
    counter.town.at("2015-09-15 10:00")
    counter.receive()

    page = counter.specialist.get(reverse("desk:intake")).content.decode()

    assert re.findall(r'name="document_kind" value="(\w+)"', page) == [
        "ID_CARD_KZ",
        "PASSPORT_KZ",
        "RESIDENCE_PERMIT",
        "STATELESS_CERTIFICATE",
        "ANOTHER",
    ]
    assert 'type="file"' not in page


# who comes, what is typed of his document, and the ground of the note
NOT_ACCEPTED = {
    "a citizen with a driving licence": (CITIZEN, {"document_kind": "ANOTHER"}, "WRONG_ID_KIND"),
    "a foreigner with a foreign passport": (
        APPLICANTS["foreigner"],
        {"document_kind": "ANOTHER"},
        "WRONG_ID_KIND",
    ),
    "a foreigner with a citizen's passport": (
        APPLICANTS["foreigner"],
        {"document_kind": "PASSPORT_KZ"},
        "WRONG_ID_KIND",
    ),
    "a citizen whose card expired yesterday": (EXPIRED, {}, "ID_EXPIRED"),
}


@pytest.mark.parametrize(("visitor", "read", "ground"), NOT_ACCEPTED.values(), ids=NOT_ACCEPTED)
def test_s22_who_shows_another_document_gets_a_written_note_and_no_term_begins(
    counter: Counter, visitor: DemoApplicant, read: dict[str, str], ground: str
) -> None:
    """R9.1-e"""
    counter.town.at("2015-09-15 10:00")

    refused = counter.show_document(visitor, **read)
    note = write_note(counter, refused)

    kept = NonAcceptance.objects.get()
    assert refused.status_code == 422
    assert (kept.ground, kept.at, kept.by) == (ground, counter.town.now, counter.world.specialist)
    assert "10:00 on 15 September 2015" in note
    assert "point 9 of the standard" in note
    assert "The application was not registered and no term has started." in note
    assert "Өтініш тіркелген жоқ, қызмет көрсету мерзімі басталған жоқ." in note
    assert [
        model.objects.count() for model in (Application, Person, IdentityDocument, Deadline, Inquiry)
    ] == [0, 0, 0, 0, 0]


def test_s22_the_note_says_what_was_wrong_and_what_to_bring(counter: Counter) -> None:
    """R9.1-e"""
    counter.town.at("2015-09-15 10:00")

    other = write_note(counter, counter.show_document(document_kind="ANOTHER"))
    expired = write_note(counter, counter.show_document(EXPIRED))

    assert "Reason: Document of an unsuitable kind or not fitting the citizenship" in other
    assert "Bring this document: identity card of a citizen of the Republic of Kazakhstan" in other
    assert "Reason: Document expired" in expired
    assert "Bring another valid document" in expired


@pytest.mark.parametrize("days", [0, 1])
def test_s22_a_card_is_good_on_its_last_day(counter: Counter, days: int) -> None:
    counter.town.at("2015-09-15 17:29:59")
    last_day = date(2015, 9, 15) + timedelta(days=days)

    application = counter.register(document_valid_until=f"{last_day:%d.%m.%Y}")

    assert (application.state, application.identity.valid_until) == ("REGISTERED", last_day.isoformat())


def test_s23_an_oralman_shows_his_certificate_beside_his_residence_permit(counter: Counter) -> None:
    """R9.1-c, A18"""
    counter.town.at("2015-09-15 10:00")

    application = counter.register(ORALMAN, is_oralman="on", oralman_certificate="123456")

    kept = IdentityDocument.objects.get(application=application)
    assert application.is_oralman is True
    assert (kept.kind, kept.oralman_certificate) == ("RESIDENCE_PERMIT", "123456")


def test_s23_who_claims_to_be_an_oralman_without_the_certificate_gets_a_note_that_says_both_ways(
    counter: Counter,
) -> None:
    """R9.1-c, R9.1-e"""
    counter.town.at("2015-09-15 10:00")

    note = write_note(counter, counter.show_document(ORALMAN, is_oralman="on"))

    assert NonAcceptance.objects.get().ground == "NO_ORALMAN_CERTIFICATE"
    assert "the oralman certificate was not shown" in note
    assert "Bring it, or apply without claiming the status" in note
    assert Application.objects.count() == 0


def test_s23_without_the_claim_he_is_served_by_his_residence_permit_alone(counter: Counter) -> None:
    """R9.1-c"""
    counter.town.at("2015-09-15 10:00")

    application = counter.register(ORALMAN)

    assert (application.state, application.is_oralman) == ("REGISTERED", False)


def write_note(counter: Counter, refused: Any) -> str:
    """Write the note that a refused page offers, its ground filled in; give what it says."""
    browser, address = counter.specialist, reverse("desk:not-accepted")
    opened = browser.post(address, {**refused.context["form"].data.dict(), "open": hidden(refused, "open")})
    assert opened.status_code == 200
    led = browser.post(address, {**opened.context["form"].initial, "remark": ""})
    assert led.status_code == 302
    return said(browser.get(led.url))
