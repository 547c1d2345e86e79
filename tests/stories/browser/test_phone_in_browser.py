"""Signing on a phone: the page beside the code learns by itself how the phone stands, and goes on."""

import re
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from joldama.standard.words import parts
from tests.stories.browser.walk import Walker, answer_questions, prepare_referral

pytestmark = pytest.mark.browser

ELSEWHERE = "127.0.0.2"
"""Another address of this machine, from which a stranger's phone comes."""


def scanned_by_phone(screen: Walker) -> Page:
    """Open what the code holds on the demonstration's phone; give its screen."""
    with screen.page.context.expect_page() as coming:
        screen.link("qr.open.demo").click()
    phone = coming.value
    phone.get_by_role("button", name=screen.say("demo.phone.open")).click()
    phone.locator("#key").wait_for()
    return phone


def sign_on(phone: Page, screen: Walker, key: str) -> None:
    """Choose a key on the phone and sign."""
    phone.locator("#key").select_option(key)
    phone.get_by_role("button", name=screen.say("action.sign")).click()
    expect(phone.get_by_role("status")).to_have_text(screen.say("demo.phone.signed"))
    phone.close()


def code_of(screen: Walker) -> str:
    """Give what the code holds."""
    address = screen.link("qr.open.demo").get_attribute("href")
    return parse_qs(urlsplit(str(address)).query)["qr"][0]


@pytest.mark.parametrize(
    ("language", "width", "office"), [("kk", 360, "Астана қаласының"), ("ru", 1280, "Астаны")]
)
def test_a_person_signs_in_and_applies_with_a_phone_alone(walker, house, language, width, office):
    applicant = house.visitor()
    screen = walker(language=language, width=width)
    screen.open("/sign-in/")
    screen.button("qr.begin.sign_in").click()
    expect(screen.page.locator(".qr__state")).to_have_text(screen.say("qr.state.waiting"))
    number = screen.page.locator(".qr__number strong").inner_text()
    phone = scanned_by_phone(screen)
    expect(phone.locator(".document-title")).to_contain_text(number)
    expect(screen.page.locator(".qr__state")).to_have_text(screen.say("qr.state.opened"))
    sign_on(phone, screen, applicant.slug)
    screen.sees_page("/account/")
    screen.open("/apply/kind/")
    answer_questions(screen, applicant, kind="PUBLIC_WORKS", office=office)
    screen.button("action.sign_qr").click()
    expect(screen.page.locator("[data-left]")).to_be_visible()
    sign_on(scanned_by_phone(screen), screen, applicant.slug)

    screen.sees_page("/applications/*/receipt/")


def test_a_phone_that_signs_while_the_page_looks_anew_leads_on_all_the_same(walker, house):
    applicant = house.visitor()
    screen = walker(language="ru")
    screen.open("/sign-in/")
    screen.button("qr.begin.sign_in").click()
    expect(screen.page.locator("[data-left]")).to_be_visible()
    looks: list[Route] = []
    screen.page.route("**/sign-in/", lambda route: looks.append(route), times=1)
    with screen.page.expect_request("**/sign-in/"):
        phone = scanned_by_phone(screen)
    asked = str(screen.page.locator("#qr").get_attribute("data-code"))
    screen.page.route(asked, lambda route: route.abort())
    sign_on(phone, screen, applicant.slug)
    looks[0].continue_()

    screen.sees_page("/account/")


def test_without_javascript_a_button_goes_on(walker, house):
    applicant = house.visitor()
    screen = walker(language="ru", width=360, javascript=False)
    screen.open("/sign-in/")
    screen.button("qr.begin.sign_in").click()
    phone = scanned_by_phone(screen)
    screen.button("qr.go_on").click()
    expect(screen.page.locator("main")).to_contain_text(parts("qr.not_yet", "ru")[0])
    sign_on(phone, screen, applicant.slug)
    screen.button("qr.go_on").click()

    screen.sees_page("/account/")


