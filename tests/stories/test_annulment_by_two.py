"""S27: one proposes that a referral is annulled, another confirms it with his EDS (R6.2-b, A36)."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from joldama.cases.models import Application
from joldama.journal.models import Event
from joldama.notices.models import Notice
from joldama.people.models import Staff
from joldama.referrals.models import Annulment, Referral
from joldama.signatures.models import Purpose, Rendering, Signature
from joldama.standard.papers import AnnulmentPaper
from tests.factories import pki, world
from tests.stories.counter import Counter, said
from tests.stories.phone import Phone, content_on
from tests.stories.town import wall

REASON = "Мамандық қате жазылған"


@pytest.fixture
def issued(counter: Counter) -> Application:
    """A referral of 2015-09-15, in the person's hand."""
    counter.town.at("2015-09-15 10:00")
    application = counter.register()
    counter.take(application)
    counter.draft(application)
    counter.sign(application)
    counter.town.work()
    counter.offer(application)
    counter.hand_over(application)
    counter.town.at("2015-09-15 12:00")
    return application


@pytest.fixture
def deputy(counter: Counter) -> Staff:
    """The deputy, who signs by an order of these days."""
    found = counter.world.deputy
    world.by_order(found, starts_on=date(2015, 9, 1), ends_on=date(2015, 9, 30))
    return found


def state() -> str:
    return Referral.objects.get().state


def page(browser: Client, application: Application, name: str = "desk:annulment") -> Any:
    return browser.get(reverse(name, args=[application.pk]))


def test_until_a_second_person_confirms_the_referral_stands_and_nobody_is_told(
    counter: Counter, issued: Application
) -> None:
    counter.propose(issued, REASON)
    referral = Referral.objects.get()
    asked = {"n": referral.number, "d": "2015-09-15", "c": referral.control_code}
    verified = said(Client(headers={"accept-language": "en"}).get(reverse("portal:verify"), asked))

    assert state() == "HANDED_OVER"
    assert "The referral is valid" in verified
    assert not Notice.objects.filter(kind="referral_annulled").exists()
    case = counter.case_page(issued)
    assert "Annulment proposed" in case
    assert REASON in case
    assert "The referral is still valid. The head, or a deputy by order, confirms the proposal" in case
    work = said(counter.head.get(reverse("desk:work")))
    assert "Referrals proposed for annulment" in work
    assert "Referrals proposed for annulment" not in said(counter.specialist.get(reverse("desk:work")))


def test_what_is_confirmed_is_a_paper_that_names_both_and_the_bytes_the_second_person_read(
    counter: Counter, issued: Application
) -> None:
    counter.propose(issued, REASON, with_correction=True)
    counter.town.at("2015-09-15 12:30")
    read = said(page(counter.head, issued))
    assert counter.confirm(issued).status_code == 302

    annulment = Annulment.objects.get()
    paper = AnnulmentPaper.from_xml(annulment.document)
    assert (paper.referral, paper.application) == ("АСТ-Ж-2015-000001", "АСТ-2015-000001")
    assert (paper.reason, paper.is_corrected) == (REASON, True)
    assert (paper.proposer, paper.official) == (counter.world.specialist.name, counter.world.head.name)
    assert (wall(paper.proposed_at), wall(paper.at)) == ("2015-09-15 12:00:00", "2015-09-15 12:30:00")
    assert all(word in read for word in (REASON, paper.referral, paper.proposer.full, paper.official.full))
    signature = annulment.signature
    assert (signature.purpose, signature.status) == (Purpose.ANNULMENT, "passed")
    assert (state(), Referral.objects.get().annulled_by) == ("ANNULLED", counter.world.head)
    assert not Rendering.objects.exists()
    told = Event.objects.filter(subject=Referral.objects.get().pk, name__contains="annul").order_by("id")
    assert [(one.name, one.actor) for one in told] == [
        ("annulment.proposed", counter.world.specialist.pk),
        ("referral.annulled", counter.world.head.pk),
    ]


def test_a_head_who_proposed_cannot_confirm_and_a_deputy_by_order_can(
    counter: Counter, issued: Application, deputy: Staff
) -> None:
    counter.head.post(reverse("desk:annul", args=[issued.pk]), {"reason": REASON})
    own = page(counter.head, issued)
    posted = counter.head.post(reverse("desk:annulment", args=[issued.pk]), {"cms": "AAAA"})

    for answer in (own, posted):
        assert answer.status_code == 409
        assert "Whoever proposed it cannot confirm it." in said(answer)
    assert state() == "HANDED_OVER"
    assert "Read and sign" not in said(counter.head.get(reverse("desk:case", args=[issued.pk])))
    assert counter.confirm(issued, by=deputy).status_code == 302
    assert (state(), Annulment.objects.get().confirmed_by) == ("ANNULLED", deputy)
    paper = AnnulmentPaper.from_xml(Annulment.objects.get().document)
    assert paper.deputy_order


def test_two_posts_of_one_person_are_one_person(counter: Counter, issued: Application, deputy: Staff) -> None:
    """Who proposed at the counter and signs as a deputy is no second person."""
    specialist = counter.world.specialist
    specialist.iin = deputy.iin
    specialist.save()
    counter.propose(issued, REASON)

    refused = page(counter.town.browser_of(deputy), issued)

    assert (refused.status_code, state()) == (409, "HANDED_OVER")
    assert counter.confirm(issued).status_code == 302


