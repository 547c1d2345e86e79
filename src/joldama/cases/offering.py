"""Reads and writes what is known for eligibility, and offers (A39)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from joldama.cases.models import Application
from joldama.cases.offers import KnownFact, Offer
from joldama.journal.actors import Actor
from joldama.journal.operations import record
from joldama.people.models import Staff
from joldama.standard.eligibility import Fact
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultKind


def known_facts(application: Application) -> dict[Fact, KnownFact]:
    """Give what the office knows of the person of a case: of each fact what was entered last."""
    return facts_of(application.person_id, application.office_id)


def what_holds(application: Application) -> dict[Fact, bool]:
    """Say of each fact that is known of the person of a case whether it holds."""
    found = _standing(application.person_id, application.office_id).order_by("entered_at", "fact")
    return {Fact(one.fact): bool(one.said["holds"]) for one in found.only("fact", "said")}


def facts_of(person: UUID, office: UUID) -> dict[Fact, KnownFact]:
    """Give what an office knows of a person, whether he applies or not: of each fact what was entered last."""
    found = _standing(person, office).select_related("entered_by").order_by("entered_at", "fact")
    return {Fact(one.fact): one for one in found}


def enter_fact(
    application: Application, fact: Fact, *, holds: bool, source: str, on: date, by: Staff, at: datetime
) -> KnownFact:
    """Enter a fact with its source and day; it takes the place of what was entered before."""
    _standing(application.person_id, application.office_id).filter(fact=fact).update(superseded_at=at)
    made = KnownFact.objects.create(
        person_id=application.person_id,
        application=application,
        fact=fact,
        said={"holds": holds, "source": source, "on": on.isoformat()},
        entered_at=at,
        entered_by=by,
    )
    office = application.office_id
    record("fact.entered", subject=application.pk, office=office, by=by.actor, at=at, paragraph="9")
    return made


def latest_offer(application: Application) -> Offer | None:
    """Give the offer that was made last; None where there was none."""
    return Offer.objects.filter(application=application).order_by("-offered_at").first()


def make_offer(
    application: Application,
    kinds: tuple[ResultKind, ...],
    *,
    ground: Ground,
    answer_until_at: datetime,
    by: Staff,
    at: datetime,
) -> Offer:
    """Offer other kinds; the clock runs on."""
    made = Offer.objects.create(
        application=application,
        ground=ground,
        kinds=[kind.value for kind in kinds],
        offered_at=at,
        offered_by=by,
        answer_until_at=answer_until_at,
    )
    record(
        "offer.made",
        subject=application.pk,
        office=application.office_id,
        by=by.actor,
        at=at,
        paragraph="6",
        ground=ground.value,
    )
    return made


def answer_offer(offer: Offer, *, kind: ResultKind | None, is_on_word: bool, by: Actor, at: datetime) -> bool:
    """Write the answer down once; an accepted kind joins those the person would take (R6.1-b)."""
    changed = Offer.objects.filter(pk=offer.pk, answered_at=None).update(
        answered_at=at, accepted_kind=kind, is_on_word=is_on_word
    )
    if not changed:
        return False
    application = Application.objects.select_for_update(of=("self",)).get(pk=offer.application_id)
    if kind is not None and kind not in (application.kind, *application.other_kinds):
        Application.objects.filter(pk=application.pk).update(
            other_kinds=[*application.other_kinds, kind.value]
        )
    record(
        "offer.answered",
        subject=application.pk,
        office=application.office_id,
        by=by,
        at=at,
        paragraph="6",
        outcome=kind.value if kind else "declined",
    )
    return True


def _standing(person: UUID, office: UUID) -> Any:
    return KnownFact.objects.filter(person=person, application__office=office, superseded_at=None)