def test_a_stranger_who_opens_the_code_ends_it_and_the_page_says_so(walker, house):
    screen = walker(language="en")
    screen.open("/sign-in/")
    screen.button("qr.begin.sign_in").click()
    first = urlsplit(code_of(screen).removeprefix("mobileSign:"))
    scanned_by_phone(screen).close()
    with httpx.Client(transport=httpx.HTTPTransport(local_address=ELSEWHERE)) as stranger:
        answer = stranger.get(f"http://127.0.0.1:{first.port}{first.path}", headers={"Host": first.netloc})

    assert answer.status_code == httpx.codes.CONFLICT
    happened, why, _ = parts("qr.ended.other_address", "en")
    expect(screen.page.locator(".by-phone .banner")).to_contain_text(happened)
    expect(screen.page.locator(".by-phone .banner")).to_contain_text(why)
    expect(screen.page.locator(".qr__code")).to_have_count(0)
    screen.button("qr.again").click()
    expect(screen.page.locator(".qr__code img")).to_be_visible()


def test_somebody_elses_key_is_said_on_both_screens_and_the_right_one_still_signs(walker, house):
    applicant, other = house.visitor(), house.visitor()
    screen = walker(language="en")
    screen.enter_as_person(applicant)
    screen.open("/apply/kind/")
    answer_questions(screen, applicant, kind="PUBLIC_WORKS", office="Astana")
    screen.button("action.sign_qr").click()
    phone = scanned_by_phone(screen)
    phone.locator("#key").select_option(other.slug)
    phone.get_by_role("button", name=screen.say("action.sign")).click()
    expect(phone.get_by_role("alert")).to_contain_text("IIN")
    expect(screen.page.locator(".by-phone .banner")).to_contain_text("IIN")
    expect(screen.page.locator(".qr__code img")).to_be_visible()
    sign_on(phone, screen, applicant.slug)

    screen.sees_page("/applications/*/receipt/")


def test_a_code_is_asked_for_and_called_off_by_keyboard_alone(walker, house):
    screen = walker(language="kk")
    screen.open("/sign-in/")
    screen.press(screen.button("qr.begin.sign_in"), "Enter")
    expect(screen.page.locator(".qr__code img")).to_be_visible()
    screen.press(screen.button("qr.cancel"), "Enter")
    happened, *_ = parts("qr.ended.person", "kk")

    expect(screen.page.locator(".by-phone .banner")).to_contain_text(happened)
    expect(screen.button("qr.again")).to_be_visible()


def test_the_head_signs_a_decision_with_egov_business(walker, house):
    applicant = house.visitor()
    person = walker(language="ru")
    person.enter_as_person(applicant)
    person.open("/apply/kind/")
    answer_questions(person, applicant, kind="PUBLIC_WORKS", office="Астаны")
    person.sign(applicant.slug)
    person.sees_page("/applications/*/receipt/")
    number = re.search(r"АСТ-\d{4}-\d{6}", person.page.locator("main").inner_text())
    assert number
    specialist, head = walker(language="ru"), walker(language="ru", width=360)
    specialist.enter_as_official("astana.specialist")
    prepare_referral(specialist, number[0])
    head.enter_as_official("astana.head")
    head.page.get_by_role("link", name=number[0]).first.click()
    head.link("desk.read_and_sign").click()
    head.button("qr.begin.business").click()
    expect(head.link("qr.open.business")).to_be_visible()
    sign_on(scanned_by_phone(head), head, "astana-head")

    head.sees_page("/desk/cases/*/")


def test_a_page_whose_session_has_ended_leads_to_the_sign_in_and_from_there_to_the_receipt(walker, house):
    applicant = house.visitor()
    screen = walker(language="kk")
    screen.enter_as_person(applicant)
    screen.open("/apply/kind/")
    answer_questions(screen, applicant, kind="PUBLIC_WORKS", office="Астана қаласының")
    screen.button("action.sign_qr").click()
    phone = scanned_by_phone(screen)
    screen.page.context.clear_cookies(name="sessionid")
    screen.sees_page("/sign-in/")
    sign_on(phone, screen, applicant.slug)
    screen.sign(applicant.slug)

    screen.sees_page("/applications/*/receipt/")
