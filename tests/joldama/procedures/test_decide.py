"""Who decides, by which signature, and what comes of it (A36)."""

from datetime import date, timedelta

import pytest
from tests.factories import pki, world
from tests.factories.steps import FIELDS, MONDAY_TEN, drafted, sealed, sent, signed, walked_in
from tests.factories.world import World

from govkz.eds import Reason, Role
from joldama.cases.models import Application, Decision, NumberSeries
from joldama.cases.operations import SomebodyWasFaster
from joldama.procedures import decide, issue, prepare, withdraw
from joldama.procedures.official_signing import SignatureRefused
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.referrals.models import Referral
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultKind
from joldama.standard.workflows import ReferralState


@pytest.fixture
def application(astana: World) -> Application:
    application = walked_in(astana)
    drafted(astana, application)
    return application


def test_the_same_signature_sent_twice_decides_once(astana: World, application: Application) -> None:
    first = signed(astana, application)

    second = decide.sign(application, bytes(first.signature.cms), by=astana.head, at=MONDAY_TEN)

    assert first.pk == second.pk
    assert Referral.objects.count() == 1


def test_a_natural_persons_certificate_of_the_head_has_the_wrong_role(
    astana: World, application: Application
) -> None:
    document = decide.render(application, by=astana.head, at=MONDAY_TEN).document
    cms = pki.person(astana.head.iin).sign(document, at=MONDAY_TEN)

    with pytest.raises(SignatureRefused) as refused:
        decide.sign(application, cms, by=astana.head, at=MONDAY_TEN)

    assert refused.value.reasons == {Reason.WRONG_ROLE}
    assert not Decision.objects.get().signed_at


def test_an_official_of_another_organisation_is_refused(astana: World, application: Application) -> None:
    document = decide.render(application, by=astana.head, at=MONDAY_TEN).document
    cms = pki.official(astana.head.iin, "150740875919").sign(document, at=MONDAY_TEN)

    with pytest.raises(SignatureRefused) as refused:
        decide.sign(application, cms, by=astana.head, at=MONDAY_TEN)

    assert refused.value.reasons == {Reason.OTHER_ORGANISATION}


def test_the_deputys_key_under_the_heads_name_is_refused(astana: World, application: Application) -> None:
    document = decide.render(application, by=astana.head, at=MONDAY_TEN).document
    cms = pki.official(astana.deputy.iin, astana.office.bin, role=Role.SIGNATORY).sign(
        document, at=MONDAY_TEN
    )

    with pytest.raises(SignatureRefused) as refused:
        decide.sign(application, cms, by=astana.head, at=MONDAY_TEN)

    assert refused.value.reasons == {Reason.OTHER_PERSON}


def test_a_deputy_without_an_order_may_not_decide(astana: World, application: Application) -> None:
    with pytest.raises(NotAllowed):
        decide.render(application, by=astana.deputy, at=MONDAY_TEN)


def test_a_deputy_by_order_decides_and_the_paper_names_the_order(
    astana: World, application: Application
) -> None:
    world.by_order(astana.deputy, starts_on=date(2015, 9, 14), ends_on=date(2015, 9, 14))

    decision = signed(astana, application, by=astana.deputy)

    assert decision.signed_by == astana.deputy
    assert "№ 17-Ө".encode() in decision.document


def test_the_order_of_a_deputy_ends_with_its_last_day(astana: World, application: Application) -> None:
    world.by_order(astana.deputy, starts_on=date(2015, 9, 14), ends_on=date(2015, 9, 14))

    with pytest.raises(NotAllowed):
        decide.render(application, by=astana.deputy, at=MONDAY_TEN + timedelta(days=1))


def test_a_specialist_may_not_decide(astana: World, application: Application) -> None:
    with pytest.raises(NotAllowed):
        decide.render(application, by=astana.specialist, at=MONDAY_TEN)


