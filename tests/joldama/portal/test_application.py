"""The application on the portal, from the first question to the receipt and the account."""

import base64
import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import pki, world
from tests.factories.steps import MONDAY_TEN, sent
from tests.factories.world import World

from joldama.cases.models import Application, Draft
from joldama.people.models import Account, Person
from joldama.standard.kinds import ResultKind

ANSWERS = {
    "kind": {"kind": "PUBLIC_WORKS"},
    "others": {"other_kinds": ["CAREER_GUIDANCE"]},
    "document": {"document_kind": "ID_CARD_KZ", "document_number": "041 234 567"},
    "oralman": {"is_oralman": "no"},
    "form": {"issue_form": "BOTH"},
    "contact": {"email": "", "phone": "8 701 123 45 67"},
}
ORDER = ("kind", "others", "office", "document", "oralman", "form", "contact")


def answer(client: Client, name: str, given: dict):
    return client.post(reverse("portal:step", args=[name]), given)


def answer_all(client: Client, office: World) -> None:
    for name in ORDER:
        given = {"office": str(office.office.pk)} if name == "office" else ANSWERS[name]
        response = answer(client, name, given)
        assert response.status_code == 302, (name, response.content.decode())


def document_on(page: str) -> bytes:
    found = re.search(r'data-document="([^"]+)"', page)
    assert found
    return base64.b64decode(found[1])


def test_the_questions_lead_to_a_signed_application_and_its_receipt(
    signed_in: Client, person: Person, astana: World
) -> None:
    answer_all(signed_in, astana)
    page = signed_in.get(reverse("portal:check")).content.decode()
    cms = pki.person(person.iin).sign(document_on(page), at=MONDAY_TEN)

    response = signed_in.post(reverse("portal:check"), {"cms": base64.b64encode(cms).decode()}, follow=True)

    application = Application.objects.get()
    assert response.redirect_chain[0][0] == reverse("portal:receipt", args=[application.pk])
    text = response.content.decode()
    assert "АСТ-2015-000001" in text
    assert (application.kind, application.state, application.contact) == (
        "PUBLIC_WORKS",
        "REGISTERED",
        "+77011234567",
    )
    for name in ("portal:account", "portal:start"):
        assert signed_in.get(reverse(name)).status_code == 200
    assert signed_in.get(reverse("portal:case", args=[application.pk])).status_code == 200


def told(response) -> str:
    """What a page says, without the token of its forms and its own address."""
    return re.sub(r'(name="(csrfmiddlewaretoken|next)" value=")[^"]*', r"\1", response.content.decode())


def test_no_step_leads_past_a_question_without_an_answer(signed_in: Client) -> None:
    answer(signed_in, "kind", ANSWERS["kind"])

    response = signed_in.get(reverse("portal:check"))

    assert response.status_code == 302
    assert response.url == reverse("portal:step", args=["office"])


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("kind", {}, "kind"),
        ("document", {"document_kind": "ID_CARD_KZ", "document_number": "12"}, "document_number"),
        ("document", {"document_kind": "DRIVING_LICENCE", "document_number": "041234567"}, "document_kind"),
        ("contact", {"email": "x", "phone": ""}, "email"),
        ("contact", {"email": "", "phone": "123"}, "phone"),
        ("document", {"document_kind": "ID_CARD_KZ", "document_number": "1" * 5000}, "document_number"),
    ],
)
def test_a_wrong_answer_is_said_beside_its_field_and_stays_typed(
    signed_in: Client, name: str, given: dict, said: str
) -> None:
    response = answer(signed_in, name, given)

    assert response.status_code == 422
    page = response.content.decode()
    assert f'href="#id_{said}"' in page
    for value in given.values():
        assert str(value) in page or not value or value == "DRIVING_LICENCE"
    assert not Draft.objects.exists()


def test_what_was_typed_without_a_session_is_there_after_signing_in(
    client: Client, person: Person, astana: World
) -> None:
    lost = answer(client, "document", {"document_kind": "ID_CARD_KZ", "document_number": "99"})
    assert lost.status_code == 302
    assert reverse("portal:sign-in") in lost.url

    client.force_login(
        Account.objects.get(person=person), backend="django.contrib.auth.backends.ModelBackend"
    )
    page = client.get(reverse("portal:step", args=["document"])).content.decode()

    assert 'value="99"' in page


def test_a_changed_answer_drops_the_document_that_was_shown(signed_in: Client, astana: World) -> None:
    answer_all(signed_in, astana)
    first = document_on(signed_in.get(reverse("portal:check")).content.decode())

    answer(signed_in, "form", {"issue_form": "PAPER"})
    second = document_on(signed_in.get(reverse("portal:check")).content.decode())

    assert first != second
    assert b"PAPER" in second


def test_a_page_opened_twice_shows_the_same_bytes(signed_in: Client, astana: World) -> None:
    answer_all(signed_in, astana)

    first = document_on(signed_in.get(reverse("portal:check")).content.decode())
    second = document_on(signed_in.get(reverse("portal:check")).content.decode())

    assert first == second
    assert signed_in.get(reverse("portal:apply-document")).content == first


def test_somebody_elses_case_looks_like_a_missing_one(
    signed_in: Client, person: Person, astana: World, client: Client
) -> None:
    answer_all(signed_in, astana)
    page = signed_in.get(reverse("portal:check")).content.decode()
    cms = pki.person(person.iin).sign(document_on(page), at=MONDAY_TEN)
    signed_in.post(reverse("portal:check"), {"cms": base64.b64encode(cms).decode()})
    application = Application.objects.get()
    stranger = world.applicant("citizen-passport")
    client.force_login(
        Account.objects.get(person=stranger), backend="django.contrib.auth.backends.ModelBackend"
    )

    theirs = client.get(reverse("portal:case", args=[application.pk]))
    missing = client.get(reverse("portal:case", args=["0" * 8 + "-0000-4000-8000-" + "0" * 12]))

    assert (theirs.status_code, missing.status_code) == (404, 404)
    assert told(theirs) == told(missing)


def test_the_account_costs_the_same_queries_for_one_and_three_cases(
    signed_in: Client, person: Person, astana: World, django_assert_num_queries
) -> None:
    sent(astana)
    signed_in.get(reverse("portal:account"))
    with django_assert_num_queries(10):
        signed_in.get(reverse("portal:account"))
    sent(astana, kind=ResultKind.JOB_PLACEMENT)
    sent(astana, kind=ResultKind.CAREER_GUIDANCE)

    with django_assert_num_queries(10):
        signed_in.get(reverse("portal:account"))
