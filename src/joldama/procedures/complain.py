"""A person complains on the portal: a draft that survives until it is signed and sent (¶10.6)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from joldama.cases.models import Application, Decision
from joldama.complaints.models import Complaint, ComplaintDraft
from joldama.complaints.operations import file
from joldama.complaints.queries import chancery_for, officials_of
from joldama.journal import outbox
from joldama.journal.actors import SYSTEM
from joldama.journal.operations import record
from joldama.people.models import Office, Person, Staff
from joldama.people.queries import main_place
from joldama.procedures.apply import Incomplete
from joldama.procedures.reckoning import ComplaintTerm, complaint_term
from joldama.procedures.refused_signature import other_document
from joldama.procedures.refusing import NotYet
from joldama.procedures.register_complaint import against, complaint_with, result_of
from joldama.procedures.sending import refuse_during_break, signed_content
from joldama.signatures.judging import Verdict, judge_again, judge_person, person_policy
from joldama.signatures.models import Purpose, Signature, Status
from joldama.signatures.operations import SignedBefore, keep, rejudge
from joldama.standard.complaint_workflow import ComplaintMove, ComplaintState
from joldama.standard.complaints import ComplaintAddressee, ComplaintChannel, ComplaintSubject
from joldama.standard.papers import ComplaintPaper, NotThisPaper
from joldama.standard.roles import Role


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What the person answered so far. Of the case and the official "none" is an answer: `asked` names it."""

    asked: tuple[str, ...] = ()
    application: UUID | None = None
    provider: UUID | None = None
    subject: ComplaintSubject | None = None
    official: UUID | None = None
    addressee: ComplaintAddressee | None = None
    keeps_head: bool = False
    text: str = ""

    def as_stored(self) -> dict[str, object]:
        """Give the answers as they are stored."""
        ids = {name: str(value) if value else None for name, value in self._ids().items()}
        return {**self.__dict__, **ids, "asked": list(self.asked)}

    @classmethod
    def of(cls, draft: ComplaintDraft) -> "Answers":
        """Read the answers of a draft."""
        stored = dict(draft.answers)
        if not stored:
            return cls()
        ids = {name: UUID(stored[name]) if stored[name] else None for name in _IDS}
        subject, addressee = stored["subject"], stored["addressee"]
        return cls(
            **ids,
            asked=tuple(stored["asked"]),
            subject=ComplaintSubject(subject) if subject else None,
            addressee=ComplaintAddressee(addressee) if addressee else None,
            keeps_head=stored["keeps_head"],
            text=stored["text"],
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """Name the questions that still have no answer, in the order they are asked."""
        wanted = ("application", "provider", "subject", "official", "addressee", "text")
        return tuple(name for name in wanted if not self._has(name))

    def _has(self, name: str) -> bool:
        return name in self.asked if name in ("application", "official") else bool(getattr(self, name))

    def _ids(self) -> dict[str, UUID | None]:
        return {name: getattr(self, name) for name in _IDS}


_IDS = ("application", "provider", "official")


@dataclass(frozen=True)
class Matter:
    """What the answers name, as it stands in the rows."""

    application: Application | None
    decision: Decision | None
    provider: Office
    official: Staff | None

    @property
    def is_about_head(self) -> bool:
        """Whether the provider's head himself is complained of (A27)."""
        return self.official is not None and self.official.role == Role.HEAD


def open_draft(person: Person) -> ComplaintDraft | None:
    """Give the person's complaint that is not sent; he has at most one."""
    return ComplaintDraft.objects.filter(person=person, sent_at=None).first()


def sent_under(reference: str, *, by: Person) -> Complaint | None:
    """Give the complaint that became of the person's draft of this reference; None where none did yet."""
    draft = ComplaintDraft.objects.filter(person=by, reference=reference).exclude(sent_at=None).first()
    return Complaint.objects.get(key=draft.pk) if draft else None


def latest_sent(*, by: Person) -> Complaint | None:
    """Give what the person sent latest on the portal: a page whose answer was lost leads to it."""
    sent = Complaint.objects.filter(person=by, channel=ComplaintChannel.PORTAL)
    return sent.order_by("-delivered_at").first()


def save(answers: Answers, *, by: Person, at: datetime) -> ComplaintDraft:
    """Keep the answers; a document rendered from older answers is dropped, so that it cannot be signed."""
    draft = open_draft(by) or ComplaintDraft(person=by, started_at=at)
    draft.answers = answers.as_stored()
    draft.document = None
    draft.saved_at = at
    draft.save()
    return draft


def discard(person: Person) -> None:
    """Delete the complaint that was not sent."""
    ComplaintDraft.objects.filter(person=person, sent_at=None).delete()


def matter_of(answers: Answers, *, by: Person) -> Matter:
    """Give what the answers are about; the official may follow from the decision complained of."""
    application = None
    if answers.application is not None:
        application = Application.objects.select_related("office", "decision__signed_by").get(
            pk=answers.application, person=by
        )
        provider = application.office
    else:
        assert answers.provider is not None
        provider = Office.objects.get(pk=answers.provider)
    decision = result_of(application)
    named = next((one for one in officials_of(provider) if one.pk == answers.official), None)
    return Matter(application, decision, provider, against(named, answers.subject, decision))


def addressees(provider: Office) -> dict[ComplaintAddressee, Office]:
    """Give to whom one can complain here: whose chancery has somebody to register it (R10.1-a)."""
    found = ((addressee, chancery_for(addressee, provider)) for addressee in ComplaintAddressee)
    return {addressee: office for addressee, office in found if office is not None}


def check_addressee(addressee: ComplaintAddressee, matter: Matter) -> None:
    """Raise NotYet where the quality body is addressed without a delivered result (R10.7-a, A41)."""
    if addressee is ComplaintAddressee.QUALITY and matter.decision is None:
        raise NotYet("error.complaint_no_result")


@transaction.atomic
def render(draft: ComplaintDraft, *, origin: str, language: str, at: datetime) -> bytes:
    """Give the bytes the person reads and signs; raise Incomplete, or NotYet as check_addressee."""
    draft = ComplaintDraft.objects.select_for_update(of=("self",)).select_related("person").get(pk=draft.pk)
    if draft.document:
        return draft.document
    answers = Answers.of(draft)
    if answers.missing:
        raise Incomplete(answers.missing)
    draft.document = _paper(draft, answers, origin=origin, language=language, at=at).to_xml()
    draft.save(update_fields=["document"])
    return draft.document


def reckon(paper: ComplaintPaper, *, at: datetime) -> ComplaintTerm:
    """Reckon when the complaint would be registered and answered if it were sent now."""
    place = main_place(Office.objects.get(code=paper.body))
    return complaint_term(place, paper.addressee, ComplaintChannel.PORTAL, at)


def send(draft: ComplaintDraft, cms: bytes, *, by: Person, at: datetime) -> Complaint:
    """Take a signed complaint: delivered at once, registered by the chancery when its day opens (A29).

    Sent twice, it is the same complaint. Raises Refused with an EDS ground, and nothing is stored.
    """
    if not draft.sent_at:
        refuse_during_break(at)
    verdict = judge_person(cms, iin=by.iin, at=at)
    with transaction.atomic():
        draft = ComplaintDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk, person=by)
        if draft.sent_at:
            return Complaint.objects.get(key=draft.pk)
        try:
            paper = ComplaintPaper.from_xml(
                signed_content(verdict, draft.document, purpose=Purpose.COMPLAINT)
            )
        except NotThisPaper as error:
            raise other_document(Purpose.COMPLAINT) from error
        complaint = _deliver(draft, paper, cms, verdict, by=by, at=at)
        if verdict.status == Status.INDETERMINATE:
            assert complaint.signature
            outbox.check_signature(complaint.signature.pk)
        ComplaintDraft.objects.filter(pk=draft.pk).update(sent_at=at)
    return complaint


