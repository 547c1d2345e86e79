"""The main job in a real browser: a signed application and a person at the counter become a referral."""

import pytest
from playwright.sync_api import expect

from joldama.adapters.signer import check_seal
from joldama.demo.people import demo_people
from tests.stories.browser.walk import answer_questions, be_at_window, prepare_referral, sign_decision

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("language", "width", "slug", "office"),
    [
        ("kk", 1280, "citizen-card", "astana"),
        ("ru", 1280, "foreigner", "temirtau"),
        ("en", 360, "citizen-passport", "temirtau"),
    ],
)
def test_an_application_signed_on_the_portal_becomes_a_downloaded_referral(
    walker, language, width, slug, office
):
    applicant, provider = demo_people().applicant(slug), demo_people().office(office)
    person = walker(language=language, width=width)
    person.open("/")
    expect(person.page.locator("h1")).to_have_text(person.say("portal.start.title"))
    person.link("action.apply").click()
    person.link("action.start").click()
    person.sign(slug)
    answer_questions(person, applicant, kind="PUBLIC_WORKS", office=getattr(provider, language))
    expect(person.page.locator("main")).to_contain_text(applicant.name.full)
    person.sign(slug)
    person.sees_page("/applications/*/receipt/")
    expect(person.page.locator("h1")).to_have_text(person.say("receipt.title"))
    number = person.page.locator(".facts dd").first.inner_text()
    specialist = walker(language=language)
    specialist.enter_as_official(f"{office}.specialist")
    prepare_referral(specialist, number)
    head = walker(language=language)
    head.enter_as_official(f"{office}.head")
    sign_decision(head, number, key=f"{office}-head")

    person.link("portal.receipt.to_case").click()
    referral = person.page.locator(".doc__no").inner_text()
    pdf = person.download(person.link("action.download"))

    assert referral.startswith(provider.code)
    assert check_seal(pdf).holds


@pytest.mark.parametrize(
    ("language", "width", "slug", "office"),
    [
        ("kk", 1280, "stateless", "aktau"),
        ("ru", 360, "oralman", "almaty"),
        ("en", 1280, "citizen-card", "akkol"),
    ],
)
def test_a_person_at_the_counter_goes_with_a_referral_in_the_hand(walker, language, width, slug, office):
    visitor = demo_people().applicant(slug)
    specialist = walker(language=language, width=width)
    specialist.enter_by_form(f"{office}.specialist")
    specialist.link("cockpit.title").click()
    be_at_window(specialist)
    specialist.choose("document_kind", visitor.document_kind)
    specialist.choose("holder", visitor.holder)
    specialist.fill(
        iin=visitor.iin,
        surname=visitor.surname,
        given_name=visitor.given_name,
        patronymic=visitor.patronymic,
        document_number=visitor.document_number,
        document_valid_until=f"{visitor.document_valid_until:%d.%m.%Y}",
    )
    if visitor.is_oralman:
        specialist.tick("is_oralman")
        specialist.fill(oralman_certificate="0001234")
    specialist.choose("kind", "JOB_PLACEMENT")
    specialist.choose("language", language)
    specialist.button("desk.intake.register").click()
    specialist.sees_page("/desk/cases/*/")
    case = specialist.page.url
    number = specialist.page.title().split(":")[0]
    specialist.link("desk.print_receipt").click()
    specialist.sees_page("/desk/cases/*/receipt/")
    expect(specialist.page.locator(".paper")).to_contain_text(number)
    prepare_referral(specialist, number)
    head = walker(language=language)
    head.enter_by_form(f"{office}.head")
    sign_decision(head, number, key=f"{office}-head")
    specialist.page.goto(case)
    specialist.button("action.offer_result").click()
    specialist.button("action.hand_over").click()

    specialist.sees_page("/desk/intake/")
    expect(specialist.page.locator("main")).to_contain_text(specialist.say("line.end.RESULT"))
    assert check_seal(specialist.file(f"{case}document.pdf")).holds


@pytest.mark.parametrize(
    ("language", "width", "office"),
    [("kk", 360, "astana"), ("ru", 1280, "temirtau"), ("en", 1280, "temirtau")],
)
def test_a_document_the_standard_does_not_name_leaves_a_note_of_non_acceptance(
    walker, language, width, office
):
    specialist = walker(language=language, width=width)
    specialist.enter_as_official(f"{office}.specialist")
    specialist.link("cockpit.title").click()
    be_at_window(specialist)
    specialist.choose("document_kind", "ANOTHER")
    specialist.fill(surname="Досов", given_name="Әлихан")
    specialist.button("desk.intake.register").click()
    specialist.button("desk.note.write").click()
    specialist.button("desk.note.write").click()
    specialist.sees_page("/desk/notes/*/")

    expect(specialist.page.locator(".paper")).to_contain_text("Досов Әлихан")
