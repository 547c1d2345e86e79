"""A specialist takes a case and drafts its result: a referral or a reasoned refusal."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from joldama.cases.models import Application, Decision, Outcome
from joldama.cases.operations import SomebodyWasFaster, hold, let_stand, move
from joldama.cases.rules import may_prepare, may_see, may_take
from joldama.complaints.models import CourtAppeal
from joldama.journal.operations import record
from joldama.openings.filling import FIXED, fields_of
from joldama.openings.models import Opening
from joldama.openings.rules import may_send_to
from joldama.people.models import Staff
from joldama.procedures.court import carried_out, told
from joldama.procedures.granting import check_may_be_granted, grounds_open
from joldama.procedures.offer import check_offered, listing
from joldama.procedures.official_signing import render_anew
from joldama.procedures.reckoning import calendar, edition_of
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.procedures.second_referral import check_no_other_open, hold_person
from joldama.referrals.models import Freed
from joldama.referrals.reserving import free, held_in, pass_on, reserve
from joldama.signatures.models import Purpose
from joldama.standard.grounds import Ground, Tier
from joldama.standard.kinds import ResultField, ResultKind, TrainingKind
from joldama.standard.letters import unprintable
from joldama.standard.workflows import ApplicationMove


class FieldsMissing(Exception):
    """The draft lacks what a result of its kind must say (R6.1-e); `missing` names the fields."""

    def __init__(self, missing: tuple[ResultField, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@transaction.atomic
def take(application: Application, *, by: Staff, at: datetime) -> None:
    """Take a registered case into work; raise SomebodyWasFaster when another has it."""
    if not may_see(by, application):
        raise NotAllowed
    if not may_take(by, application):
        raise SomebodyWasFaster(application)
    move(application, ApplicationMove.TAKE, by=by.actor, at=at, taken_at=at, taken_by=by)


@transaction.atomic
def draft_referral(
    application: Application,
    *,
    kind: ResultKind,
    fields: Mapping[ResultField, str],
    training_kind: TrainingKind | None = None,
    although: str = "",
    opening: Opening | None = None,
    by: Staff,
    at: datetime,
) -> Decision:
    """Draft the referral, to be signed by the head; `fields` as its kind asks, days in ISO 8601.

    From an opening, of the office or of another whose places it may fill, it holds a place there: where one is sent
    is the opening's, anything else of it stands where `fields` say nothing. A draft that holds a place leaves it when
    it is drafted anew without.

    The kind is the one asked for, or one of the others the person named (R6.1-b). Kind 3 says which
    training it is: by default the one that was asked for (R6.1-c). Where a condition of the kind is not known,
    the specialist decides and says why: `although` (A39).

    Raise FieldsMissing when a required one is empty; NotYet while the state register has denied the
    identity data, when only a refusal is possible (R9.3-c), to himself, while an earlier referral of the kind is open
    (§3.6), where a condition is not met, or not known and nothing is said to it. A court that found against the
    refusal binds: then its record is the reason that the decision names (¶11). Raise NoPlaceLeft where the opening
    has no place for anybody else.
    """
    _check(application, by=by)
    if kind not in kinds_wanted(application):
        raise ValueError(kind)
    declared = edition_of(application).declared(kind)
    training = (training_kind or application.training_kind) if declared.needs_training_kind else None
    if opening is not None:
        _check_opening(opening, application, kind=kind)
        training, fields = opening.training_kind, filled(opening, fields)
    missing = tuple(field for field in declared.required if not fields.get(field))
    if missing:
        raise FieldsMissing(missing)
    if fields.get(ResultField.BIN) == application.person.iin:
        # A sole trader answers with his own key: nobody is sent to himself.
        raise NotYet("error.own_number")
    draft = _hold(application, by=by)
    hold_person(application)
    check_no_other_open(application, kind, at=at)
    check_may_be_granted(application, kind, although=although)
    found = carried_out(application)
    return _draft(
        application,
        draft,
        by=by,
        at=at,
        opening=opening,
        outcome=Outcome.GRANT,
        kind=kind,
        training_kind=training,
        ground=None,
        fields={field.value: text for field, text in fields.items() if text},
        reasons=told(found, application.language) if found else "",
        although=although or None,
        court=found,
    )


@transaction.atomic
def draft_refusal(
    application: Application, *, ground: Ground, reasons: str, by: Staff, at: datetime
) -> Decision:
    """Draft a reasoned refusal on a ground of the closed list (A13, §4.5).

    Some grounds want other kinds to be offered before, and the refusal lists them (A14, A39); else NotYet. So it is
    where a referral was annulled to be corrected, and the ground does not bar a corrected one.
    """
    _check(application, by=by)
    if ground.tier != Tier.REFUSED:
        raise ValueError(ground)
    if ground not in grounds_open(application):
        raise NotYet("error.refusal.court" if carried_out(application) else "error.refusal.correction")
    offered = check_offered(application, ground, at=at)
    if offered is not None:
        reasons = f"{reasons}\n\n{listing(offered, application.language)}"
    return _draft(
        application,
        _hold(application, by=by),
        by=by,
        at=at,
        opening=None,
        outcome=Outcome.REFUSE,
        kind=None,
        training_kind=None,
        ground=ground,
        fields={},
        reasons=reasons,
        although=None,
    )


def kinds_wanted(application: Application) -> tuple[ResultKind, ...]:
    """Give the kinds the person would take: the one asked for first, then the others named (R6.1-b)."""
    named = [ResultKind(application.kind), *map(ResultKind, application.other_kinds)]
    return tuple(dict.fromkeys(named))


def filled(opening: Opening, fields: Mapping[ResultField, str]) -> dict[ResultField, str]:
    """Give what a draft from an opening says: what was typed, and of the opening the rest and where one is sent."""
    told = fields_of(opening)
    typed = {field: text for field, text in fields.items() if text}
    return {**told, **typed, **{field: told[field] for field in FIXED}}


def _check_opening(opening: Opening, application: Application, *, kind: ResultKind) -> None:
    if opening.kind != kind or not may_send_to(opening, office_id=application.office_id):
        raise ValueError(opening)


def _check(application: Application, *, by: Staff) -> None:
    if not may_see(by, application):
        raise NotAllowed
    if not may_prepare(by, application):
        raise SomebodyWasFaster(application)


def _check_letters(application: Application, columns: Mapping[str, Any]) -> None:
    """Hold that the paper can show all its letters: a paper that lacks one is not made (R6.2-a)."""
    told = (application.person.name.full, str(columns["reasons"]), *columns["fields"].values())
    if found := unprintable("".join(told)):
        raise NotYet("error.letters", letters=" ".join(found))


def _hold(application: Application, *, by: Staff) -> Decision | None:
    """Hold the draft of a case, and the case: in this order, as whoever signs holds them.

    A draft is what stands for its case; where nothing stands, there is none.
    """
    drafts = Decision.objects.select_for_update(of=("self",)).filter(application=application, signed_at=None)
    list(drafts.values_list("pk"))
    hold(application)
    if not may_prepare(by, application):
        raise SomebodyWasFaster(application)
    return drafts.first() if application.decision_id is not None else None


def _draft(
    application: Application,
    draft: Decision | None,
    *,
    by: Staff,
    at: datetime,
    opening: Opening | None,
    court: CourtAppeal | None = None,
    **columns: Any,
) -> Decision:
    """Write the draft anew; bytes rendered for a head from an older draft are dropped, and so is a place it held.

    The draft, and the case, are held.
    """
    _check_letters(application, columns)
    decision = draft or Decision()
    decision.application = application
    for name, value in columns.items():
        setattr(decision, name, value)
    decision.drafted_at, decision.drafted_by = at, by
    decision.document, decision.document_for = None, None
    decision.edition = edition_of(application).id
    decision.calendar_version = calendar().version
    decision.save()
    _hold_place(opening, decision, by=by, at=at)
    if draft is not None:
        render_anew(decision.pk, purpose=Purpose.DECISION)
    if application.decision_id != decision.pk:
        let_stand(decision, application=application)
    _record_draft(application, outcome=decision.outcome, court=court, by=by, at=at)
    return decision


def _record_draft(
    application: Application, *, outcome: str, court: CourtAppeal | None, by: Staff, at: datetime
) -> None:
    """Record a draft; of one that a court's decision owes, which (¶11)."""
    case, said = application.pk, str(outcome)
    if court is None:
        record("decision.drafted", subject=case, by=by.actor, at=at, outcome=said)
        return
    which = str(court.pk)
    record("decision.drafted", subject=case, by=by.actor, at=at, paragraph="11", outcome=said, court=which)


def _hold_place(opening: Opening | None, decision: Decision, *, by: Staff, at: datetime) -> None:
    if opening is None and held_in(decision.application) is None:
        return
    pass_on(decision.application, to=decision)
    if opening is not None:
        reserve(opening, decision, by=by.actor, at=at)
        return
    why = Freed.REFUSED if decision.outcome == Outcome.REFUSE else Freed.REPLACED
    free(decision, why=why, at=at, by=by.actor)
