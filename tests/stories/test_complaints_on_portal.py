"""Complaints through the portal: S54, S59, S60, S65, each moment exact; what the account says of them."""

import pytest
from django.test import Client
from django.urls import reverse

from joldama.cases.models import Application
from joldama.complaints.models import Complaint, ComplaintDraft
from joldama.journal.models import Look
from joldama.signatures.models import Signature
from tests.factories import world
from tests.factories.steps import drafted, sealed, sent, signed
from tests.stories.chancery import Chancery
from tests.stories.complainant import Complainant
from tests.stories.counter import said
from tests.stories.town import Town, wall


@pytest.fixture
def chancery(town: Town) -> Chancery:
    """The chancery of Astana's provider, with an akimat and the quality body beside it."""
    town.at("2026-03-18 10:00")
    made = Chancery(town)
    Chancery(town, "astana-akimat")
    Chancery(town, "quality")
    return made


@pytest.fixture
def person(chancery: Chancery) -> Complainant:
    return Complainant(chancery.town)


def decided(chancery: Chancery) -> Application:
    """An application of the person with a delivered result."""
    at = chancery.town.now
    application = sent(chancery.town.office(), at=at)
    decision = drafted(chancery.town.office(), application, at=at)
    decision = signed(chancery.town.office(), application, at=at)
    sealed(decision, at=at)
    application.refresh_from_db()
    return application


def test_sent_on_a_day_off_it_is_delivered_at_once_and_registered_when_the_day_opens(
    chancery: Chancery, person: Complainant
) -> None:
    """S54, R10.6-a, A29: Nauryz between; every mark with its time, its text and whose it is."""
    town = chancery.town
    town.at("2026-03-21 12:00")
    complaint = person.send()
    officer = chancery.body.officer

    assert (
        "The complaint arrived at 12:00 on 21 March 2026; it will be registered at 9:00 on 26 March 2026."
        in (person.page(complaint))
    )
    town.at("2026-03-26 08:59:59")
    early = chancery.press(officer, complaint, "accept")
    assert (early.status_code, complaint.state) == (409, "DELIVERED")
    town.at("2026-03-26 09:00")
    chancery.press(officer, complaint, "accept")

    assert (complaint.state, complaint.number, wall(complaint.registered_at), wall(complaint.due_at)) == (
        "REGISTERED",
        "АСТ-Ш-2026-000001",
        "2026-03-26 09:00:00",
        "2026-04-02 17:30:00",
    )
    assert person.page(complaint).split("Marks ")[1].split(" What happened")[0] == (
        "Delivered 12:00 on Saturday 21 March The complaint arrived at 12:00 on 21 March 2026;"
        " it will be registered at 9:00 on 26 March 2026. You"
        " Registered 9:00 on Thursday 26 March The complaint was registered on 26 March 2026,"
        " incoming number АСТ-Ш-2026-000001; the answer is due by 17:30 on 2 April 2026."
        " chancery officer, Department of Employment and Social Programmes of the city of Astana"
    )


def test_a_late_registration_moves_nobodys_term(chancery: Chancery, person: Complainant) -> None:
    complaint = person.send()
    due_at = complaint.due_at
    chancery.town.at("2026-03-19 10:00")

    chancery.press(chancery.body.officer, complaint, "accept")

    assert (complaint.due_at, wall(complaint.registered_at)) == (due_at, "2026-03-19 10:00:00")


def test_the_answer_and_its_execution_are_two_marks_and_the_court_is_told_of(
    chancery: Chancery, person: Complainant
) -> None:
    """R10.6-a, R11.1-a."""
    complaint = person.send()
    head = chancery.body.addressee
    chancery.press(chancery.body.officer, complaint, "accept")
    chancery.take(head, complaint)
    chancery.press(head, complaint, "answer", outcome="SATISFIED", text="Кешірім сұраймыз.")

    page = person.page(complaint)
    assert "Answer Complaint upheld Кешірім сұраймыз. Answer signed by: Сәрсенов Қайрат Жанболатұлы" in page
    assert "you have the right to go to court in the order set by the legislation" in page
    assert "Executed" not in page
    chancery.press(chancery.body.officer, complaint, "execute")
    assert "The decision on the complaint was carried out at 10:00 on 18 March 2026" in person.page(complaint)


