"""What the standard asks of a case, requirement by requirement, below any page."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError
from tests.factories import pki, world
from tests.factories.steps import (
    FIELDS,
    MONDAY_TEN,
    document_of,
    drafted,
    filled_draft,
    sealed,
    sent,
    signed,
    walked_in,
)
from tests.factories.world import World

from govkz.eds import Role
from joldama.cases.models import Application, Decision, IdentityDocument, NonAcceptance
from joldama.demo.people import demo_people
from joldama.journal.models import Event
from joldama.people.models import Person
from joldama.procedures import accept, inquire, issue, prepare
from joldama.procedures.prepare import FieldsMissing
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.registries.models import Ended, Inquiry, Outcome
from joldama.registries.ports import Answer
from joldama.signatures.models import Signature
from joldama.standard.channels import Channel, IssueForm
from joldama.standard.documents import DocumentKind, Holder
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultField, ResultKind, TrainingKind
from joldama.standard.provider_kinds import ProviderKind
from joldama.standard.refusals import Refused
from joldama.vault.fields import SealedField

OTHER_IIN = demo_people().applicant("citizen-passport").iin


def test_a_provider_is_of_exactly_one_of_four_kinds(astana: World) -> None:
    """R3.1-a"""
    assert list(ProviderKind) == ["ASTANA", "ALMATY", "DISTRICT", "CITY_OF_OBLAST_SIGNIFICANCE"]
    assert ProviderKind(astana.office.kind) is ProviderKind.ASTANA


def test_officials_see_and_register_for_their_own_provider_only(astana: World) -> None:
    """R3.1-b"""
    almaty = world.office("almaty")
    application = walked_in(astana)

    assert list(Application.objects.visible_to(astana.specialist)) == [application]
    assert list(Application.objects.visible_to(almaty.specialist)) == []
    with pytest.raises(NotAllowed):
        prepare.take(application, by=almaty.specialist, at=MONDAY_TEN)


@pytest.mark.parametrize("channel", ["POST", "EMAIL", "PHONE", ""])
def test_there_are_two_channels_and_the_database_knows_no_third(astana: World, channel: str) -> None:
    """R3.2-a"""
    application = walked_in(astana)

    with pytest.raises(IntegrityError):
        Application.objects.filter(pk=application.pk).update(channel=channel)
    assert list(Channel) == ["PROVIDER", "PORTAL"]


def test_the_form_of_the_result_is_kept_beside_the_channel_of_intake(astana: World) -> None:
    """R3.2-b"""
    application = sent(astana, issue_form=IssueForm.PAPER)

    assert (application.channel, application.issue_form) == (Channel.PORTAL, IssueForm.PAPER)


def test_a_case_finished_exactly_when_due_is_in_time(astana: World) -> None:
    """R4.1-d"""
    application = walked_in(astana)
    second = timedelta(seconds=1)

    assert application.is_overdue(at=application.due_at) is False
    assert application.is_overdue(at=application.due_at + second) is True
    application.offered_at = application.due_at
    assert application.is_overdue(at=application.due_at + second) is False


def test_the_term_at_the_counter_is_met_when_the_result_is_offered_not_when_it_is_taken(
    astana: World,
) -> None:
    """R4.1-e"""
    application = walked_in(astana)
    drafted(astana, application)
    sealed(signed(astana, application))
    application.refresh_from_db()
    offered_at, taken_at = MONDAY_TEN + timedelta(minutes=29), MONDAY_TEN + timedelta(hours=2)

    issue.offer(application, by=astana.specialist, at=offered_at)
    issue.hand_over(application.decision.referral, by=astana.specialist, at=taken_at)

    application.refresh_from_db()
    assert application.finished_at == offered_at
    assert application.decision.referral.handed_over_at == taken_at
    assert application.is_overdue(at=taken_at) is False


def test_an_application_names_one_kind_and_others_in_order_and_has_one_result(astana: World) -> None:
    """R6.1-a, R6.1-b"""
    others = (ResultKind.YOUTH_PRACTICE, ResultKind.SOCIAL_WORKPLACE)
    application = walked_in(astana, kind=ResultKind.PUBLIC_WORKS, other_kinds=others)
    decision = drafted(astana, application)

    assert [kind.number for kind in ResultKind] == [1, 2, 3, 4, 5, 6]
    assert (application.kind, tuple(application.other_kinds)) == (ResultKind.PUBLIC_WORKS, others)
    decision.pk = uuid4()
    with pytest.raises(IntegrityError):
        decision.save(force_insert=True)


@pytest.mark.parametrize(
    ("kind", "training_kind"),
    [(ResultKind.VOCATIONAL_TRAINING, None), (ResultKind.PUBLIC_WORKS, TrainingKind.RETRAINING)],
)
def test_the_third_kind_and_no_other_says_which_training(
    astana: World, kind: ResultKind, training_kind: TrainingKind | None
) -> None:
    """R6.1-c"""
    with pytest.raises(IntegrityError):
        walked_in(astana, kind=kind, training_kind=training_kind)


@pytest.mark.parametrize("kind", [kind for kind in ResultKind if kind.is_referral])
def test_a_referral_without_its_organisation_and_place_is_not_drafted(
    astana: World, kind: ResultKind
) -> None:
    """R6.1-e"""
    training = TrainingKind.TRAINING if kind.needs_training_kind else None
    application = walked_in(astana, kind=kind, training_kind=training)
    prepare.take(application, by=astana.specialist, at=MONDAY_TEN)
    without = {
        field: FIELDS.get(field, "курс") for field in kind.required if field != ResultField.ORGANISATION
    }

    with pytest.raises(FieldsMissing) as refused:
        prepare.draft_referral(application, kind=kind, fields=without, by=astana.specialist, at=MONDAY_TEN)

    assert refused.value.missing == (ResultField.ORGANISATION,)
    assert not Decision.objects.exists()


def test_a_record_of_guidance_names_no_employer_and_is_a_result_all_the_same(astana: World) -> None:
    """R6.1-d"""
    application = walked_in(astana, kind=ResultKind.CAREER_GUIDANCE)
    prepare.take(application, by=astana.specialist, at=MONDAY_TEN)
    prepare.draft_referral(
        application,
        kind=ResultKind.CAREER_GUIDANCE,
        fields={ResultField.GUIDANCE_GIVEN: "Жеке кеңес берілді."},
        by=astana.specialist,
        at=MONDAY_TEN,
    )
    decision = signed(astana, application)
    sealed(decision)
    application.refresh_from_db()
    issue.offer(application, by=astana.specialist, at=application.due_at)

    application.refresh_from_db()
    assert (decision.number, decision.signed_at, decision.signed_by) == (
        "АСТ-Ж-2015-000001",
        MONDAY_TEN,
        astana.head,
    )
    assert (application.state, application.is_overdue(at=application.due_at)) == ("ISSUED", False)
    assert set(decision.fields) == {"guidance_given"}


def test_an_organisation_cannot_apply(astana: World) -> None:
    """R7.1-a"""
    draft = filled_draft(astana)
    cms = pki.official(draft.person.iin, "140940311897", role=Role.HEAD).sign(
        document_of(draft), at=MONDAY_TEN
    )

    with pytest.raises(Refused) as refused:
        accept.accept_application(draft, cms, by=draft.person, at=MONDAY_TEN)

    assert refused.value.ground == Ground.EDS_INVALID
    assert Application._meta.get_field("person").null is False


@pytest.mark.parametrize("holder", Holder)
@pytest.mark.parametrize("document", [*DocumentKind, None])
def test_the_counter_accepts_the_document_that_fits_the_citizenship_and_no_other(
    astana: World, holder: Holder, document: DocumentKind | None
) -> None:
    """R9.1-a, R9.1-b"""
    fitting = {
        Holder.CITIZEN: {DocumentKind.ID_CARD_KZ, DocumentKind.PASSPORT_KZ},
        Holder.FOREIGNER: {DocumentKind.RESIDENCE_PERMIT},
        Holder.STATELESS: {DocumentKind.STATELESS_CERTIFICATE},
    }

    try:
        said = walked_in(astana, holder=holder, document_kind=document).state
    except Refused as refused:
        said = refused.ground

    assert said == ("REGISTERED" if document in fitting[holder] else Ground.WRONG_ID_KIND)


def test_an_oralman_shows_his_certificate_and_nobody_else_is_asked_for_one(astana: World) -> None:
    """R9.1-c"""
    with pytest.raises(Refused) as refused:
        walked_in(astana, is_oralman=True)

    assert refused.value.ground == Ground.NO_ORALMAN_CERTIFICATE
    assert walked_in(astana, is_oralman=False).state == "REGISTERED"
    assert walked_in(astana, is_oralman=True, oralman_certificate="123").state == "REGISTERED"


def test_an_expired_document_is_not_accepted_and_a_dated_note_says_so(astana: World) -> None:
    """R9.1-e"""
    with pytest.raises(Refused) as refused:
        walked_in(astana, document_valid_until=date(2015, 9, 13))

    accept.note_non_acceptance(
        refused.value.ground,
        key=uuid4(),
        place=astana.place,
        name="",
        remark="",
        by=astana.specialist,
        at=MONDAY_TEN,
    )

    note = NonAcceptance.objects.get()
    assert (note.ground, note.at, note.by) == (Ground.ID_EXPIRED, MONDAY_TEN, astana.specialist)
    assert not Application.objects.exists()
    assert walked_in(astana, document_valid_until=date(2015, 9, 14)).state == "REGISTERED"


def test_of_an_identity_document_its_data_are_kept_and_the_document_is_returned(astana: World) -> None:
    """R9.1-f"""
    application = walked_in(astana)

    kept = {field.name for field in IdentityDocument._meta.fields}
    assert kept == {
        "application", "kind", "holder", "number", "issuer", "issued_on", "valid_until",
        "oralman_certificate", "is_returned",
    }  # fmt: skip
    assert [f.name for f in IdentityDocument._meta.fields if type(f) is SealedField] == []
    assert application.identity.is_returned is True


@pytest.mark.parametrize(
    ("signer", "ground"),
    [
        ({"iin": OTHER_IIN}, Ground.EDS_OTHER_PERSON),
        ({"until": MONDAY_TEN - timedelta(days=1)}, Ground.EDS_EXPIRED),
        ({"at": MONDAY_TEN + timedelta(days=2)}, Ground.EDS_INVALID),
    ],
    ids=["another person", "expired", "not yet valid"],
)
def test_a_signature_that_does_not_hold_rejects_the_submission_and_nothing_is_stored(
    astana: World, signer: dict, ground: Ground
) -> None:
    """R9.2-b"""
    draft = filled_draft(astana)
    cms = pki.person(**{"iin": draft.person.iin, **signer}).sign(document_of(draft), at=MONDAY_TEN)

    with pytest.raises(Refused) as refused:
        accept.accept_application(draft, cms, by=draft.person, at=MONDAY_TEN)

    assert refused.value.ground == ground
    assert not Application.objects.exists()
    assert not Signature.objects.exists()


def test_a_revoked_certificate_rejects_the_submission_and_nothing_is_stored(astana: World) -> None:
    """R9.2-b"""
    draft = filled_draft(astana)
    lost = pki.person(draft.person.iin, surname="Жоғалған")
    pki.authority().revoke(lost, at=MONDAY_TEN - timedelta(hours=1))
    world.trust_at(MONDAY_TEN - timedelta(minutes=30))

    with pytest.raises(Refused) as refused:
        accept.accept_application(
            draft, lost.sign(document_of(draft), at=MONDAY_TEN), by=draft.person, at=MONDAY_TEN
        )

    assert refused.value.ground == Ground.EDS_REVOKED
    assert not Application.objects.exists()


def test_a_contact_is_no_condition_on_either_channel(astana: World) -> None:
    """R9.2-c"""
    portal, counter = sent(astana), walked_in(astana)

    assert (portal.contact, counter.contact) == (None, None)
    assert (portal.identity.kind, portal.identity.number) == (DocumentKind.ID_CARD_KZ, "041234567")


def test_what_the_register_says_is_taken_over_and_question_answer_time_and_system_are_kept(
    astana: World,
) -> None:
    """R9.3-a"""
    application = walked_in(astana)
    inquiry = Inquiry.objects.get(subject=application.pk)
    later = MONDAY_TEN + timedelta(minutes=1)
    answer = Answer(Outcome.CONFIRMED, surname="Тегі", given_name="Аты", holder=Holder.CITIZEN)

    inquire.receive_answer(inquiry, answer, at=later)

    inquiry.refresh_from_db()
    assert (inquiry.system, inquiry.asked_at, inquiry.answered_at) == ("GBD_FL", MONDAY_TEN, later)
    assert (inquiry.question["document_number"], inquiry.answer["surname"]) == ("041234567", "Тегі")
    assert Person.objects.get(pk=application.person_id).name.full == "Тегі Аты"


def test_a_silent_register_leaves_the_case_accepted_and_its_term_running(astana: World) -> None:
    """R9.3-b"""
    application = walked_in(astana)
    inquiry = Inquiry.objects.get(subject=application.pk)

    inquire.note_silence(inquiry, ended=Ended.SILENT, at=MONDAY_TEN)
    inquire.note_silence(inquiry, ended=Ended.SILENT, at=MONDAY_TEN + timedelta(minutes=5))

    again = Application.objects.get(pk=application.pk)
    assert (again.state, again.due_at) == ("REGISTERED", application.due_at)
    assert [attempt.ended for attempt in inquiry.attempts.all()] == ["silent", "silent"]
    assert Event.objects.filter(name="inquiry.silent").count() == 2


@pytest.mark.parametrize("outcome", [Outcome.UNKNOWN, Outcome.EXPIRED, Outcome.OTHER_PERSON])
def test_identity_that_the_register_denies_leads_to_a_reasoned_refusal_only(
    astana: World, outcome: Outcome
) -> None:
    """R9.3-c"""
    application = walked_in(astana)
    inquire.receive_answer(Inquiry.objects.get(subject=application.pk), Answer(outcome), at=MONDAY_TEN)
    prepare.take(application, by=astana.specialist, at=MONDAY_TEN)

    with pytest.raises(NotYet):
        prepare.draft_referral(
            application,
            kind=ResultKind(application.kind),
            fields=FIELDS,
            by=astana.specialist,
            at=MONDAY_TEN,
        )
    refusal = prepare.draft_refusal(
        application,
        ground=Ground.DATA_NOT_CONFIRMED,
        reasons="Тіркелім құжатты растамады.",
        by=astana.specialist,
        at=MONDAY_TEN,
    )

    assert (refusal.outcome, refusal.ground) == ("refuse", Ground.DATA_NOT_CONFIRMED)
