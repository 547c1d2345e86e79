"""An application is accepted: on the portal by signature and calendar, at the counter by a specialist."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from joldama.cases.models import Application, Draft, IdentityDocument, NonAcceptance
from joldama.cases.numbers import Register, next_number
from joldama.cases.operations import SomebodyWasFaster, move, open_case
from joldama.cases.rules import may_register
from joldama.journal import outbox
from joldama.journal.actors import SYSTEM
from joldama.journal.operations import record
from joldama.people.models import Person, Place, Staff
from joldama.people.operations import remember_person
from joldama.procedures import line, notify
from joldama.procedures.apply import check_kinds
from joldama.procedures.reckoning import counter_term, portal_term
from joldama.procedures.refused_signature import ground_of, other_document
from joldama.procedures.refusing import NotAllowed
from joldama.procedures.sending import refuse_during_break, signed_content
from joldama.registries.operations import open_inquiry
from joldama.registries.ports import Question
from joldama.signatures.judging import Verdict, judge_again, judge_person, person_policy
from joldama.signatures.models import Purpose, Status
from joldama.signatures.operations import SignedBefore, keep, rejudge
from joldama.standard.channels import Channel, IssueForm
from joldama.standard.documents import DocumentKind, Holder
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultKind, TrainingKind
from joldama.standard.names import PersonName
from joldama.standard.papers import ApplicationPaper, NotThisPaper
from joldama.standard.refusals import Refused
from joldama.standard.terms import Closed, Term
from joldama.standard.workflows import ApplicationMove, ApplicationState


def accept_application(draft: Draft, cms: bytes, *, by: Person, at: datetime) -> Application:
    """Take a signed application from the portal (¶9, R9.2-b, A4, A31, A37, A38).

    Delivered at once; registered in the same step in working time when the signature passed. Sent
    twice, it is the same application. Raises Refused with an EDS ground, or apply.Incomplete where the edition
    of the day no longer has the kind, and nothing is stored.
    """
    if not draft.sent_at:
        refuse_during_break(at)
    verdict = judge_person(cms, iin=by.iin, at=at)
    with transaction.atomic():
        draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk, person=by)
        if draft.sent_at:
            return Application.objects.get(key=draft.pk)
        paper = _signed_paper(draft, verdict)
        application = _deliver(draft, paper, cms, verdict, by=by, at=at)
        notify.take_over_contact(by, paper.email, by=by.actor, at=at)
        settle(application, at=at)
        if verdict.status == Status.INDETERMINATE:
            assert application.signature
            outbox.check_signature(application.signature.pk)
        if application.state == ApplicationState.SUBMITTED and application.accepted_at > at:
            notify.tell_of_acceptance(application, at=at)
    return application


def settle(application: Application, *, at: datetime) -> None:
    """Register a delivered application whose day has opened and whose signature passed (A4, A31).

    The signature is judged anew while revocation was unknown; one that fails later ends the case.
    """
    if application.state != ApplicationState.SUBMITTED:
        return
    assert application.signature
    if application.signature.status == Status.INDETERMINATE:
        _judge_again(application, at=at)
    if application.signature.status == Status.PASSED and application.accepted_at <= at:
        _register_delivered(application, at=at)


def settle_delivered(*, at: datetime) -> int:
    """Sweep the delivered applications whose day has opened; return how many were looked at."""
    waiting = Application.objects.delivered_and_due_by(at).order_by("accepted_at", "id")
    count = 0
    for application_id in list(waiting.values_list("pk", flat=True)):
        settle_one(application_id, at=at)
        count += 1
    return count


@transaction.atomic
def settle_one(application_id: UUID, *, at: datetime) -> None:
    """Settle one delivered application; one that somebody settles just now is left to him."""
    application = (
        Application.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("signature", "office", "place", "person", "identity")
        .filter(pk=application_id)
        .first()
    )
    if application is not None:
        settle(application, at=at)


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What a specialist reads off the identity document and hears at the counter (¶9, A19)."""

    key: UUID
    iin: str
    name: PersonName
    holder: Holder
    document_kind: DocumentKind | None
    document_number: str
    document_issuer: str = ""
    document_issued_on: date | None = None
    document_valid_until: date | None = None
    is_oralman: bool = False
    oralman_certificate: str = ""
    kind: ResultKind
    training_kind: TrainingKind | None = None
    other_kinds: tuple[ResultKind, ...] = ()
    language: str = "kk"
    contact: str = ""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What was seen of an identity document so far, and whether the standard names it; None was not read yet."""

    is_named: bool
    kind: DocumentKind | None
    holder: Holder | None
    valid_until: date | None


@transaction.atomic
def register_walk_in(intake: Intake, *, place: Place, by: Staff, at: datetime) -> Application:
    """Register the package of a person at the counter: number, receipt, 30 minutes (R4.1-a, R8.1-a).

    `document_kind` None is a document that the standard does not name. Raises Refused with a ground
    of the first tier (A13), NotYet while others wait and nobody was called; the same key registers once.
    """
    if not may_register(by, place):
        raise NotAllowed
    known = Application.objects.filter(key=intake.key).first()
    if known is not None:
        return known
    try:
        term = counter_term(place, at)
    except Closed as closed:
        raise Refused(
            Ground.OUTSIDE_RECEPTION_HOURS, opens_at=closed.opens_at.astimezone(place.zone)
        ) from closed
    line.refuse_to_pass_over(place, by=by, at=at)
    # The form offers no others.
    check_kinds(intake.kind, intake.training_kind, intake.other_kinds, place=place, at=at)
    document_kind = accepted_document(intake, today=at.astimezone(place.zone).date())
    person = remember_person(intake.iin, name=intake.name, language=intake.language)
    number = next_number(Register.APPLICATIONS, office=place.office, place=place, at=at)
    application = open_case(
        as_registered(intake, term, number=number, place=place, person=person, by=by, at=at),
        term,
        event=ApplicationMove.REGISTER_AT_COUNTER,
        by=by.actor,
        at=at,
    )
    keep_identity(application, intake, document_kind)
    ask_about_identity(application, document_kind, intake.document_number, at=at)
    line.case_registered(application, by=by, at=at)
    notify.take_over_contact(person, intake.contact, by=by.actor, at=at)
    notify.tell_of_acceptance(application, at=at)
    return application


def as_registered(
    intake: Intake, term: Term, *, number: str, place: Place, person: Person, by: Staff, at: datetime
) -> Application:
    """Make the case of a package registered at the counter, not yet remembered."""
    return Application(
        key=intake.key,
        number=number,
        office=place.office,
        place=place,
        person=person,
        channel=Channel.PROVIDER,
        issue_form=IssueForm.PAPER,
        language=intake.language,
        kind=intake.kind,
        training_kind=intake.training_kind,
        other_kinds=list(intake.other_kinds),
        is_oralman=intake.is_oralman,
        contact=intake.contact or None,
        state=ApplicationState.REGISTERED,
        accepted_at=term.accepted_at,
        registered_at=at,
        registered_by=by,
        due_at=term.due_at,
    )


@transaction.atomic
def note_non_acceptance(
    ground: Ground, *, key: UUID, place: Place, name: str, remark: str, by: Staff, at: datetime
) -> NonAcceptance:
    """Write the dated note that documents were not accepted and why (R9.1-e, A13); no case arises.

    It is the answer to the person at the window, and ends his serving (R4.3-a).
    """
    if not may_register(by, place):
        raise NotAllowed
    note, is_new = NonAcceptance.objects.get_or_create(
        key=key,
        defaults={
            "office": place.office,
            "place": place,
            "at": at,
            "by": by,
            "ground": ground,
            "name": name,
            "remark": remark,
        },
    )
    if is_new:
        record("documents.not_accepted", subject=note.pk, by=by.actor, at=at, paragraph="9", ground=ground)
        line.answer_given(place, by=by, at=at)
    return note


def _signed_paper(draft: Draft, verdict: Verdict) -> ApplicationPaper:
    """Give the paper that was signed."""
    try:
        content = signed_content(verdict, draft.document, purpose=Purpose.APPLICATION)
        return ApplicationPaper.from_xml(content)
    except NotThisPaper as error:
        raise other_document(Purpose.APPLICATION) from error


def _deliver(
    draft: Draft, paper: ApplicationPaper, cms: bytes, verdict: Verdict, *, by: Person, at: datetime
) -> Application:
    place = Place.objects.select_related("office").get(pk=paper.place)
    check_kinds(paper.kind, paper.training_kind, paper.other_kinds, place=place, at=at)
    term = portal_term(place, at)
    try:
        signature = keep(cms, verdict, purpose=Purpose.APPLICATION, subject=draft.pk, at=at)
    except SignedBefore as error:
        raise other_document(Purpose.APPLICATION) from error
    application = open_case(
        Application(
            key=draft.pk,
            office=place.office,
            place=place,
            person=by,
            channel=Channel.PORTAL,
            issue_form=paper.issue_form,
            language=paper.language,
            kind=paper.kind,
            training_kind=paper.training_kind,
            other_kinds=list(paper.other_kinds),
            is_oralman=paper.is_oralman,
            contact=paper.email or paper.phone or None,
            state=ApplicationState.SUBMITTED,
            signature=signature,
            submitted_at=at,
            accepted_at=term.accepted_at,
            due_at=term.due_at,
        ),
        term,
        event=ApplicationMove.SUBMIT,
        by=by.actor,
        at=at,
    )
    IdentityDocument.objects.create(
        application=application, kind=paper.document_kind, number=paper.document_number
    )
    Draft.objects.filter(pk=draft.pk).update(sent_at=at)
    return application


def _judge_again(application: Application, *, at: datetime) -> None:
    signature = application.signature
    assert signature
    verdict = judge_again(signature, policy=person_policy(application.person.iin))
    if verdict.status == Status.INDETERMINATE or not rejudge(signature, verdict, at=at):
        return
    signature.status = verdict.status
    if verdict.status == Status.FAILED:
        move(
            application,
            ApplicationMove.NOT_ACCEPT,
            by=SYSTEM,
            at=at,
            not_accepted_at=at,
            not_accepted_ground=ground_of(verdict.reasons),
        )
        notify.tell_of_non_acceptance(application, at=at)


def _register_delivered(application: Application, *, at: datetime) -> None:
    """Register: the number is given in this transaction, the moment is the real one (A31, A38)."""
    try:
        move(
            application,
            ApplicationMove.REGISTER,
            by=SYSTEM,
            at=at,
            registered_at=at,
            number=next_number(
                Register.APPLICATIONS, office=application.office, place=application.place, at=at
            ),
        )
    except SomebodyWasFaster:
        return
    identity = application.identity
    ask_about_identity(application, DocumentKind(identity.kind), identity.number, at=at)
    notify.tell_of_acceptance(application, at=at)


def keep_identity(application: Application, intake: Intake, kind: DocumentKind) -> None:
    """Keep what was read off the document that was shown and returned (R9.1-f)."""
    IdentityDocument.objects.create(
        application=application,
        kind=kind,
        holder=intake.holder,
        number=intake.document_number,
        issuer=intake.document_issuer or None,
        issued_on=_stored(intake.document_issued_on),
        valid_until=_stored(intake.document_valid_until),
        oralman_certificate=intake.oralman_certificate or None,
        is_returned=True,
    )


def ask_about_identity(application: Application, kind: DocumentKind, number: str, *, at: datetime) -> None:
    """Have the identity data fetched from the state register (R9.3-a)."""
    inquiry = open_inquiry(
        Question(application.person.iin, kind, number),
        subject=application.pk,
        office=application.office_id,
        at=at,
    )
    outbox.ask_register(inquiry.pk)


def accepted_document(intake: Intake, *, today: date) -> DocumentKind:
    """Give the kind of the document shown; refuse what the standard does not accept (R9.1-a to R9.1-e).

    An oralman's certificate comes in addition (R9.1-c).
    """
    judge_document(
        Shown(
            is_named=intake.document_kind is not None,
            kind=intake.document_kind,
            holder=intake.holder,
            valid_until=intake.document_valid_until,
        ),
        today=today,
    )
    assert intake.document_kind is not None
    if intake.is_oralman and not intake.oralman_certificate:
        raise Refused(Ground.NO_ORALMAN_CERTIFICATE)
    return intake.document_kind


def judge_document(shown: Shown, *, today: date) -> None:
    """Refuse, as soon as it was seen, a document that identifies nobody (R9.1-a, R9.1-b); a last day is good.

    Raises Refused with its ground. What was not read yet speaks against nothing.
    """
    of_holder = shown.holder or Holder.CITIZEN
    if not shown.is_named or (shown.kind and shown.holder and not shown.kind.fits(shown.holder)):
        raise Refused(Ground.WRONG_ID_KIND, document=of_holder.documents)
    if shown.valid_until and shown.valid_until < today:
        raise Refused(Ground.ID_EXPIRED, valid_until_on=shown.valid_until)


def _stored(day: date | None) -> str | None:
    return day.isoformat() if day else None
