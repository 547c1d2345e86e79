"""What is kept on paper while there is no power: numbered blanks, and the head's entry afterwards (R5.1-a, S26).

Times stay as they were written; the moment of entry stands apart, in the case and in each event. The decision
and the signature were a person's, by hand (R5.1-b): only who could sign on that day can have signed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from joldama.cases.blanks import PaperBlank
from joldama.cases.models import Application, Decision, Outcome
from joldama.cases.numbers import Register, next_number
from joldama.cases.operations import SomebodyWasFaster, let_stand, move, open_case
from joldama.cases.rules import may_enter_paper_result, may_see
from joldama.journal.actors import FromPaper
from joldama.journal.operations import record
from joldama.people.models import Place, Staff
from joldama.people.operations import remember_person
from joldama.people.rules import may_sign_for_office, works_for
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
from joldama.referrals import operations as referrals
from joldama.standard.editions import NoEdition, edition_on
from joldama.standard.grounds import Ground, Tier
from joldama.standard.kinds import ResultField, ResultKind, TrainingKind
from joldama.standard.roles import Role
from joldama.standard.terms import Closed, Term
from joldama.standard.workflows import ApplicationMove

MOST_BLANKS = 50
"""Blanks printed at once; a morning needs fewer."""


class CannotBeSo(ValueError):
    """What was written cannot have been so; `key` and `values` say why, `field` which time or name it is."""

    def __init__(self, key: str, field: str, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.field = field
        self.values = values


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


@transaction.atomic
def print_blanks(count: int, *, by: Staff, at: datetime) -> list[PaperBlank]:
    """Give an office further blanks, numbered in their own series without gaps (A38)."""
    place = _place_of(by, at=at)
    if not 1 <= count <= MOST_BLANKS:
        raise ValueError(count)
    made = [
        PaperBlank.objects.create(
            office=place.office,
            number=next_number(Register.BLANKS, office=place.office, place=place, at=at),
            printed_at=at,
            printed_by=by,
        )
        for _ in range(count)
    ]
    for blank in made:
        record("blank.printed", subject=blank.pk, by=by.actor, at=at, paragraph="5")
    return made


@transaction.atomic
def void_blanks(blanks: Iterable[UUID], *, act: str, by: Staff, at: datetime) -> int:
    """Void unused blanks of the office by an act; say how many were (A38)."""
    place = _place_of(by, at=at)
    unused = PaperBlank.objects.select_for_update(of=("self",)).filter(
        pk__in=list(blanks), office=place.office, voided_at=None, application=None
    )
    found = list(unused.order_by("number"))
    for blank in found:
        PaperBlank.objects.filter(pk=blank.pk).update(voided_at=at, voided_by=by, void_act=act)
        record("blank.voided", subject=blank.pk, by=by.actor, at=at, paragraph="5")
    return len(found)


@transaction.atomic
def enter_registration(
    intake: Intake, *, blank: UUID, registered_at: datetime, registered_by: Staff, by: Staff, at: datetime
) -> Application:
    """Enter a package that was registered on a blank; its term runs from the moment that was written.

    The same key enters once. Raises CannotBeSo, Refused with a ground of the first tier, NotAllowed.
    """
    place = _place_of(by, at=at)
    known = Application.objects.filter(key=intake.key).first()
    if known is not None:
        return known
    paper = _unused(blank, place)
    if registered_by.role != Role.SPECIALIST or not works_for(registered_by, place.office_id):
        raise CannotBeSo("error.paper.not_his_office", "registered_by")
    term = _term_as_written(place, registered_at, paper, at=at)
    try:
        check_kinds(intake.kind, intake.other_kinds, place=place, at=registered_at)
    except Incomplete as gone:
        raise CannotBeSo("error.kind_gone", gone.missing[0]) from gone
    document_kind = accepted_document(intake, today=registered_at.astimezone(place.zone).date())
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
    )
    keep_identity(application, intake, document_kind)
    ask_about_identity(application, document_kind, intake.document_number, at=at)
    return application


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


def _place_of(by: Staff, *, at: datetime) -> Place:
    """Give the place of the head, or of the deputy by order; nobody else enters what was on paper."""
    place = by.place
    if place is None or not may_sign_for_office(by, by.office_id, on=at.astimezone(place.zone).date()):
        raise NotAllowed
    return place


def _unused(blank: UUID, place: Place) -> PaperBlank:
    found = PaperBlank.objects.select_for_update(of=("self",)).filter(pk=blank, office=place.office).first()
    if found is None:
        raise NotAllowed
    if found.voided_at is not None or Application.objects.filter(blank=found).exists():
        raise CannotBeSo("error.paper.blank_used", "", number=found.number)
    return found


def _term_as_written(place: Place, registered_at: datetime, blank: PaperBlank, *, at: datetime) -> Term:
    zone = place.zone
    if registered_at > at:
        raise CannotBeSo("error.paper.future", "registered_at", now_at=at.astimezone(zone))
    try:
        edition_on(registered_at.astimezone(zone).date())
    except NoEdition as none:
        raise CannotBeSo("error.paper.before_edition", "registered_at") from none
    if registered_at < blank.printed_at.replace(second=0, microsecond=0):  # a hand writes minutes
        raise CannotBeSo(
            "error.paper.before_blank", "registered_at", printed_at=blank.printed_at.astimezone(zone)
        )
    try:
        return counter_term(place, registered_at)
    except Closed as closed:
        raise CannotBeSo(
            "error.paper.outside_hours", "registered_at", opens_at=closed.opens_at.astimezone(zone)
        ) from closed


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
    missing = tuple(field for field in written.kind.required if not (written.fields or {}).get(field))
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
    return decision


def _training(case: Application, written: WrittenResult) -> Any:
    if written.kind is None or not written.kind.needs_training_kind:
        return None
    return written.training_kind or case.training_kind
