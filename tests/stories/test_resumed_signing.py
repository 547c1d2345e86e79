"""Nobody has to ask «was it sent?»: a draft waits under its reference, and what was sent leads to its receipt (A38)."""

import base64
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from joldama.cases.models import Application, Draft
from joldama.complaints.models import Complaint
from joldama.people.models import Person
from joldama.people.operations import account_of
from joldama.signatures.models import Signature
from tests.factories import pki, world
from tests.stories.chancery import Chancery
from tests.stories.complainant import Complainant
from tests.stories.counter import said
from tests.stories.town import BACKEND, Town, document_on

CHECK = "/apply/check/"


@pytest.fixture
def person(town: Town) -> Person:
    town.at("2015-09-14 10:00")
    return world.applicant("citizen-card")


def page(browser: Client, address: str = CHECK) -> str:
    return str(browser.get(address).content.decode())


def signed(town: Town, person: Person, document: bytes) -> dict[str, str]:
    cms = pki.person(person.iin).sign(document, at=town.now)
    return {"cms": base64.b64encode(cms).decode(), "draft": Draft.objects.latest("started_at").reference}


def receipt_of(application: Application) -> str:
    return reverse("portal:receipt", args=[application.pk])


def came_to(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.url


def test_the_reference_of_the_draft_is_told_before_it_is_signed(town: Town, person: Person) -> None:
    draft = town.draft(person)

    told = said(town.browser_of(person).get(CHECK))

    assert f"Жоба сақталды, белгісі – {draft.reference}." in told


def test_a_browser_closed_while_signing_is_followed_by_another_on_another_device(
    town: Town, person: Person
) -> None:
    town.draft(person)
    asked = document_on(page(town.browser_of(person)))
    town.at("2015-09-14 11:30")
    elsewhere = town.browser_of(person)

    asked_again = document_on(page(elsewhere))
    answer = elsewhere.post(CHECK, signed(town, person, asked_again))

    assert asked_again == asked
    assert came_to(answer) == (302, receipt_of(Application.objects.get()))


def test_what_was_signed_before_the_session_ended_is_taken_after_signing_in_again(
    town: Town, person: Person
) -> None:
    town.draft(person)
    form = signed(town, person, document_on(page(town.browser_of(person))))
    stranger = Client()

    turned_away = stranger.post(CHECK, form)
    stranger.force_login(account_of(person), backend=BACKEND)
    taken = stranger.get(CHECK)

    assert turned_away.url.startswith(f"{reverse('portal:sign-in')}?next=")
    assert came_to(taken) == (302, receipt_of(Application.objects.get()))


def test_what_another_signed_before_the_session_ended_is_refused(town: Town, person: Person) -> None:
    other = world.applicant("citizen-passport")
    town.draft(person)
    town.draft(other)
    form = signed(town, person, document_on(page(town.browser_of(person))))
    stranger = Client()

    stranger.post(CHECK, form)
    stranger.force_login(account_of(other), backend=BACKEND)
    refused = stranger.get(CHECK)

    assert refused.status_code == 422
    assert page(stranger)
    assert not Application.objects.exists()


def test_a_form_that_is_posted_twice_leads_to_one_receipt_twice(town: Town, person: Person) -> None:
    town.draft(person)
    browser = town.browser_of(person)
    form = signed(town, person, document_on(page(browser)))

    first, second = browser.post(CHECK, form), browser.post(CHECK, form)

    receipt = receipt_of(Application.objects.get())
    assert [came_to(first), came_to(second)] == [(302, receipt), (302, receipt)]
    assert Signature.objects.count() == 1


def test_whoever_lost_the_answer_opens_the_page_again_and_sees_the_receipt(
    town: Town, person: Person
) -> None:
    town.draft(person)
    browser = town.browser_of(person)
    browser.post(CHECK, signed(town, person, document_on(page(browser))))  # its answer never came

    again = browser.get(CHECK, follow=True)

    application = Application.objects.get()
    assert again.redirect_chain == [(receipt_of(application), 302)]
    assert str(application.number) in said(again)


def test_a_signature_made_again_after_a_lost_answer_is_the_same_application(
    town: Town, person: Person
) -> None:
    town.draft(person)
    browser = town.browser_of(person)
    document = document_on(page(browser))
    browser.post(CHECK, signed(town, person, document))
    town.at("2015-09-14 10:07")

    again = browser.post(CHECK, signed(town, person, document))

    assert came_to(again) == (302, receipt_of(Application.objects.get()))


def test_an_old_window_leads_to_the_receipt_of_its_own_draft(town: Town, person: Person) -> None:
    town.draft(person)
    browser = town.browser_of(person)
    form = signed(town, person, document_on(page(browser)))
    browser.post(CHECK, form)
    sent = Application.objects.get()
    town.at("2015-09-14 12:00")
    town.draft(person)

    answer = browser.post(CHECK, form)

    assert came_to(answer) == (302, receipt_of(sent))
    assert Application.objects.count() == 1


def test_a_strangers_reference_leads_nowhere(town: Town, person: Person) -> None:
    town.draft(person)
    browser = town.browser_of(person)
    form = signed(town, person, document_on(page(browser)))
    browser.post(CHECK, form)
    other = world.applicant("citizen-passport")

    answer = town.browser_of(other).post(CHECK, form)

    assert came_to(answer) == (302, reverse("portal:apply"))


def test_whoever_sent_nothing_begins(town: Town, person: Person) -> None:
    assert came_to(town.browser_of(person).get(CHECK)) == (302, reverse("portal:apply"))


def test_a_complaint_whose_answer_was_lost_leads_to_its_receipt_too(town: Town, person: Person) -> None:
    Chancery(town)
    complainant = Complainant(town, person)
    complaint = complainant.send()
    receipt = reverse("portal:complaint-receipt", args=[complaint.pk])
    check = reverse("portal:complain-check")

    opened, posted = complainant.browser.get(check), complainant.sign_again()

    assert [came_to(opened), came_to(posted)] == [(302, receipt), (302, receipt)]
    assert Complaint.objects.count() == 1
