"""Organisations, their confirmed contacts and the openings of an office are kept at the desk (¶6, R6.1-e)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from joldama.journal.models import Event
from joldama.openings.models import Contact, Opening, Organisation
from joldama.people.models import Staff
from joldama.referrals.reserving import reserve
from joldama.standard.typography import unbound
from tests.factories import openings, steps
from tests.stories.counter import Counter, hidden, said

BIN = "140940311897"
EMPLOYER = {"bin": BIN, "name_kk": "«Қойма» ЖШС", "name_ru": "", "address": "Астана"}
VACANCY = {
    "occupation_kk": "Қоймашы",
    "places": "1 000",
    "address": "Астана қаласы, Сарыарқа даңғылы, 1",
    "wage": "120 000",
    "open_from_on": "15.09.2015",
}


@pytest.fixture
def desk(counter: Counter) -> Client:
    counter.town.at("2015-09-15 10:00")
    return counter.specialist


@pytest.fixture
def organisation(counter: Counter, desk: Client) -> Organisation:
    return openings.organisation(counter.world)


def address(name: str, row: Any, kind: str = "") -> str:
    return reverse(f"desk:{name}", args=[row.pk]) + (f"?kind={kind}" if kind else "")


def test_an_organisation_is_entered_once_however_often_it_is_sent(desk: Client) -> None:
    assert "No organisation is entered yet" in said(desk.get(reverse("desk:organisations")))

    first, again = (desk.post(reverse("desk:enter-organisation"), EMPLOYER) for _ in range(2))

    assert (first.status_code, first.url) == (302, again.url)
    page = said(desk.get(first.url))
    assert (
        "«Қойма» ЖШС" in page and "No contact is confirmed" in page and "The organisation was entered" in page
    )
    assert said(desk.get(reverse("desk:organisations"), {"q": "қойм"})).count("«Қойма» ЖШС") == 1
    assert "No such organisation was found" in said(desk.get(reverse("desk:organisations"), {"q": "9999"}))


def test_another_organisation_with_a_known_bin_is_led_to_the_one_that_stands(
    desk: Client, organisation: Organisation
) -> None:
    answer = desk.post(reverse("desk:enter-organisation"), {**EMPLOYER, "bin": organisation.bin})

    assert answer.status_code == 422
    assert "This number is known already" in said(answer)
    assert address("organisation", organisation) in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"bin": "140940311898"}, "check digit"),
        ({"name_kk": ""}, "The organisation has no name"),
        ({"name_kk": "Қ" * 251}, "250"),
        ({"name_kk": "«Қойма\u202e» ЖШС"}, "«Қойма"),
    ],
)
def test_what_is_wrong_of_an_organisation_is_told_and_stays_typed(
    desk: Client, typed: dict[str, str], told: str
) -> None:
    answer = desk.post(reverse("desk:enter-organisation"), {**EMPLOYER, **typed})

    assert (answer.status_code, told in said(answer), Organisation.objects.count()) == (422, True, 0)
    assert 'value="Астана"' in answer.content.decode()


def test_a_correction_of_what_another_corrected_meanwhile_is_sent_again_knowingly(
    counter: Counter, desk: Client, organisation: Organisation
) -> None:
    form = address("correct-organisation", organisation)
    version = hidden(desk.get(form), "version")
    typed = {**EMPLOYER, "bin": organisation.bin, "version": version}
    colleague = Staff.objects.create(
        role="specialist",
        office=counter.world.office,
        place=counter.world.place,
        surname="Досова",
        given_name="Гүлнар",
    )
    other = counter.town.browser_of(colleague)
    assert other.post(form, {**typed, "name_kk": "«Дәнекер» ЖШС"}).status_code == 302

    stale = desk.post(form, typed)
    assert stale.status_code == 409
    assert "Досова Г. changed the data" in unbound(said(stale)) and "«Дәнекер» ЖШС" in said(stale)
    assert desk.post(form, {**typed, "version": hidden(stale, "version")}).status_code == 302
    assert desk.post(form, typed).status_code == 302

    organisation.refresh_from_db()
    assert (organisation.name_kk, organisation.version) == ("«Қойма» ЖШС", 3)


def test_a_contact_is_confirmed_by_whoever_asked_the_organisation(
    counter: Counter, desk: Client, organisation: Organisation
) -> None:
    form = address("confirm-contact", organisation)
    typed = {"name": "Досова Гүлнар", "email": "kadr@koima.example", "language": "ru"}

    assert "not confirmed" in said(desk.post(form, typed))
    for _ in range(2):
        assert desk.post(form, {**typed, "is_asked": "on"}).status_code == 302

    contact = Contact.objects.get()
    assert (contact.confirmed_by, contact.language) == (counter.world.specialist, "ru")
    assert "kadr@koima.example" in said(desk.get(address("organisation", organisation)))
    assert not any("koima" in str(event.facts) for event in Event.objects.all())

    assert desk.post(address("end-contact", organisation)).status_code == 302
    assert desk.post(address("end-contact", organisation)).status_code == 302
    assert "No contact is confirmed" in said(desk.get(address("organisation", organisation)))


def test_an_opening_is_entered_once_corrected_and_closed(
    counter: Counter, desk: Client, organisation: Organisation
) -> None:
    form = address("enter-opening", organisation, "JOB_PLACEMENT")
    typed = {**VACANCY, "key": hidden(desk.get(form), "key")}

    first, again = (desk.post(form, typed) for _ in range(2))
    assert (first.status_code, first.url) == (302, again.url)
    opening = Opening.objects.get()
    assert (opening.places, opening.wage, opening.office) == (1000, 120_000, counter.world.office)
    page = said(desk.get(first.url))
    assert "1000 of 1000 free" in page and "Қоймашы" in page and "Nobody was sent here yet" in page

    correct = address("correct-opening", opening)
    assert desk.post(correct, {**VACANCY, "places": "2", "version": "1"}).status_code == 302
    assert "2 of 2 free" in said(desk.get(reverse("desk:openings"), {"kind": "JOB_PLACEMENT"}))
    assert "There are no such openings" in said(desk.get(reverse("desk:openings"), {"kind": "PUBLIC_WORKS"}))

    assert "cannot be opened again" in said(desk.get(address("close-opening", opening)))
    for _ in range(2):
        assert desk.post(address("close-opening", opening)).url == address("opening", opening)
    assert "The opening was closed" in said(desk.get(address("opening", opening)))
    assert "There are no such openings" in said(desk.get(reverse("desk:openings")))
    assert "Қоймашы" in said(desk.get(reverse("desk:openings"), {"closed": "on"}))
    assert desk.post(correct, {**VACANCY, "version": "3"}).url == address("opening", opening)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"places": "бес"}, "digits and spaces only"),
        ({"places": "0"}, "at least 1"),
        ({"occupation_kk": ""}, "No occupation is given"),
        ({"wage": "1000000000"}, "The sum is wrong"),
        ({"open_until_on": "14.09.2015"}, "The last day is wrong"),
        ({"contract_number": "7"}, "The contract is not whole"),
        ({"open_from_on": "31.02.2015"}, "Date"),
    ],
)
def test_what_is_wrong_of_an_opening_is_told_and_stays_typed(
    desk: Client, organisation: Organisation, typed: dict[str, str], told: str
) -> None:
    answer = desk.post(address("enter-opening", organisation, "JOB_PLACEMENT"), {**VACANCY, **typed})

    assert (answer.status_code, Opening.objects.count()) == (422, 0)
    assert told.casefold() in said(answer).casefold()
    assert 'value="Астана қаласы, Сарыарқа даңғылы, 1"' in answer.content.decode()


def test_a_form_asks_what_its_kind_says(counter: Counter, desk: Client, organisation: Organisation) -> None:
    school = openings.organisation(counter.world, is_training=True)
    works = said(desk.get(address("enter-opening", organisation, "PUBLIC_WORKS")))
    course = said(desk.get(address("enter-opening", school, "VOCATIONAL_TRAINING")))

    assert ("Wage a month" in works, "Stipend" in works, "Course" in works) == (True, False, False)
    assert ("Wage a month" in course, "Stipend" in course, "Retraining" in course.title()) == (
        False,
        True,
        True,
    )
    assert "Which kind is the opening for?" in said(desk.get(address("enter-opening", organisation)))
    assert "VOCATIONAL_TRAINING" not in desk.get(address("enter-opening", organisation)).content.decode()
    assert "CAREER_GUIDANCE" not in desk.get(address("enter-opening", school)).content.decode()


def test_fewer_places_than_are_held_are_refused_and_who_holds_them_is_named(
    counter: Counter, desk: Client, organisation: Organisation
) -> None:
    opening = openings.opening(counter.world, of=organisation, places=2)
    for document in ("041234567", "041234568"):
        case = steps.walked_in(counter.world, at=counter.town.now, document_number=document)
        decision = steps.drafted(counter.world, case, at=counter.town.now)
        reserve(opening, decision, by=counter.world.specialist.actor, at=counter.town.now)

    answer = desk.post(address("correct-opening", opening), {**VACANCY, "places": "1", "version": "1"})

    assert "Referrals issued and drafted: 2" in said(answer)
    page = said(desk.get(address("opening", opening)))
    assert "No place left" in page and "АСТ-2015-000001" in page and "АСТ-2015-000002" in page
    assert "their number: 2" in said(desk.get(address("close-opening", opening)))


def test_openings_of_another_office_are_nobodys_business(counter: Counter, desk: Client) -> None:
    elsewhere = openings.opening(counter.town.office("temirtau"))

    for name in ("opening", "correct-opening", "close-opening"):
        assert desk.get(address(name, elsewhere)).status_code == 404
        assert desk.post(address(name, elsewhere), VACANCY).status_code in (404, 405)
    elsewhere.refresh_from_db()
    assert elsewhere.closed_at is None


def test_the_head_sees_what_specialists_keep(
    counter: Counter, desk: Client, organisation: Organisation
) -> None:
    opening = openings.opening(counter.world, of=organisation)

    for page in (address("organisation", organisation), address("opening", opening)):
        assert ("Correct" in said(desk.get(page)), "Correct" in said(counter.head.get(page))) == (True, False)
    assert counter.head.get(address("correct-opening", opening)).status_code == 403
    assert counter.head.post(address("end-contact", organisation)).status_code == 403


def test_lists_ask_the_database_as_often_for_many_as_for_few(
    counter: Counter, desk: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        openings.opening(counter.world, occupation_kk=f"Қоймашы {number}")

    desk.get(reverse("desk:openings"))
    for name in ("openings", "organisations"):
        with django_assert_max_num_queries(8):
            page = desk.get(reverse(f"desk:{name}"))
        assert "Next page" in said(page)
        assert "Previous page" in said(desk.get(reverse(f"desk:{name}"), {"page": "2"}))
