"""The chancery registers a complaint: number, date, who took it, when and where the answer is had (¶10.3)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from joldama.cases.models import Application, Decision
from joldama.cases.numbers import Register, next_number
from joldama.complaints.models import Complaint
from joldama.complaints.operations import ComplaintIsElsewhere, file, move, reckoned
from joldama.complaints.queries import officials_of, providers_near
from joldama.complaints.rules import is_chancery, may_register, may_register_paper
from joldama.people.models import Office, Place, Staff
from joldama.people.queries import person_by_iin
from joldama.procedures import notify
from joldama.procedures.reckoning import ComplaintTerm, complaint_term, doors_of
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.standard.complaint_workflow import ComplaintMove, ComplaintState
from joldama.standard.complaints import ComplaintAddressee, ComplaintChannel, ComplaintSubject
from joldama.standard.grounds import Ground
from joldama.standard.office_kinds import OfficeKind
from joldama.standard.refusals import Refused

_ADDRESSED_TO = {addressee.office_kind: addressee for addressee in ComplaintAddressee}


class UnknownApplication(LookupError):
    """The provider has no application of this number."""


@dataclass(frozen=True, kw_only=True)
class Filing:
    """A paper complaint as the chancery reads it; who filed it, and what of, may be missing (A16)."""

    key: UUID
    channel: ComplaintChannel
    subject: ComplaintSubject
    provider: UUID
    official: UUID | None = None
    application_number: str = ""
    complainant: str = ""
    iin: str = ""
    contact: str = ""
    text: str = ""
    language: str = "kk"


def addressee_of(office: Office) -> ComplaintAddressee:
    """Give who is addressed by what a chancery registers (R10.2-b)."""
    return _ADDRESSED_TO[OfficeKind(office.body)]


@transaction.atomic
def register_paper(filing: Filing, *, by: Staff, at: datetime) -> Complaint:
    """Register what came by post or was handed in; the same key registers once. Registration is never refused.

    Only in the chancery's hours (A29): raises Refused. Raises UnknownApplication for a number the provider
    does not have.
    """
    if not may_register_paper(by) or filing.channel is ComplaintChannel.PORTAL:
        raise NotAllowed
    assert by.office is not None and by.place is not None
    known = Complaint.objects.filter(key=filing.key).first()
    if known is not None:
        return known
    provider = next((one for one in providers_near(by.office) if one.pk == filing.provider), None)
    if provider is None:
        raise NotAllowed
    _refuse_when_closed(by.place, at)
    addressee = addressee_of(by.office)
    application = _application(filing, provider)
    decision = result_of(application)
    complaint = complaint_with(
        complaint_term(by.place, addressee, filing.channel, at),
        key=filing.key,
        addressee=addressee,
        channel=filing.channel,
        subject=filing.subject,
        provider=provider,
        office=by.office,
        place=by.place,
        official=against(_named(filing.official, provider), filing.subject, decision),
        application=application,
        decision=decision,
        person=person_by_iin(filing.iin) if filing.iin else None,
        complainant=filing.complainant,
        contact=filing.contact,
        text=filing.text,
        language=filing.language,
        delivered_at=at,
        state=ComplaintState.REGISTERED,
        number=next_number(Register.COMPLAINTS, office=by.office, place=by.place, at=at),
        registered_at=at,
        registered_by=by,
    )
    if not is_chancery(by, complaint):
        raise NotAllowed
    file(complaint, event=ComplaintMove.REGISTER_PAPER, by=by.actor, at=at)
    notify.tell_of_complaint(complaint, at=at)
    return complaint


@transaction.atomic
def register_delivered(complaint: Complaint, *, by: Staff, at: datetime) -> None:
    """Register what came through the portal, once its day has opened (A29); its term was set by delivery.

    A late registration moves nobody's term. Raises NotYet before the opening.
    """
    if not is_chancery(by, complaint):
        raise NotAllowed
    if not may_register(by, complaint):
        raise ComplaintIsElsewhere(complaint)
    if at < complaint.accepted_at:
        opens = complaint.accepted_at.astimezone(complaint.place.zone)
        raise NotYet("error.complaint_not_open_yet", register_at=opens)
    move(
        complaint,
        ComplaintMove.REGISTER,
        by=by.actor,
        at=at,
        number=next_number(Register.COMPLAINTS, office=complaint.office, place=complaint.place, at=at),
        registered_at=at,
        registered_by=by,
    )
    notify.tell_of_complaint(complaint, at=at)


def complaint_with(reckoning: ComplaintTerm, **columns: object) -> Complaint:
    """Give a complaint that is not written yet, with its reckoned term."""
    term = reckoning.term
    assert term.target_at is not None
    place = columns["place"]
    assert isinstance(place, Place)
    return Complaint(
        **columns,
        accepted_at=term.accepted_at,
        answer_from_on=reckoning.answer_from_on,
        due_at=term.due_at,
        target_at=term.target_at,
        forward_by_at=reckoning.forward_by_at,
        reckoning=reckoned(term, zone=place.zone),
    )


def result_of(application: Application | None) -> Decision | None:
    """Give the delivered result of a case: a referral or a refusal that was offered (R10.7-a)."""
    if application is None or application.offered_at is None or application.decision is None:
        return None
    return application.decision if application.decision.signed_at else None


def against(named: Staff | None, subject: ComplaintSubject | None, decision: Decision | None) -> Staff | None:
    """Give the official complained of: the one named, or who signed the decision complained of (R10.1-c)."""
    if named is None and decision is not None and subject is ComplaintSubject.DECISION:
        return decision.signed_by
    return named


def _named(official: UUID | None, provider: Office) -> Staff | None:
    return next((staff for staff in officials_of(provider) if staff.pk == official), None)


def _application(filing: Filing, provider: Office) -> Application | None:
    if not filing.application_number:
        return None
    found = (
        Application.objects.filter(number=filing.application_number, office=provider)
        .select_related("decision__signed_by")
        .first()
    )
    if found is None:
        raise UnknownApplication(filing.application_number)
    return found


def _refuse_when_closed(place: Place, at: datetime) -> None:
    doors = doors_of(place, at)
    if not doors.is_open:
        raise Refused(Ground.OUTSIDE_RECEPTION_HOURS, opens_at=doors.opens_at.astimezone(place.zone))