def test_a_refusal_to_consider_has_its_reasons_in_the_account(
    chancery: Chancery, person: Complainant
) -> None:
    """R10.6-b."""
    complaint = person.send(text="Нашар.")
    chancery.press(chancery.body.officer, complaint, "accept")

    chancery.press(chancery.body.addressee, complaint, "refuse", ground="NO_SUBSTANCE", reasons="Мәні жоқ.")

    page = person.page(complaint)
    assert "Consideration refused" in page
    assert "The complaint does not state the matter Law of the Republic of Kazakhstan No. 221" in page
    assert "Мәні жоқ." in page


def test_where_it_was_forwarded_is_told(chancery: Chancery, person: Complainant) -> None:
    """S58: the complainant is told."""
    complaint = person.send()
    chancery.press(chancery.body.officer, complaint, "accept")
    chancery.town.at("2026-03-20 17:30")

    chancery.press(chancery.body.addressee, complaint, "forward", body="Білім министрлігі")

    assert "on 20 March 2026 the complaint was forwarded to Білім министрлігі, which will answer." in (
        person.page(complaint)
    )
    assert wall(complaint.forward_by_at) == "2026-03-26 17:30:00"


def test_an_overdue_answer_is_visible_as_overdue(chancery: Chancery, person: Complainant) -> None:
    """S65: at the due moment itself it is in time."""
    complaint = person.send()
    chancery.town.at_instant(complaint.due_at)
    assert "Answer overdue" not in person.page(complaint) + person.account()

    chancery.town.at("2026-03-30 17:30:01")

    assert wall(complaint.due_at) == "2026-03-30 17:30:00"
    assert "the complaint stays open and the head has been told." in person.page(complaint)
    assert "Answer overdue" in person.account()


def test_about_the_head_to_the_head_is_warned_and_the_akim_offered(
    chancery: Chancery, person: Complainant
) -> None:
    """S59, A27: kept, it is sent to the head and answered by a deputy."""
    office = chancery.town.office()

    warned = person.write(official=str(office.head.pk), addressee="head")

    assert warned.status_code == 422
    assert "a deputy will consider the complaint" in said(warned)
    assert "Address it to the akim Address it to the head all the same" in said(warned)
    person.answer("addressee", addressee="head", keep="1")
    person.sign()
    complaint = Complaint.objects.get()
    assert (complaint.addressee, complaint.official) == ("head", office.head)
    chancery.press(chancery.body.officer, complaint, "accept")
    assert chancery.page(office.head, complaint).status_code == 404
    chancery.take(office.deputy, complaint)


def test_about_the_head_to_the_akim_is_not_warned(chancery: Chancery, person: Complainant) -> None:
    """R10.1-a: the akim of the provider's own territory; no order of instances."""
    complaint = person.send(official=str(chancery.town.office().head.pk), addressee="akim")

    assert (complaint.addressee, complaint.office.code) == ("akim", "ӘАСТ")


def test_a_decision_complained_of_is_its_signers(chancery: Chancery, person: Complainant) -> None:
    """R10.1-b, R10.1-c: who signed the decision complained of does not decide the complaint."""
    application = decided(chancery)

    warned = person.write(case=str(application.pk), subject="DECISION", addressee="head")

    assert "a deputy will consider the complaint" in said(warned)


def test_the_quality_body_hears_of_a_delivered_result_only(chancery: Chancery, person: Complainant) -> None:
    """S60, R10.7-a, A41: explained before sending, the head or the akim offered."""
    stopped = person.write(addressee="quality")

    assert stopped.status_code == 422
    assert "It considers only the result of the service: a referral or a refusal" in said(stopped)
    assert "To the head of the provider" in said(stopped)
    assert person.browser.get(reverse("portal:complain-check")).url == reverse(
        "portal:complain-step", args=["addressee"]
    )
    assert Complaint.objects.count() == 0


def test_a_complaint_about_a_result_names_it(chancery: Chancery, person: Complainant) -> None:
    """S55, R10.7-a, R10.8-a: registered in that body's own register, fifteen business days."""
    application = decided(chancery)

    complaint = person.send(case=str(application.pk), subject="DECISION", addressee="quality")

    assert (complaint.decision, complaint.office.code, wall(complaint.due_at)) == (
        application.decision,
        "САПА",
        "2026-04-13 17:30:00",
    )


