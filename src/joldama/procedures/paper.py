"""What was kept on paper while there was no power, entered by the head afterwards: packages, results, notes (S26).

Times stay as they were written; the moment of entry stands apart, in the row and in each event (R5.1-a). The
decision and the signature were a person's, by hand (R5.1-b): only who could sign on that day can have signed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from joldama.cases.models import Application, Decision, NonAcceptance, Outcome
from joldama.cases.operations import SomebodyWasFaster, let_stand, move, open_case
from joldama.cases.rules import may_enter_paper_result, may_see
from joldama.journal.actors import FromPaper
from joldama.journal.operations import record
from joldama.people.models import Staff
from joldama.people.operations import remember_person
from joldama.people.rules import may_sign_for_office
from joldama.procedures import letters, remind
from joldama.procedures.accept import (
    Intake,
    accepted_document,
    as_registered,
    ask_about_identity,
    keep_identity,
)
from joldama.procedures.apply import Incomplete, check_kinds
from joldama.procedures.prepare import FieldsMissing, kinds_wanted
from joldama.procedures.reckoning import calendar, counter_term, edition_of, opens_at, valid_until
from joldama.procedures.refusing import NotAllowed
from joldama.procedures.written import (
    CannotBeSo,
    impossible_moment,
    locked_blank,
    outside_hours,
    place_of_signer,
    require_specialist,
    settle,
    use_up,
)
from joldama.referrals import operations as referrals
from joldama.referrals.models import Referral
from joldama.standard.blanks import BlankKind
from joldama.standard.grounds import Ground, Tier
from joldama.standard.kinds import ResultField, ResultKind, TrainingKind
from joldama.standard.workflows import ApplicationMove


@dataclass(frozen=True, kw_only=True)
class WrittenResult:
    """A result as the paper has it: a referral of a kind with its fields, or a refusal with its ground."""

    signed_by: Staff
    decided_at: datetime
    offered_at: datetime
    handed_over_at: datetime | None = None
    kind: ResultKind | None = None
    training_kind: TrainingKind | None = None
    fields: Mapping[ResultField, str] | None = None
    ground: Ground | None = None
    reasons: str = ""


@dataclass(frozen=True, kw_only=True)
class WrittenNote:
    """A note of non-acceptance as the paper has it."""

    key: UUID
    noted_at: datetime
    noted_by: Staff
    ground: Ground
    name: str = ""
    remark: str = ""


@transaction.atomic
def enter_registration(
    intake: Intake,
    *,
    blank: UUID,
    registered_at: datetime,
    registered_by: Staff,
    by: Staff,
    at: datetime,
    as_written: bool = False,
    remark: str = "",
) -> Application:
    """Enter a package that was registered on a blank; its term runs from the moment that was written.

    The same key enters once. Raises CannotBeSo, Doubtful unless it was confirmed `as_written`, Refused with a
    ground of the first tier, NotAllowed.
    """
    place = place_of_signer(by, at=at)
    known = Application.objects.filter(key=intake.key).first()
    if known is not None:
        return known
    paper = locked_blank(blank, BlankKind.PACKAGE, place)
    require_specialist(registered_by, place, "registered_by")
    doubts = tuple(outside_hours(registered_at, "registered_at", place=place))
    settle(
        impossible_moment(registered_at, "registered_at", place=place, blank=paper, at=at),
        doubts,
        as_written=as_written,
    )
    try:
        check_kinds(intake.kind, intake.training_kind, intake.other_kinds, place=place, at=registered_at)
    except Incomplete as gone:
        raise CannotBeSo("error.kind_gone", gone.missing[0]) from gone
    document_kind = accepted_document(intake, today=registered_at.astimezone(place.zone).date())
    term = counter_term(place, registered_at, is_registered=True)
    person = remember_person(intake.iin, name=intake.name, language=intake.language)
    case = as_registered(
        intake, term, number=paper.number, place=place, person=person, by=registered_by, at=registered_at
    )
    case.entered_at, case.entered_by, case.blank = at, by, paper
    application = open_case(
        case,
        term,
        event=ApplicationMove.REGISTER_AT_COUNTER,
        by=registered_by.actor,
        at=registered_at,
        from_paper=FromPaper(by.actor, at),
        event_facts={"outside_hours": True} if doubts else None,
    )
    use_up(paper, by=by, at=at, remark=remark)
    keep_identity(application, intake, document_kind)
    ask_about_identity(application, document_kind, intake.document_number, at=at)
    return application


@transaction.atomic
def enter_note(
    written: WrittenNote, *, blank: UUID, by: Staff, at: datetime, as_written: bool = False, remark: str = ""
) -> NonAcceptance:
    """Enter a note of non-acceptance that was written on a blank; no case and no term arise (A13).

    The same key enters once. Raises CannotBeSo, Doubtful unless it was confirmed `as_written`, NotAllowed.
    """
    place = place_of_signer(by, at=at)
    known = NonAcceptance.objects.filter(key=written.key, office=place.office).first()
    if known is not None:
        return known
    paper = locked_blank(blank, BlankKind.NOTE, place)
    require_specialist(written.noted_by, place, "noted_by")
    if written.ground.tier != Tier.NOT_ACCEPTED:
        raise ValueError(written.ground)
    closed = tuple(outside_hours(written.noted_at, "noted_at", place=place))
    settle(
        impossible_moment(written.noted_at, "noted_at", place=place, blank=paper, at=at),
        # Outside the hours is itself a ground: such a note is as it should be.
        () if written.ground is Ground.OUTSIDE_RECEPTION_HOURS else closed,
        as_written=as_written,
    )
    note = NonAcceptance.objects.create(
        key=written.key,
        office=place.office,
        place=place,
        at=written.noted_at,
        by=written.noted_by,
        ground=written.ground,
        name=written.name,
        remark=written.remark,
        entered_at=at,
        entered_by=by,
        blank=paper,
    )
    use_up(paper, by=by, at=at, remark=remark)
    record(
        "documents.not_accepted",
        subject=note.pk,
        by=written.noted_by.actor,
        at=written.noted_at,
        paragraph="9",
        from_paper=FromPaper(by.actor, at),
        ground=written.ground,
    )
    return note


@transaction.atomic
def enter_result(application: Application, written: WrittenResult, *, by: Staff, at: datetime) -> Decision:
    """Enter the result that was written and signed by hand on the blank of a case.

    Raises CannotBeSo, FieldsMissing, SomebodyWasFaster when the case went on otherwise, NotAllowed.
    """
    place = application.place
    today = at.astimezone(place.zone).date()
    if not may_see(by, application) or not may_sign_for_office(by, application.office_id, on=today):
        raise NotAllowed
    case = (
        Application.objects.select_for_update(of=("self",))
        .select_related("place", "blank")
        .get(pk=application.pk)
    )
    if not may_enter_paper_result(by, case, on=today):
        raise SomebodyWasFaster(application)
    _check_order(case, written, at=at)
    on = written.decided_at.astimezone(place.zone).date()
    if not may_sign_for_office(written.signed_by, case.office_id, on=on):
        raise CannotBeSo("error.paper.could_not_sign", "signed_by", signed_on=on)
    _check_content(case, written)
    return _write_result(case, written, on=on, by=by, at=at)


def _check_order(case: Application, written: WrittenResult, *, at: datetime) -> None:
    zone = case.place.zone
    before = case.registered_at
    for field in ("decided_at", "offered_at", "handed_over_at"):
        moment = getattr(written, field)
        if moment is None:
            continue
        if moment > at:
            raise CannotBeSo("error.paper.future", field, now_at=at.astimezone(zone))
        if before is not None and moment < before:
            raise CannotBeSo("error.paper.out_of_order", field, earlier_at=before.astimezone(zone))
        before = moment


def _check_content(case: Application, written: WrittenResult) -> None:
    if written.kind is None:
        if written.ground is None or written.ground.tier != Tier.REFUSED:
            raise ValueError(written.ground)
        return
    if written.kind not in kinds_wanted(case):
        raise ValueError(written.kind)
    asked = edition_of(case).declared(written.kind).required
    missing = tuple(field for field in asked if not (written.fields or {}).get(field))
    if missing:
        raise FieldsMissing(missing)


def _write_result(
    case: Application, written: WrittenResult, *, on: date, by: Staff, at: datetime
) -> Decision:
    paper, registered_by, registered_at = FromPaper(by.actor, at), case.registered_by, case.registered_at
    assert registered_by is not None and registered_at is not None and case.blank is not None
    decision = Decision.objects.create(
        application=case,
        outcome=Outcome.GRANT if written.kind else Outcome.REFUSE,
        kind=written.kind,
        training_kind=_training(case, written),
        fields={field.value: text for field, text in (written.fields or {}).items() if text},
        ground=written.ground if written.kind is None else None,
        reasons=written.reasons,
        drafted_at=written.decided_at,
        drafted_by=registered_by,
        signed_at=written.decided_at,
        signed_by=written.signed_by,
        is_by_hand=True,
        number=case.blank.number,
        edition=edition_of(case).id,
        calendar_version=calendar().version,
    )
    let_stand(decision, application=case)
    move(
        case,
        ApplicationMove.TAKE,
        by=registered_by.actor,
        at=registered_at,
        from_paper=paper,
        taken_at=registered_at,
        taken_by=registered_by,
    )
    signer, signed_at = written.signed_by.actor, written.decided_at
    if written.kind is None:
        move(
            case,
            ApplicationMove.REFUSE,
            by=signer,
            at=signed_at,
            from_paper=paper,
            decided_at=signed_at,
            offered_at=written.offered_at,
        )
        return decision
    move(case, ApplicationMove.SIGN, by=signer, at=signed_at, from_paper=paper, decided_at=signed_at)
    referral = referrals.issue(
        decision,
        valid_until_on=valid_until(case, written.kind, on=on),
        by=signer,
        at=signed_at,
        control_code=case.blank.control_code,
        from_paper=paper,
    )
    move(
        case,
        ApplicationMove.ISSUE,
        by=registered_by.actor,
        at=written.offered_at,
        from_paper=paper,
        offered_at=written.offered_at,
    )
    if written.handed_over_at is not None:
        is_outside = opens_at(case.place, written.handed_over_at) is not None
        referrals.hand_over(
            referral,
            by=registered_by,
            at=written.handed_over_at,
            is_outside_hours=is_outside,
            from_paper=paper,
        )
        _ask_organisation(referral, at=at)
    return decision


def _ask_organisation(referral: Referral, *, at: datetime) -> None:
    """Send the confirmed contact its code now, where an answer is still awaited.

    From the business day before the last day on the reminder brings a code within a minute, and one is enough.
    """
    if referral.valid_until_on is None or remind.is_time(referral, at=at):
        return
    today = at.astimezone(referral.application.place.zone).date()
    if today <= referral.valid_until_on + letters.LATE:
        letters.send_first_code(referral, at=at)


def _training(case: Application, written: WrittenResult) -> Any:
    if written.kind is None or not edition_of(case).declared(written.kind).needs_training_kind:
        return None
    return written.training_kind or case.training_kind
