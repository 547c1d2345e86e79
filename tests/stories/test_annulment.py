"""S27: a result is never changed: it is annulled with a reason, and a corrected one has a new number (R6.2-b)."""

import pytest
from django.test import Client
from django.urls import reverse

from joldama.cases.models import Application
from joldama.demo.gateway.moods import Mood
from joldama.journal.models import Event
from joldama.procedures.prepare import draft_refusal
from joldama.procedures.refusing import NotYet
from joldama.referrals.models import Annulment, Referral
from joldama.standard.grounds import Ground
from tests.pdf import needs_poppler
from tests.pdf import text_of as printed
from tests.stories.counter import Counter, said
from tests.stories.gateway import Gateway
from tests.stories.town import wall

WRONG, RIGHT = "қоймашы", "күзетші"
REASON = "Мамандық қате жазылған"


@pytest.fixture
def issued(counter: Counter) -> Application:
    """A referral of 2015-09-15 with a wrong occupation, in the person's hand."""
    counter.town.at("2015-09-15 10:00")
    application = counter.register()
    counter.take(application)
    counter.draft(application, occupation=WRONG)
    counter.sign(application)
    counter.town.work()
    counter.offer(application)
    counter.hand_over(application)
    counter.town.at("2015-09-15 12:00")
    return application


def verified(number: str) -> str:
    """What anyone who holds the paper is told."""
    referral = Referral.objects.get(number=number)
    asked = {"n": number, "d": "2015-09-15", "c": referral.control_code}
    return said(Client(headers={"accept-language": "en"}).get(reverse("portal:verify"), asked))


def corrected(counter: Counter, application: Application) -> None:
    """The specialist types the right occupation, the head signs."""
    application.refresh_from_db()
    answer = counter.draft(application, occupation=RIGHT)
    assert answer.status_code == 302, said(answer)
    counter.sign(application)
    counter.town.work()
    application.refresh_from_db()


@needs_poppler
def test_s27_a_wrong_occupation_is_corrected_by_a_new_referral_with_a_new_number(
    counter: Counter, issued: Application
) -> None:
    """R6.2-b, A33"""
    assert counter.annul(issued, REASON, with_correction=True).status_code == 302
    corrected(counter, issued)

    told = Referral.objects.order_by("number").values_list("number", "state", "replaced_by__number")
    assert list(told) == [
        ("АСТ-Ж-2015-000001", "ANNULLED", "АСТ-Ж-2015-000002"),
        ("АСТ-Ж-2015-000002", "ISSUED", None),
    ]
    assert "The referral has been replaced" in verified("АСТ-Ж-2015-000001")
    assert "The referral is valid" in verified("АСТ-Ж-2015-000002")
    paper = printed(counter.paper(issued))
    assert ("АСТ-Ж-2015-000002" in paper, RIGHT in paper, WRONG in paper) == (True, True, False)
    counter.hand_over(issued)
    assert (issued.state, issued.decision.referral.state) == ("ISSUED", "HANDED_OVER")


def test_s27_the_annulled_one_stays_as_it_was_signed_with_reason_moment_and_official(
    counter: Counter, issued: Application
) -> None:
    """R6.2-b"""
    counter.annul(issued, REASON, with_correction=True)
    corrected(counter, issued)

    old = Referral.objects.get(number="АСТ-Ж-2015-000001")
    assert (old.annul_reason, old.annulled_by, wall(old.annulled_at)) == (
        REASON,
        counter.world.head,
        "2015-09-15 12:00:00",
    )
    assert old.decision.fields["occupation"] == WRONG
    event = Event.objects.get(name="referral.annulled")
    assert (event.subject, event.actor, event.facts) == (old.pk, counter.world.head.pk, {"corrected": True})
    assert REASON in counter.case_page(issued)


def test_s27_annulled_without_a_new_one_the_referral_is_void_and_the_person_reads_why(
    counter: Counter, issued: Application
) -> None:
    """R6.2-b, A33: nothing stands in the way of a new application of the kind (§3.6)."""
    counter.annul(issued, REASON)

    assert "The referral is void" in verified("АСТ-Ж-2015-000001")
    page = counter.town.account_page(issued, "en")
    assert f"reason: {REASON}; it can no longer be used." in page
    again = counter.register()
    counter.take(again)
    assert counter.draft(again, occupation=RIGHT).status_code == 302


def test_s27_while_the_corrected_one_is_awaited_the_old_one_is_void_and_the_person_is_told_so(
    counter: Counter, issued: Application
) -> None:
    counter.annul(issued, REASON, with_correction=True)

    assert "The referral is void" in verified("АСТ-Ж-2015-000001")
    assert "A corrected referral is being prepared in its place." in counter.town.account_page(issued, "en")
    work = said(counter.specialist.get(reverse("desk:work")))
    assert "Fill in the draft referral and send it for signature" in work
    issued.refresh_from_db()
    counter.draft(issued, occupation=RIGHT)
    assert "it can no longer be used" in counter.town.account_page(issued, "en")