@transaction.atomic
def look_again(signature: Signature, *, at: datetime) -> None:
    """Judge a waiting signature on a complaint again; the verdict is kept, the complaint is heard anyway.

    On paper nobody's signature is judged either, and a complaint that was filed never changes (R10.3-c).
    """
    complaint = Complaint.objects.select_related("person").get(signature=signature)
    assert complaint.person is not None
    verdict = judge_again(signature, policy=person_policy(complaint.person.iin))
    if verdict.status == Status.INDETERMINATE or not rejudge(signature, verdict, at=at):
        return
    if verdict.status == Status.FAILED:
        record(
            "complaint.signature_failed", subject=complaint.pk, office=complaint.office_id, by=SYSTEM, at=at
        )


def _paper(
    draft: ComplaintDraft, answers: Answers, *, origin: str, language: str, at: datetime
) -> ComplaintPaper:
    assert answers.addressee and answers.subject
    matter = matter_of(answers, by=draft.person)
    check_addressee(answers.addressee, matter)
    body = addressees(matter.provider).get(answers.addressee)
    if body is None:
        raise Incomplete(("addressee",))
    return ComplaintPaper(
        id=uuid4(),
        draft=draft.reference,
        origin=origin,
        language=language,
        at=at,
        addressee=answers.addressee,
        body=body.code,
        provider=matter.provider.code,
        subject=answers.subject,
        official=matter.official.pk if matter.official else None,
        application=str(matter.application) if matter.application else "",
        result=(matter.decision.number or "") if matter.decision else "",
        iin=draft.person.iin,
        name=draft.person.name,
        text=answers.text,
    )


def _deliver(
    draft: ComplaintDraft, paper: ComplaintPaper, cms: bytes, verdict: Verdict, *, by: Person, at: datetime
) -> Complaint:
    answers = Answers.of(draft)
    matter = matter_of(answers, by=by)
    office = Office.objects.get(code=paper.body)
    place = main_place(office)
    try:
        signature = keep(cms, verdict, purpose=Purpose.COMPLAINT, subject=draft.pk, at=at)
    except SignedBefore as error:
        raise other_document(Purpose.COMPLAINT) from error
    complaint = complaint_with(
        complaint_term(place, paper.addressee, ComplaintChannel.PORTAL, at),
        key=draft.pk,
        addressee=paper.addressee,
        channel=ComplaintChannel.PORTAL,
        subject=paper.subject,
        provider=matter.provider,
        office=office,
        place=place,
        official=Staff.objects.filter(pk=paper.official).first() if paper.official else None,
        application=matter.application,
        decision=matter.decision,
        person=by,
        text=paper.text,
        language=paper.language,
        signature=signature,
        delivered_at=at,
        state=ComplaintState.DELIVERED,
    )
    return file(complaint, event=ComplaintMove.SEND, by=by.actor, at=at)
