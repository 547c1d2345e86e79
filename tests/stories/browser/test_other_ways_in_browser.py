"""Other ways through the same pages: without JavaScript, by keyboard alone, and with things going wrong."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from joldama.demo.people import DemoApplicant
from joldama.standard.words import parts
from tests.stories.browser.walk import Walker, answer_questions, be_at_window

pytestmark = pytest.mark.browser

ASTANA = "Астана қаласының жұмыспен қамту және әлеуметтік бағдарламалар басқармасы"

_SECOND_SPECIALIST = """
from joldama.demo.people import password_of
from joldama.demo.second_factor import give_second_factor, unused_code
from joldama.people.models import Account, Staff
colleague = Account.objects.get(username="temirtau.specialist").staff
second = Staff.objects.create(
    role=colleague.role, office=colleague.office, place=colleague.place,
    surname="Досов", given_name="Әлихан", patronymic="Тимурұлы",
)
account = Account.objects.create_user("temirtau.second", password_of("temirtau.second"), staff=second)
give_second_factor(account)
print(unused_code(account))
"""


def sign_by_file(person: Walker, key: str, folder: Path) -> None:
    """Download the page's document, sign it on the signer's own page, hand the file in."""
    asked = person.page.url
    person.page.locator("details.why:has([name=cms_file]) summary").click()
    document, signed = folder / "document.xml", folder / "signed.cms"
    document.write_bytes(person.download(person.link("ui.signing.document")))
    person.link("demo.signer.title").click()
    person.page.locator("#document").set_input_files(document)
    person.page.locator("#key").select_option(key)
    signed.write_bytes(person.download(person.page.get_by_role("button", name=person.say("action.sign"))))
    person.page.goto(asked)
    person.page.locator("details.why:has([name=cms_file]) summary").click()
    person.page.locator("[name=cms_file]").set_input_files(signed)
    person.button("action.sign_file").click()


def fill_intake(specialist: Walker, visitor: DemoApplicant) -> None:
    """Read a person's document off into the open intake."""
    for name, value in {
        "document_kind": visitor.document_kind,
        "holder": visitor.holder,
        "kind": "PUBLIC_WORKS",
    }.items():
        specialist.choose(name, value)
    specialist.fill(
        iin=visitor.iin,
        surname=visitor.surname,
        given_name=visitor.given_name,
        document_number=visitor.document_number,
    )


def register(specialist: Walker, visitor: DemoApplicant) -> None:
    """Register a person and stand on the page of his case."""
    be_at_window(specialist)
    fill_intake(specialist, visitor)
    specialist.button("desk.intake.register").click()
    specialist.sees_page("/desk/cases/*/")


def press(walker: Walker, *keys: str) -> None:
    for key in keys:
        walker.page.keyboard.press(key)


def tab_to(walker: Walker, selector: str) -> None:
    """Press Tab until the focus stands on an element; fail when it never comes by."""
    for _ in range(80):
        walker.page.keyboard.press("Tab")
        if walker.page.locator(f"{selector}:focus").count():
            return
    pytest.fail(f"Tab never comes to {selector}")


def test_whoever_has_no_javascript_signs_in_and_applies_with_files(walker, house, tmp_path):
    applicant = house.visitor()
    person = walker(language="ru", width=360, javascript=False)
    person.open("/apply/")
    person.link("action.start").click()
    expect(person.page.locator("noscript .banner")).to_contain_text(person.say("signing.file.hint"))
    expect(person.page.locator("[data-sign]")).to_be_hidden()
    sign_by_file(person, applicant.slug, tmp_path)
    answer_questions(person, applicant, kind="PUBLIC_WORKS", office="Астаны")
    sign_by_file(person, applicant.slug, tmp_path)

    person.sees_page("/applications/*/receipt/")
    expect(person.page.locator("h1")).to_have_text(person.say("receipt.title"))


def test_the_first_question_is_answered_by_keyboard_alone(walker, house):
    person = walker()
    person.enter_as_person(house.visitor())
    person.open("/apply/kind/")
    press(person, "Tab")
    expect(person.page.locator(".skip")).to_be_focused()
    press(person, "Enter", "Tab")
    expect(person.page.locator("main .back")).to_be_focused()
    tab_to(person, "[name=kind]")
    press(person, "ArrowDown", "Enter")

    person.sees_page("/apply/others/")


def test_a_question_left_open_takes_the_focus_to_what_is_missing(walker, house):
    person = walker(language="en")
    person.enter_as_person(house.visitor())
    person.open("/apply/kind/")
    tab_to(person, "main form button")
    press(person, "Enter")
    expect(person.page.locator(".errors")).to_be_focused()
    press(person, "Tab", "Enter")

    expect(person.page.locator("#id_kind")).to_be_focused()
    assert person.page.title().startswith(f"{person.say('ui.fault')}: ")