def test_s27_before_it_is_offered_a_result_is_annulled_only_with_its_correction(counter: Counter) -> None:
    """R6.2-b: the person is still owed a result, and its term still runs."""
    counter.town.at("2015-09-15 10:00")
    application = counter.register()
    counter.take(application)
    counter.draft(application, occupation=WRONG)
    counter.sign(application)

    counter.annul(application, REASON)
    counter.town.work()
    assert counter.specialist.post(reverse("desk:offer", args=[application.pk])).status_code != 302
    corrected(counter, application)
    counter.offer(application)

    assert (application.state, application.decision.number) == ("ISSUED", "АСТ-Ж-2015-000002")


def test_s27_nothing_is_proposed_without_a_reason_nor_by_another_office(
    counter: Counter, issued: Application
) -> None:
    address = reverse("desk:annul", args=[issued.pk])
    stranger = counter.town.browser_of(counter.town.office("temirtau").specialist)

    no_reason = counter.propose(issued, " ")
    elsewhere = stranger.post(address, {"reason": REASON})

    assert (no_reason.status_code, elsewhere.status_code) == (422, 404)
    assert (Referral.objects.get().state, Annulment.objects.count()) == ("HANDED_OVER", 0)


def test_s27_sent_twice_it_is_annulled_once(counter: Counter, issued: Application) -> None:
    counter.annul(issued, REASON)
    counter.annul(issued, "Басқа себеп")

    assert Event.objects.filter(name="referral.annulled").count() == 1
    assert Referral.objects.get().annul_reason == REASON


def denied(counter: Counter, gateway: Gateway, *, is_offered: bool) -> Application:
    """A referral signed while the register was silent, and annulled to be corrected; now the register denies it."""
    gateway.keeps(Mood.SILENT)
    counter.town.at("2015-09-15 10:00")
    application = counter.register(document_number="049999999")
    counter.town.work()
    counter.take(application)
    counter.draft(application, occupation=WRONG)
    counter.sign(application)
    counter.town.work()
    if is_offered:
        counter.offer(application)
    gateway.answers()
    counter.town.passes_to("2015-09-15 10:12")
    counter.annul(application, REASON, with_correction=is_offered)
    counter.town.work()
    application.refresh_from_db()
    assert application.correction_asked_at is not None
    return application


@pytest.mark.parametrize("is_offered", [False, True])
def test_data_the_register_denies_before_the_correction_end_the_case_with_a_refusal(
    counter: Counter, gateway: Gateway, is_offered: bool
) -> None:
    """R9.3-c, R6.2-b: neither stuck nor silent; what was offered in time stays in time (R4.1-e)."""
    application = denied(counter, gateway, is_offered=is_offered)
    offered_at = application.offered_at
    page = counter.case_page(application)
    assert "a result is still owed; on such data it is a reasoned refusal with a number of its own" in page
    assert counter.draft(application, occupation=RIGHT).status_code == 409
    counter.town.passes_to("2015-09-15 10:20")

    answer = counter.refuse(application, ground="DATA_NOT_CONFIRMED", reasons="Тіркелім растамады.")
    assert answer.status_code == 302, said(answer)
    counter.sign(application)
    counter.town.work()

    assert (application.state, application.decision.number) == ("REFUSED", "АСТ-Б-2015-000001")
    assert application.correction_asked_at is None
    assert application.is_overdue(at=counter.town.now) is False
    assert wall(application.offered_at) == (wall(offered_at) if is_offered else "2015-09-15 10:20:00")
    account = counter.town.page_of(application, "portal:case", "en")
    assert "10:20 on 15 September 2015" in account
    assert "Тіркелім растамады." in account


def test_a_ground_that_does_not_bar_the_corrected_referral_refuses_nothing(
    counter: Counter, issued: Application
) -> None:
    """R6.2-b: the person had a result; that no place is left, or data the register did not deny, take none away."""
    counter.annul(issued, REASON, with_correction=True)

    for ground in ("NO_PLACE_AVAILABLE", "DATA_NOT_CONFIRMED"):
        assert counter.refuse(issued, ground=ground, reasons="Себеп.").status_code == 422

    offered = said(counter.specialist.get(reverse("desk:refuse", args=[issued.pk])))
    assert ("Information in the" in offered, "No place" in offered) == (True, False), offered
    with pytest.raises(NotYet, match=r"^error\.refusal\.correction$"):
        draft_refusal(
            Application.objects.get(pk=issued.pk),
            ground=Ground.NO_PLACE_AVAILABLE,
            reasons="Себеп.",
            by=counter.world.specialist,
            at=counter.town.now,
        )