def test_a_draft_changed_after_it_was_read_cannot_be_decided_by_the_old_signature(
    astana: World, application: Application
) -> None:
    document = decide.render(application, by=astana.head, at=MONDAY_TEN).document
    prepare.draft_referral(
        application, kind=ResultKind.JOB_PLACEMENT, fields=FIELDS, by=astana.specialist, at=MONDAY_TEN
    )
    cms = pki.official(astana.head.iin, astana.office.bin).sign(document, at=MONDAY_TEN)

    with pytest.raises(SignatureRefused) as refused:
        decide.sign(application, cms, by=astana.head, at=MONDAY_TEN)

    assert refused.value.reasons == {Reason.CONTENT_MISMATCH}


def test_a_refusal_has_its_number_and_meets_the_term(astana: World) -> None:
    application = walked_in(astana)
    prepare.take(application, by=astana.specialist, at=MONDAY_TEN)
    prepare.draft_refusal(
        application,
        ground=Ground.FALSE_DATA,
        reasons="Бос орын жоқ.",
        by=astana.specialist,
        at=MONDAY_TEN,
    )

    decision = signed(astana, application)

    application.refresh_from_db()
    assert (application.state, decision.number) == ("REFUSED", "АСТ-Б-2015-000001")
    assert application.offered_at == application.decided_at == MONDAY_TEN
    assert not Referral.objects.exists()


def test_a_refused_signature_takes_no_number(astana: World, application: Application) -> None:
    document = decide.render(application, by=astana.head, at=MONDAY_TEN).document
    cms = pki.person(astana.head.iin).sign(document, at=MONDAY_TEN)

    with pytest.raises(SignatureRefused):
        decide.sign(application, cms, by=astana.head, at=MONDAY_TEN)

    assert not NumberSeries.objects.filter(register="Ж").exists()


def test_numbers_have_no_gaps_when_a_decision_comes_too_late(astana: World, application: Application) -> None:
    withdraw.withdraw_on_word(application, by=astana.specialist, at=MONDAY_TEN)

    with pytest.raises(SomebodyWasFaster):
        decide.render(application, by=astana.head, at=MONDAY_TEN)

    later = walked_in(astana, iin="850916125478")
    drafted(astana, later)
    assert signed(astana, later).number == "АСТ-Ж-2015-000001"


def test_the_result_is_offered_only_when_its_document_stands(astana: World, application: Application) -> None:
    decision = signed(astana, application)
    application.refresh_from_db()

    with pytest.raises(NotYet):
        issue.offer(application, by=astana.specialist, at=MONDAY_TEN)

    sealed(decision)
    issue.offer(application, by=astana.specialist, at=application.due_at)
    assert not application.is_overdue(at=application.due_at + timedelta(days=1))


def test_a_referral_is_handed_over_after_closing_and_says_so(astana: World, application: Application) -> None:
    sealed(signed(astana, application))
    application.refresh_from_db()
    issue.offer(application, by=astana.specialist, at=MONDAY_TEN)
    referral = Referral.objects.get()

    issue.hand_over(referral, by=astana.specialist, at=MONDAY_TEN + timedelta(hours=7, minutes=45))

    assert referral.state == ReferralState.HANDED_OVER
    assert referral.is_handed_over_outside_hours is True


def test_sealing_twice_keeps_the_first_paper(astana: World, application: Application) -> None:
    decision = signed(astana, application)
    sealed(decision)

    issue.receive_sealed(decision, issue.Sealed(b"other", None), at=MONDAY_TEN)

    assert [paper.pdf for paper in decision.papers.order_by("copy")] == [b"%PDF", b"%PDF"]


def test_an_official_of_another_office_has_no_part_in_a_case(astana: World, application: Application) -> None:
    temirtau = world.office("temirtau")

    for step in (
        lambda: prepare.take(application, by=temirtau.specialist, at=MONDAY_TEN),
        lambda: decide.render(application, by=temirtau.head, at=MONDAY_TEN),
        lambda: withdraw.withdraw_on_word(application, by=temirtau.specialist, at=MONDAY_TEN),
    ):
        with pytest.raises(NotAllowed):
            step()


def test_a_person_withdraws_only_his_own_application(astana: World) -> None:
    application = sent(astana)
    stranger = world.applicant("citizen-passport")

    with pytest.raises(NotAllowed):
        withdraw.withdraw(application, by=stranger, at=MONDAY_TEN)

    withdraw.withdraw(application, by=application.person, at=MONDAY_TEN)
    assert application.state == "WITHDRAWN"