def test_an_intake_with_faults_takes_the_focus_to_them_and_keeps_what_was_typed(walker):
    specialist = walker(language="ru")
    specialist.enter_as_official("temirtau.specialist")
    be_at_window(specialist)
    specialist.fill(surname="Досов", iin="123")
    specialist.button("desk.intake.register").click()

    expect(specialist.page.locator(".errors")).to_be_focused()
    expect(specialist.page.locator("[name=surname]")).to_have_value("Досов")
    expect(specialist.page.locator("[name=iin]")).to_have_value("123")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_double_click_registers_once(walker, house, javascript):
    visitor = house.visitor()
    specialist = walker(javascript=javascript)
    specialist.enter_as_official("temirtau.specialist")
    be_at_window(specialist)
    fill_intake(specialist, visitor)
    specialist.button("desk.intake.register").dblclick()
    specialist.sees_page("/desk/cases/*/")
    be_at_window(specialist)
    specialist.fill(iin=visitor.iin)
    specialist.button("desk.look_up.button").click()

    expect(specialist.page.locator(".pane:has(#found-head) li")).to_have_count(1)


def test_a_page_that_is_stale_says_who_was_faster(walker, house):
    code = house.behind(_SECOND_SPECIALIST)
    slow, fast = walker(language="ru"), walker(language="kk")
    slow.enter_as_official("temirtau.specialist")
    register(slow, house.visitor())
    fast.enter_by_form("temirtau.second", code=code)
    fast.page.goto(slow.page.url)
    fast.button("desk.take").click()
    expect(fast.button("desk.take")).to_be_hidden()
    slow.button("desk.take").click()

    happened, why, _ = parts("error.stale", "ru", actor="Досов Ә.Т.")
    expect(slow.page.locator("h1")).to_have_text(happened)
    expect(slow.page.locator("main")).to_contain_text(why)


def test_a_signature_that_is_cancelled_leaves_the_page_as_it_was(walker, house):
    applicant = house.visitor()
    person = walker(language="en")
    person.enter_as_person(applicant)
    person.open("/apply/kind/")
    answer_questions(person, applicant, kind="PUBLIC_WORKS", office="Astana")
    person.button("action.sign_demo").click()
    signer = person.page.frame_locator("iframe.signer")
    signer.get_by_role("button", name=person.say("action.cancel")).click()
    expect(person.page.locator(".signing__state")).to_contain_text("Nothing was signed.")
    expect(person.page.locator(".facts")).to_contain_text(applicant.document_number)
    person.sign(applicant.slug)

    person.sees_page("/applications/*/receipt/")


def test_a_signer_that_is_switched_off_is_said_and_what_was_typed_stays(walker, house):
    applicant = house.visitor()
    person = walker(language="kk")
    person.enter_as_person(applicant)
    person.open("/apply/kind/")
    answer_questions(person, applicant, kind="PUBLIC_WORKS", office=ASTANA)
    person.page.route_web_socket(house.environment["JOLDAMA_NCALAYER"], lambda line: line.close())
    person.button("action.sign_demo").click()

    expect(person.page.locator(".signing__state")).to_contain_text("Қол қою бағдарламасы табылмады.")
    expect(person.page.locator(".facts")).to_contain_text(applicant.document_number)
    expect(person.button("action.sign_demo")).to_be_visible()


def test_the_clock_at_the_counter_runs_on_and_warns_at_its_stones(walker, house):
    specialist = walker(language="en")
    specialist.page.clock.install()
    specialist.enter_as_official("temirtau.specialist")
    register(specialist, house.visitor())
    clock = specialist.page.locator('[data-clock][aria-labelledby="clock-4.1"]')
    seen = []
    for minutes in ("19:30", "00:30", "05:00", "05:02"):
        specialist.page.clock.fast_forward(minutes)
        seen.append((clock.get_attribute("data-state"), clock.locator("[data-time]").inner_text()[:2]))

    assert seen == [("calm", "19"), ("warn", "20"), ("late", "25"), ("breach", "30")]
    expect(clock.locator("[data-aloud]")).not_to_be_empty()


def test_keys_of_the_desk_open_the_first_case_and_do_the_next_step(walker, house):
    specialist = walker()
    specialist.enter_as_official("temirtau.specialist")
    register(specialist, house.visitor())
    specialist.open("/desk/")
    first = specialist.page.locator("[data-key=F8]").get_attribute("href")
    press(specialist, "F8")

    expect(specialist.page).to_have_url(house.address(str(first)))


def test_enter_takes_the_case_that_is_open(walker, house):
    specialist = walker()
    specialist.enter_as_official("temirtau.specialist")
    register(specialist, house.visitor())
    expect(specialist.button("desk.take")).to_be_visible()
    press(specialist, "Enter")

    expect(specialist.button("desk.take")).to_be_hidden()