def test_anything_but_the_bytes_shown_is_refused(chancery: Chancery, person: Complainant) -> None:
    person.write()

    answer = person.sign(changed=True)

    assert (answer.status_code, Complaint.objects.count()) == (422, 0)
    assert ComplaintDraft.objects.get().sent_at is None


def test_sent_twice_it_is_the_same_complaint(chancery: Chancery, person: Complainant) -> None:
    complaint = person.send()

    assert Signature.objects.get().purpose == "complaint"
    assert Complaint.objects.get() == complaint
    again = person.browser.post(reverse("portal:complain-check"), {"cms": "AAAA"})
    assert again.url == reverse("portal:complaint-receipt", args=[complaint.pk])


def test_parallel_complaints_are_allowed_and_linked(chancery: Chancery, person: Complainant) -> None:
    """A15: no order is imposed; the chancery sees that there is another one."""
    first = person.send()
    chancery.town.at("2026-03-18 11:00")
    second = person.send(text="Тағы да.")
    person.town.at("2026-03-18 12:00")
    person.send(addressee="akim")
    for one in (first, second):
        chancery.press(chancery.body.officer, one, "accept")

    assert f"Other complaints of this person {first.number}" in said(
        chancery.page(chancery.body.officer, second)
    )


def test_nobody_elses_complaint_is_seen(chancery: Chancery, person: Complainant) -> None:
    """R10.6-c, R13.1-a: another person finds nothing; who has not signed in is asked to."""
    complaint = person.send()
    other = Complainant(chancery.town, world.applicant("foreigner"))

    for name in ("complaint", "complaint-receipt", "complaint-confirmation", "withdraw-complaint"):
        answer = other.browser.get(reverse(f"portal:{name}", args=[complaint.pk]))
        assert answer.status_code == 404
    assert "Make a complaint" in person.account()
    stranger = Client().get(reverse("portal:complaint", args=[complaint.pk]))
    assert stranger.url.startswith(reverse("portal:sign-in"))


def test_a_look_at_a_complaint_is_shown_to_its_person(chancery: Chancery, person: Complainant) -> None:
    complaint = person.send()

    chancery.page(chancery.body.officer, complaint)

    assert [(look.person, look.page) for look in Look.objects.all()] == [
        (person.person.pk, "chancery:complaint")
    ]
    assert "chancery officer, Department of Employment" in person.account()


def test_the_complainant_takes_it_back_until_it_is_answered(chancery: Chancery, person: Complainant) -> None:
    first = person.send()
    address = reverse("portal:withdraw-complaint", args=[first.pk])
    person.browser.post(address)
    first.refresh_from_db()
    assert first.state == "WITHDRAWN"
    assert "You withdrew the complaint at 10:00 on 18 March 2026" in person.page(first)

    chancery.town.at("2026-03-18 11:00")
    second = person.send()
    chancery.press(chancery.body.officer, second, "accept")
    chancery.take(chancery.body.addressee, second)
    chancery.press(chancery.body.addressee, second, "answer", outcome="REJECTED", text="Жоқ.")
    late = person.browser.post(reverse("portal:withdraw-complaint", args=[second.pk]))
    assert late.status_code == 409


def test_the_directorys_address_stands_in_the_complaint(chancery: Chancery, person: Complainant) -> None:
    """S66, R12.1-a."""
    person.answer("case", application="none")

    page = said(person.browser.get(reverse("portal:complain-step", args=["provider"])))

    assert "city of Astana 11 Beibitshilik Street, Astana" in page
    assert "Akimat" not in page


def test_the_order_of_complaining_is_open_to_anybody(chancery: Chancery, client) -> None:
    """R10.1-a, R10.2-a."""
    client.cookies["language"] = "en"
    page = said(client.get(reverse("portal:complain")))

    assert "A complaint by word of mouth is not registered." in page
    assert "1414" in page


def test_a_registered_complaint_is_confirmed_in_the_account(chancery: Chancery, person: Complainant) -> None:
    """R10.3-b: the same six facts, once it is registered."""
    complaint = person.send()
    address = reverse("portal:complaint-confirmation", args=[complaint.pk])
    assert person.browser.get(address).status_code == 404

    chancery.press(chancery.body.officer, complaint, "accept")

    handed_out = chancery.confirmation(complaint).split("Print ")[1]
    assert said(person.browser.get(address)).split("Print ")[1].startswith(handed_out)
