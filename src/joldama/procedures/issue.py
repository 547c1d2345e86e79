"""The result reaches the person: sealed, offered, handed over."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from joldama.cases.models import Application, Decision, Outcome, SealedPaper, UnsealedPaper
from joldama.cases.operations import SomebodyWasFaster, hold, move
from joldama.cases.rules import may_offer, may_see
from joldama.journal.actors import SYSTEM
from joldama.journal.operations import record
from joldama.people.models import Person, Staff
from joldama.procedures import letters, line, notify, prove
from joldama.procedures.reckoning import opens_at
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.referrals import operations as referrals
from joldama.referrals.models import Referral
from joldama.referrals.queries import referral_of
from joldama.standard.channels import Channel
from joldama.standard.workflows import ApplicationMove, ApplicationState

_RECIPIENT, _ORGANISATION = SealedPaper.Copy.RECIPIENT, SealedPaper.Copy.ORGANISATION

_RELATED = (
    "application__person",
    "application__office",
    "application__place",
    "signed_by",
    "signature",
    "referral",
)
_PRINTED = (
    *("number", "outcome", "document", "signed_at", "signature__cms", "signed_by__position_ru"),
    *("referral__number", "referral__control_code", "referral__valid_until_on"),
    *(f"application__{name}" for name in ("number", "reference", "language", "channel", "person__born_on")),
    *(f"application__office__{name}" for name in ("kk", "ru", "bin", "phones")),
    *(f"application__place__{name}" for name in ("kk", "ru", "phones", "zone_name")),
)
"""What a paper says beside what was signed, and what is asked of its case once it is sealed."""


@dataclass(frozen=True)
class Papers:
    """The PDFs of one decision that are to be sealed; `made_at` is the moment of sealing that they name."""

    recipient: bytes
    organisation: bytes | None
    made_at: datetime


@dataclass(frozen=True)
class Sealed:
    """The sealed PDFs of one decision."""

    recipient: bytes
    organisation: bytes | None


class OtherPaper(Exception):
    """What was sealed is not what was kept to be sealed."""


def unsealed_decision(decision_id: UUID) -> Decision | None:
    """Give a signed decision that has no sealed paper yet; None when it has (an errand may run twice)."""
    found = Decision.objects.in_force().exclude(papers__copy=_RECIPIENT)
    return found.select_related(*_RELATED).only(*_PRINTED).filter(pk=decision_id).first()


def unsealed_papers(decision: Decision) -> Papers | None:
    """Give what was kept to be sealed; None where nothing was yet."""
    rows = {row.copy: row for row in decision.unsealed_papers.all()}
    if not rows:
        return None
    recipient, organisation = rows[_RECIPIENT], rows.get(_ORGANISATION)
    assert recipient.pdf is not None
    return Papers(
        recipient=recipient.pdf,
        organisation=organisation.pdf if organisation else None,
        made_at=recipient.made_at,
    )


@transaction.atomic
def keep_unsealed(decision: Decision, papers: Papers) -> Papers:
    """Keep what will be sealed before anything is; give what is to be sealed from now on.

    Where another worker was faster, that is what he kept.
    """
    _hold(decision)
    kept = unsealed_papers(decision)
    if kept is not None:
        return kept
    UnsealedPaper.objects.bulk_create(
        UnsealedPaper(
            decision=decision,
            copy=copy,
            pdf=pdf,
            sha256=hashlib.sha256(pdf).hexdigest(),
            size=len(pdf),
            made_at=papers.made_at,
        )
        for copy, pdf in _by_copy(papers).items()
    )
    return papers


@transaction.atomic
def receive_sealed(decision: Decision, sealed: Sealed, *, at: datetime) -> None:
    """Keep the sealed papers once; a portal result now stands in the personal account (R4.1-e).

    Raises OtherPaper where a sealed paper does not begin with what was kept to be sealed.
    """
    _hold(decision)
    if decision.papers.exists():
        return
    copies = _by_copy(sealed)
    _require_what_was_kept(decision, copies)
    papers = SealedPaper.objects.bulk_create(
        SealedPaper(decision=decision, copy=copy, pdf=pdf, sealed_at=at) for copy, pdf in copies.items()
    )
    for paper in papers:
        prove.leave_errand(paper)
    decision.unsealed_papers.update(pdf=None)
    application = decision.application
    hold(application)
    if application.decision_id == decision.pk:
        application.decision = decision
    record("decision.sealed", subject=application.pk, office=application.office_id, by=SYSTEM, at=at)
    is_awaited = application.state == ApplicationState.SIGNED and application.correction_asked_at is None
    if is_awaited and application.channel == Channel.PORTAL and decision.outcome == Outcome.GRANT:
        move(application, ApplicationMove.ISSUE, by=SYSTEM, at=at, offered_at=at)
        notify.tell_of_result(application, at=at)


def _hold(decision: Decision) -> None:
    """Hold the row of a decision: what is signed stays, its papers come once."""
    list(Decision.objects.select_for_update(of=("self",)).filter(pk=decision.pk).values_list("pk"))


def _by_copy(made: Papers | Sealed) -> dict[SealedPaper.Copy, bytes]:
    both = {_RECIPIENT: made.recipient, _ORGANISATION: made.organisation}
    return {copy: pdf for copy, pdf in both.items() if pdf is not None}


def _require_what_was_kept(decision: Decision, copies: dict[SealedPaper.Copy, bytes]) -> None:
    kept = {SealedPaper.Copy(row.copy): row for row in decision.unsealed_papers.defer("pdf")}
    for copy, pdf in copies.items():
        if copy not in kept or not kept[copy].begins(pdf):
            raise OtherPaper(f"{decision.pk} {copy}")


@transaction.atomic
def offer(application: Application, *, by: Staff, at: datetime) -> None:
    """Offer the signed result at the counter: the moment that meets the term (R4.1-e)."""
    if not may_see(by, application):
        raise NotAllowed
    if application.channel != Channel.PROVIDER or not may_offer(by, application):
        raise SomebodyWasFaster(application)
    if not SealedPaper.objects.filter(decision=application.decision_id).exists():
        raise NotYet("error.document_being_made")
    move(application, ApplicationMove.ISSUE, by=by.actor, at=at, offered_at=at)
    notify.tell_of_result(application, at=at)


@transaction.atomic
def hand_over(referral: Referral, *, by: Staff, at: datetime) -> None:
    """Hand the referral over; never refused to a person already registered, marked when out of hours.

    After its last day no organisation waits for it, and none is written to.
    """
    application = referral.application
    if not may_see(by, application):
        raise NotAllowed
    if application.state != ApplicationState.ISSUED:
        raise NotYet("error.not_offered_yet")
    is_outside = opens_at(application.place, at) is not None
    referrals.hand_over(referral, by=by, at=at, is_outside_hours=is_outside)
    if referral.is_good(on=at.astimezone(application.place.zone).date()):
        letters.send_first_code(referral, at=at)
    line.result_given(application, by=by, at=at)


def take_from_account(application: Application, *, by: Person, at: datetime) -> None:
    """Note that the person took the document from his account: a referral that is still good is his then (A11).

    One that nobody takes by its last day stays issued, like one that nobody collects at the counter: no
    organisation waits for it, and its last day closes it for everybody who asks (§4.7).
    """
    if application.person_id != by.pk:
        raise NotAllowed
    record("document.taken", subject=application.pk, by=by.actor, at=at)
    referral = referral_of(application)
    today = at.astimezone(application.place.zone).date()
    if application.channel != Channel.PORTAL or referral is None or not referral.is_good(on=today):
        return
    with transaction.atomic():
        if referrals.take_from_account(referral, by=by.actor, at=at):
            letters.send_first_code(referral, at=at)
