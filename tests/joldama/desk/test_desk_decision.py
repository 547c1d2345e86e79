"""The head reads the decision back from its bytes and signs it with his own EDS (A36)."""

import base64
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.factories import pki, world
from tests.factories.steps import FIELDS, MONDAY_TEN, drafted, sealed, signed, walked_in
from tests.factories.world import World
from tests.joldama.desk.conftest import Enter
from tests.joldama.desk.reading import said

from govkz.eds import Role
from joldama.cases.models import Application, Decision
from joldama.journal.models import Look
from joldama.people.models import Account
from joldama.procedures import prepare, withdraw
from joldama.signatures.models import Rendering
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultKind


@pytest.fixture
def application(astana: World) -> Application:
    application = walked_in(astana)
    drafted(astana, application)
    return application


def page_of(browser: Client, application: Application):
    return browser.get(reverse("desk:decision", args=[application.pk]))


def document_of(browser: Client, application: Application) -> bytes:
    page_of(browser, application)
    return browser.get(reverse("desk:decision-document", args=[application.pk])).content


def send(browser: Client, application: Application, cms: bytes):
    typed = {"cms": base64.b64encode(cms).decode()}
    return browser.post(reverse("desk:decision", args=[application.pk]), typed)


def heads_key(astana: World):
    return pki.official(astana.head.iin, astana.office.bin)


def test_the_page_shows_the_stored_bytes_and_lets_the_browser_reach_the_signer(
    head: Client, application: Application, settings
) -> None:
    settings.JOLDAMA_NCALAYER = "wss://127.0.0.1:8123/"

    page = page_of(head, application)
    document = head.get(reverse("desk:decision-document", args=[application.pk])).content

    stored = Rendering.objects.get(subject=Decision.objects.get().pk).document
    assert document == stored
    assert f'data-document="{base64.b64encode(stored).decode()}"' in page.content.decode()
    assert "connect-src 'self' wss://127.0.0.1:8123/;" in page["Content-Security-Policy"]
    assert "frame-src" not in page["Content-Security-Policy"]
    assert "&quot;1.2.398.3.3.4.1.2&quot;" in page.content.decode()
    assert application.number in said(page)
    assert "қоймашы" in said(page)


def test_the_head_signs_and_the_referral_comes_into_being(
    astana: World, head: Client, application: Application
) -> None:
    cms = heads_key(astana).sign(document_of(head, application), at=MONDAY_TEN)

    response = send(head, application, cms)

    application.refresh_from_db()
    assert response.url == reverse("desk:case", args=[application.pk])
    assert (application.state, application.decision.referral.number) == ("SIGNED", "АСТ-Ж-2015-000001")


def test_what_was_signed_before_the_session_ended_decides_after_signing_in_again(
    astana: World, head: Client, application: Application
) -> None:
    cms = heads_key(astana).sign(document_of(head, application), at=MONDAY_TEN)
    ended = Client()
    turned_away = send(ended, application, cms)
    ended.force_login(
        Account.objects.get(staff=astana.head), backend="django.contrib.auth.backends.ModelBackend"
    )

    taken = page_of(ended, application)

    application.refresh_from_db()
    assert turned_away.url.startswith(reverse("desk:sign-in"))
    assert taken.url == reverse("desk:case", args=[application.pk])
    assert application.state == "SIGNED"


def test_a_signed_file_is_handed_in_instead(astana: World, head: Client, application: Application) -> None:
    cms = heads_key(astana).sign(document_of(head, application), at=MONDAY_TEN)

    head.post(
        reverse("desk:decision", args=[application.pk]),
        {"cms": "", "cms_file": SimpleUploadedFile("decision.cms", cms)},
    )

    assert Decision.objects.get().number == "АСТ-Ж-2015-000001"