def test_the_database_takes_no_confirmation_by_who_proposed(counter: Counter, issued: Application) -> None:
    counter.annul(issued, REASON)
    annulment = Annulment.objects.get()

    with pytest.raises(IntegrityError, match="annulment_confirmed_by_another"), transaction.atomic():
        Annulment.objects.filter(pk=annulment.pk).update(confirmed_by=annulment.proposed_by)


def test_only_who_signs_for_the_office_confirms(counter: Counter, issued: Application) -> None:
    """Neither a specialist nor a deputy without an order of the day."""
    counter.propose(issued, REASON)

    by_specialist = page(counter.specialist, issued)
    by_deputy = page(counter.town.browser_of(counter.world.deputy), issued)

    assert (by_specialist.status_code, by_deputy.status_code) == (403, 403)
    assert state() == "HANDED_OVER"


def test_a_signature_on_other_bytes_or_a_private_key_annuls_nothing(
    counter: Counter, issued: Application
) -> None:
    """A36: another's rendering is another document; a natural person's key is no official's."""
    counter.propose(issued, REASON)
    address = reverse("desk:annulment", args=[issued.pk])
    head, key = counter.head, pki.official(counter.world.head.iin or "", counter.world.office.bin)
    shown = head.get(address)
    document = counter.document_of(shown)

    other = head.post(address, {"cms": counter.signed(document.replace(b">false<", b">true<"), key)})
    private = head.post(address, {"cms": counter.signed(document, pki.person(counter.world.head.iin or ""))})
    empty = head.post(address, {"cms": ""})

    assert [one.status_code for one in (other, private, empty)] == [422, 422, 422]
    assert (state(), Signature.objects.filter(purpose="annulment").count()) == ("HANDED_OVER", 0)
    assert head.post(address, {"cms": counter.signed(document, key)}).status_code == 302
    assert state() == "ANNULLED"


def test_a_proposal_is_taken_back_by_its_author_or_declined_by_who_signs(
    counter: Counter, issued: Application
) -> None:
    address = reverse("desk:annulment-decline", args=[issued.pk])
    counter.propose(issued, REASON)
    page(counter.head, issued)
    assert "Take the proposal back" in counter.case_page(issued)
    assert counter.specialist.post(address).status_code == 302
    late = counter.head.post(reverse("desk:annulment", args=[issued.pk]), {"cms": "AAAA"})
    counter.propose(issued, REASON)
    declined = counter.head.post(address)

    assert (late.status_code, declined.status_code, state()) == (409, 302, "HANDED_OVER")
    assert f"{counter.world.specialist.name.short} withdrew it at" in said(late)
    assert list(Annulment.objects.order_by("proposed_at").values_list("declined_by", flat=True)) == [
        counter.world.specialist.pk,
        counter.world.head.pk,
    ]
    assert not Rendering.objects.exists()
    assert counter.specialist.post(address).status_code == 409


def test_while_a_proposal_waits_a_second_one_is_told_whose_it_is(
    counter: Counter, issued: Application
) -> None:
    counter.propose(issued, REASON)
    address = reverse("desk:annul", args=[issued.pk])

    second = counter.head.post(address, {"reason": "Басқа себеп"})

    assert second.status_code == 409
    assert f"{counter.world.specialist.name.short} proposed it at" in said(second)
    assert counter.head.get(address).status_code == 302
    assert Annulment.objects.get().reason == REASON


def test_it_is_confirmed_on_a_phone_as_a_decision_is(counter: Counter, issued: Application) -> None:
    counter.propose(issued, REASON)
    head = counter.head
    asked = head.post(reverse("desk:annulment-qr", args=[issued.pk]))
    assert asked.url == f"{reverse('desk:annulment', args=[issued.pk])}#qr"
    key = pki.official(counter.world.head.iin or "", counter.world.office.bin)
    phone = Phone(key, at=counter.town.now)
    phone.scan(content_on(page(head, issued).content.decode()))
    assert phone.read().json()["documentsToSign"][0]["nameEn"] == "Sign the annulment"
    assert AnnulmentPaper.from_xml(phone.document).referral == "АСТ-Ж-2015-000001"

    assert phone.send().status_code == 200

    assert state() == "ANNULLED"
    assert head.post(reverse("desk:annulment-qr", args=[issued.pk]), {"go_on": "yes"}).url == reverse(
        "desk:case", args=[issued.pk]
    )


def test_a_phone_signs_no_proposal_that_was_taken_back(counter: Counter, issued: Application) -> None:
    counter.propose(issued, REASON)
    head = counter.head
    head.post(reverse("desk:annulment-qr", args=[issued.pk]))
    phone = Phone(pki.official(counter.world.head.iin or "", counter.world.office.bin), at=counter.town.now)
    phone.scan(content_on(page(head, issued).content.decode()))
    phone.read()
    counter.specialist.post(reverse("desk:annulment-decline", args=[issued.pk]))

    assert phone.send().status_code != 200
    assert state() == "HANDED_OVER"


def test_it_is_handed_out_as_a_file_only_to_whom_it_was_shown(
    counter: Counter, issued: Application, deputy: Staff
) -> None:
    counter.propose(issued, REASON)
    shown = counter.document_of(page(counter.head, issued))

    file = page(counter.head, issued, "desk:annulment-document")
    unread = page(counter.town.browser_of(deputy), issued, "desk:annulment-document")

    assert (file.status_code, file.content, unread.status_code) == (200, shown, 404)
