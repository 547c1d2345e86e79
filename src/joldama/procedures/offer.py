"""Whether a person may get a kind, why or why not, and which others are offered before a refusal (A14, A39)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from joldama.cases import offering
from joldama.cases.models import Application
from joldama.cases.offers import KnownFact, Offer
from joldama.cases.operations import SomebodyWasFaster
from joldama.cases.rules import may_prepare, may_see
from joldama.people.models import Person, Staff
from joldama.procedures.reckoning import came_at, edition_of
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.standard import words
from joldama.standard.channels import Channel
from joldama.standard.eligibility import Eligibility, Fact, Standing, eligibility, others
from joldama.standard.grounds import Ground
from joldama.standard.kinds import DeclaredKind, ResultKind
from joldama.standard.terms.offers import answer_until
from joldama.standard.words import Phrase
from joldama.standard.workflows import ApplicationState


def eligibility_of(
    application: Application, kinds: tuple[ResultKind, ...], *, known: Mapping[Fact, KnownFact] | None = None
) -> list[Eligibility]:
    """Judge kinds for the person of a case on the day he applied: how long the office takes costs him nothing."""
    on = came_at(application).astimezone(application.place.zone).date()
    if known is None:
        holds = offering.what_holds(application)
    else:
        holds = {fact: bool(one.said["holds"]) for fact, one in known.items()}
    born = application.person.born_on
    born_on = date.fromisoformat(born) if born else None
    return [eligibility(kind, on=on, born_on=born_on, facts=holds) for kind in kinds]


@transaction.atomic
def enter_fact(
    application: Application, fact: Fact, *, holds: bool, source: str, on: date, by: Staff, at: datetime
) -> None:
    """Enter what the own register or a system says, with source and day; no paper is asked for (R9.1-d)."""
    _check(application, by=by)
    offering.enter_fact(application, fact, holds=holds, source=source, on=on, by=by, at=at)


@transaction.atomic
def offer_others(application: Application, *, ground: Ground, by: Staff, at: datetime) -> Offer:
    """Offer the kinds the person is eligible for, guidance always; the clock runs on.

    Raises NotYet where an offer waits already, or the person may well get what he asked for.
    """
    _check(application, by=by)
    if not ground.basis.offers_other_kinds:
        raise ValueError(ground)
    Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    waiting = offering.latest_offer(application)
    if waiting is not None and waiting.answered_at is None:
        raise NotYet("error.offer.waits", answer_until_at=_local(application, waiting.answer_until_at))
    if ground is Ground.NOT_ELIGIBLE_FOR_KIND and not _asked(application).not_met:
        raise NotYet("error.offer.eligible", kind=ResultKind(application.kind))
    until_at = answer_until(application.due_at, channel=Channel(application.channel), offered_at=at)
    kinds = kinds_to_offer(application)
    return offering.make_offer(application, kinds, ground=ground, answer_until_at=until_at, by=by, at=at)


@transaction.atomic
def answer(offer: Offer, *, kind: ResultKind | None, by: Person | Staff, at: datetime) -> bool:
    """Take the answer: a kind that was offered, or none; the person's own, or at the counter on his word.

    Say whether it was this call that answered. Raises NotAllowed, SomebodyWasFaster once it is decided.
    """
    application = Application.objects.select_related("place").get(pk=offer.application_id)
    is_on_word = isinstance(by, Staff)
    if isinstance(by, Person) and application.person_id != by.pk:
        raise NotAllowed
    if isinstance(by, Staff) and not (may_see(by, application) and may_prepare(by, application)):
        raise NotAllowed
    if application.state != ApplicationState.IN_PROGRESS:
        raise SomebodyWasFaster(application)
    if kind is not None and kind.value not in offer.kinds:
        raise ValueError(kind)
    return offering.answer_offer(offer, kind=kind, is_on_word=is_on_word, by=by.actor, at=at)


def kinds_to_offer(application: Application) -> tuple[ResultKind, ...]:
    """Give the kinds that are surely open to the person: those he named first, guidance last and always."""
    wanted = [ResultKind(kind) for kind in application.other_kinds]
    kinds = tuple(dict.fromkeys((*wanted, *edition_of(application).kinds)))
    return others(eligibility_of(application, kinds), asked=ResultKind(application.kind))


def named(application: Application, kinds: Iterable[str]) -> tuple[DeclaredKind, ...]:
    """Give kinds as the edition of the case names them, to be said or chosen from."""
    edition = edition_of(application)
    return tuple(edition.declared(ResultKind(kind)) for kind in kinds)


def check_eligible(application: Application, kind: ResultKind, *, although: str) -> None:
    """Hold that a referral of a kind may be drafted: raise NotYet where a condition is not met.

    Where one is not known, the specialist has decided `although` and says why.
    """
    (judged,) = eligibility_of(application, (kind,))
    if judged.standing is Standing.NOT_MET:
        raise NotYet(
            "error.not_eligible",
            kind=judged.declared,
            condition=unmet(judged),
            other_kinds=named(application, kinds_to_offer(application)),
        )
    if judged.standing is Standing.NOT_KNOWN and not although.strip():
        raise NotYet("error.eligibility_not_known", kind=judged.declared)


def check_offered(application: Application, ground: Ground, *, at: datetime) -> Offer | None:
    """Hold that other kinds were offered before a refusal on a ground that asks for it; give the offer.

    An offer that nobody answered holds a refusal up until two working hours before the result is due.
    """
    if not ground.basis.offers_other_kinds:
        return None
    made = offering.latest_offer(application)
    if made is None or made.ground != ground:
        raise NotYet("error.offer.first")
    if made.accepted_kind is not None:
        (accepted,) = named(application, [made.accepted_kind])
        raise NotYet("error.offer.accepted", kind=accepted)
    if made.answered_at is None and at < made.answer_until_at:
        raise NotYet("error.offer.waits", answer_until_at=_local(application, made.answer_until_at))
    return made


def unmet(judged: Eligibility) -> tuple[Phrase, ...]:
    """Give the conditions that are not met, to be said in a sentence."""
    return tuple(Phrase(one.text_key, one.values) for one in judged.not_met)


def reason_of(offer: Offer, judged: Eligibility) -> Phrase | tuple[Phrase, ...]:
    """Give why the kind asked for cannot be given: the conditions not met, or that there is no place."""
    if offer.ground == Ground.NOT_ELIGIBLE_FOR_KIND and judged.not_met:
        return unmet(judged)
    return Phrase(Ground(offer.ground).name_key)


def listing(offer: Offer, language: str) -> str:
    """Say in a refusal which kinds were offered, in Kazakh and the person's language."""
    kinds = named(offer.application, offer.kinds)
    return "\n".join(
        words.say("offer.listed", side, other_kinds=kinds) for side in dict.fromkeys(("kk", language))
    )


def _asked(application: Application) -> Eligibility:
    (judged,) = eligibility_of(application, (ResultKind(application.kind),))
    return judged


def _check(application: Application, *, by: Staff) -> None:
    if not may_see(by, application):
        raise NotAllowed
    if not may_prepare(by, application):
        raise SomebodyWasFaster(application)


def _local(application: Application, at: datetime) -> datetime:
    return at.astimezone(application.place.zone)