def test_the_same_signature_sent_twice_decides_once(
    astana: World, head: Client, application: Application
) -> None:
    cms = heads_key(astana).sign(document_of(head, application), at=MONDAY_TEN)

    answers = [send(head, application, cms).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Decision.objects.get().number == "АСТ-Ж-2015-000001"


def test_signatures_that_do_not_decide_say_why(astana: World, head: Client, application: Application) -> None:
    document = document_of(head, application)
    keys = {
        "it is a natural person's EDS": pki.person(astana.head.iin),
        "the EDS belongs to another organisation": pki.official(astana.head.iin, "150740875919"),
        "the EDS belongs to another person": pki.official(
            astana.deputy.iin, astana.office.bin, role=Role.SIGNATORY
        ),
    }

    for sentence, key in keys.items():
        response = send(head, application, key.sign(document, at=MONDAY_TEN))
        assert response.status_code == 422
        assert sentence in said(response)
        assert "point 5 of the standard" in said(response)
    assert Decision.objects.get().signed_at is None


def test_other_bytes_rubbish_and_nothing_are_answered_with_a_sentence(
    astana: World, head: Client, application: Application
) -> None:
    document = document_of(head, application)
    other = heads_key(astana).sign(document.replace(b"<at>", b"<at> "), at=MONDAY_TEN)

    answers = [said(send(head, application, cms)) for cms in (other, b"rubbish", b"")]

    assert "another document was signed" in answers[0]
    assert "It is not a signed document" in answers[1]
    assert "No signed document arrived." in answers[2]


def test_a_draft_changed_meanwhile_is_read_again(
    astana: World, head: Client, application: Application
) -> None:
    cms = heads_key(astana).sign(document_of(head, application), at=MONDAY_TEN)
    prepare.draft_referral(
        application, kind=ResultKind.JOB_PLACEMENT, fields=FIELDS, by=astana.specialist, at=MONDAY_TEN
    )

    response = send(head, application, cms)

    assert response.status_code == 422
    assert "the draft may have changed meanwhile" in said(response)


def test_a_list_out_of_date_is_waited_for_and_nothing_is_signed_again(
    astana: World, enter: Enter, application: Application, clock: time_machine.Traveller
) -> None:
    later = MONDAY_TEN + timedelta(days=9)
    clock.move_to(later)
    head = enter(astana.head)

    cms = heads_key(astana).sign(document_of(head, application), at=later)
    response = send(head, application, cms)

    assert response.status_code == 302
    page = head.get(response.url)
    assert page.headers["Refresh"] == "5"
    assert "data-document=" not in page.content.decode()
    application.refresh_from_db()
    assert (application.state, application.decision.number) == ("IN_PROGRESS", None)


def test_a_deputy_signs_by_order_and_has_no_right_without_one(
    astana: World, enter: Enter, application: Application
) -> None:
    deputy = enter(astana.deputy)
    without = page_of(deputy, application)
    world.by_order(astana.deputy, starts_on=date(2015, 9, 14), ends_on=date(2015, 9, 14))

    document = document_of(deputy, application)
    key = pki.official(astana.deputy.iin, astana.office.bin, role=Role.SIGNATORY)
    page = page_of(deputy, application)
    response = send(deputy, application, key.sign(document, at=MONDAY_TEN))

    assert without.status_code == 403
    assert "order № 17-Ө" in said(page)
    assert response.status_code == 302
    assert Decision.objects.get().signed_by == astana.deputy


def test_a_case_withdrawn_meanwhile_is_told_with_who_was_faster(
    astana: World, head: Client, application: Application
) -> None:
    cms = heads_key(astana).sign(document_of(head, application), at=MONDAY_TEN)
    withdraw.withdraw_on_word(application, by=astana.specialist, at=MONDAY_TEN)

    response = send(head, application, cms)

    assert response.status_code == 409
    assert f"the case was changed by {astana.specialist.name.short}" in said(response)


def test_a_case_without_a_draft_leads_back_to_the_case(astana: World, head: Client) -> None:
    application = walked_in(astana)

    assert page_of(head, application).url == reverse("desk:case", args=[application.pk])


def test_another_offices_decision_is_missing_and_the_attempt_is_kept(
    enter: Enter, application: Application
) -> None:
    stranger = enter(world.office("temirtau").head)

    pages = [
        stranger.get(reverse(f"desk:{name}", args=[application.pk])).status_code
        for name in ("decision", "decision-document")
    ]

    assert pages == [404, 404]
    assert list(Look.objects.order_by("id").values_list("page", "allowed")) == [
        ("desk:decision", False),
        ("desk:decision-document", False),
    ]


def test_a_specialist_signs_nothing(specialist: Client, application: Application) -> None:
    assert page_of(specialist, application).status_code == 403


def test_a_refusal_is_shown_with_its_ground_and_act(astana: World, head: Client) -> None:
    application = walked_in(astana)
    prepare.take(application, by=astana.specialist, at=MONDAY_TEN)
    prepare.draft_refusal(
        application,
        ground=Ground.COURT_BAN,
        reasons="Сот актісі бар.",
        by=astana.specialist,
        at=MONDAY_TEN,
    )

    page = said(page_of(head, application))
    cms = heads_key(astana).sign(document_of(head, application), at=MONDAY_TEN)
    send(head, application, cms)

    application.refresh_from_db()
    assert "Ban by a court" in page
    assert "article 19-1 of the Law" in page
    assert "Сот актісі бар." in page
    assert (application.state, application.decision.number) == ("REFUSED", "АСТ-Б-2015-000001")


def test_both_copies_of_the_paper_are_handed_out(
    astana: World, specialist: Client, application: Application
) -> None:
    sealed(signed(astana, application))
    address = reverse("desk:referral-pdf", args=[application.pk])

    own, other = specialist.get(address), specialist.get(address, {"copy": "organisation"})

    assert [(page["Content-Type"], page.content) for page in (own, other)] == [
        ("application/pdf", b"%PDF")
    ] * 2
    assert own["Content-Disposition"] != other["Content-Disposition"]


def test_an_unsigned_case_has_no_paper(specialist: Client, application: Application) -> None:
    assert specialist.get(reverse("desk:referral-pdf", args=[application.pk])).status_code == 404
