"""A result that is wrong is annulled by two people, with a reason; a corrected one has its own number (R6.2-b).

One official proposes: whoever at the counter noticed it. Another confirms: who signs for the office reads the
annulment and signs it with his EDS as he signs a decision. Until then the referral stands.
"""

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from joldama.cases.models import Application
from joldama.cases.operations import SomebodyWasFaster, ask_correction
from joldama.cases.rules import may_annul, may_propose_annulment, may_see
from joldama.journal import outbox
from joldama.journal.actors import SYSTEM
from joldama.journal.operations import record
from joldama.people.models import Staff
from joldama.people.queries import deputising
from joldama.people.rules import may_sign_for_office
from joldama.procedures import notify, official_signing
from joldama.procedures.official_signing import ToSign
from joldama.procedures.reckoning import calendar, edition_of
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.referrals import annulling, codes, replying
from joldama.referrals.annulling import awaited_of
from joldama.referrals.annulments import Annulment
from joldama.referrals.operations import ReferralIsElsewhere
from joldama.referrals.queries import referral_of
from joldama.registries.queries import inquiry_about
from joldama.signatures.judging import judge_again, official_policy
from joldama.signatures.models import Purpose, Signature, Status
from joldama.signatures.operations import rejudge
from joldama.signatures.renderings import rendering_for
from joldama.standard.papers import AnnulmentPaper
from joldama.standard.workflows import ApplicationState


def must_be_corrected(application: Application) -> bool:
    """Say whether the person is still owed a result: this one was signed, and not yet offered."""
    return application.state == ApplicationState.SIGNED


@transaction.atomic
def propose(
    application: Application, *, reason: str, with_correction: bool, by: Staff, at: datetime
) -> Annulment:
    """Propose to annul the result that stands; with a correction, the case will await a new draft.

    Raises NotAllowed, SomebodyWasFaster where nothing stands that could be annulled, ReferralIsElsewhere where
    a proposal waits already.
    """
    case = _locked(application)
    if not may_see(by, case):
        raise NotAllowed
    referral = referral_of(case)
    if referral is None or not may_propose_annulment(by, case):
        raise SomebodyWasFaster(case)
    is_corrected = with_correction or must_be_corrected(case)
    return annulling.propose(referral, reason=reason, is_corrected=is_corrected, by=by, at=at)


@transaction.atomic
def render(application: Application, *, by: Staff, at: datetime) -> ToSign:
    """Give the proposed annulment as it is rendered for this official, who will sign exactly these bytes.

    Raises NotYet for whoever proposed it, and what `confirm` raises.
    """
    annulment = _to_confirm(application, by=by, at=at)
    return official_signing.to_sign(
        annulment,
        purpose=Purpose.ANNULMENT,
        since=annulment.proposed_at,
        write=lambda: _paper(application, annulment, by=by, at=at).to_xml(),
        by=by,
        at=at,
    )


def confirm(application: Application, cms: bytes, *, by: Staff, at: datetime) -> Annulment:
    """Annul on the signature of a second person; sent twice, it is annulled once.

    While only revocation is not known, the signature is kept and the centre asked: the referral is annulled once
    it answers (`take_checked`, A31). Raises SignatureRefused, NotYet for whoever proposed, NotAllowed,
    SomebodyWasFaster.
    """
    known = Annulment.objects.filter(referral__decision=application.decision_id, confirmed_by=by).first()
    if known is not None:
        return known
    _to_confirm(application, by=by, at=at)
    verdict = official_signing.judged(cms, office=application.office, by=by, at=at)
    with transaction.atomic():
        case = _locked(application)
        annulment = _to_confirm(case, by=by, at=at)
        if is_checked(annulment):
            return annulment
        signature = official_signing.keep_read(
            cms, verdict, purpose=Purpose.ANNULMENT, subject=annulment.pk, by=by, at=at
        )
        annulment.document, annulment.document_for = verdict.content, by
        annulment.save(update_fields=["document", "document_for"])
        if verdict.status == Status.PASSED:
            _take(case, annulment, signature, by=by, at=at)
        else:
            record("annulment.signature_waits", subject=annulment.referral_id, by=by.actor, at=at)
            outbox.check_signature(signature.pk)
    return annulment


@transaction.atomic
def decline(application: Application, *, by: Staff, at: datetime) -> None:
    """Take the proposal back, as who proposed it or who signs for the office; not while a signature is checked.

    Raises NotAllowed, NotYet, SomebodyWasFaster where none waits.
    """
    case = _locked(application)
    annulment = awaited_of(case)
    if not may_see(by, case):
        raise NotAllowed
    if annulment is None:
        raise SomebodyWasFaster(case)
    if not may_decline(annulment, case, by=by, at=at):
        raise NotAllowed
    if is_checked(annulment):
        raise NotYet("desk.annulment.waits")
    annulling.decline(annulment, by=by, at=at)
    official_signing.render_anew(annulment.pk, purpose=Purpose.ANNULMENT)


def may_decline(annulment: Annulment, application: Application, *, by: Staff, at: datetime) -> bool:
    """Say whether an official may take a proposal back: his own, or any as who signs for the office."""
    on = at.astimezone(application.place.zone).date()
    return annulment.proposed_by_id == by.pk or may_sign_for_office(by, application.office_id, on=on)


def read_by(application: Application, *, by: Staff) -> bytes | None:
    """Give the bytes of the proposed annulment that this official was shown; None where he was shown none."""
    annulment = awaited_of(application)
    if annulment is None:
        return None
    return rendering_for(by, purpose=Purpose.ANNULMENT, subject=annulment.pk)


def is_checked(annulment: Annulment) -> bool:
    """Say whether a signature on the annulment is still being checked (A31)."""
    since = annulment.proposed_at
    return official_signing.is_waiting(annulment, purpose=Purpose.ANNULMENT, since=since)


@transaction.atomic
def take_checked(signature: Signature, *, at: datetime) -> None:
    """Judge a waiting signature again, and annul where it passed; one that failed leaves the proposal."""
    waiting = Annulment.objects.with_case().get(pk=signature.subject)
    case = _locked(waiting.referral.application)
    verdict = judge_again(
        signature, policy=official_policy(case.office.bin, signature.report["signers"][0]["iin"])
    )
    if verdict.status == Status.INDETERMINATE or not rejudge(signature, verdict, at=at):
        return
    annulment = Annulment.objects.awaited().with_case().filter(pk=waiting.pk).first()
    if annulment is None or annulment.document is None or annulment.document_for is None:
        return
    by = annulment.document_for
    if verdict.status == Status.FAILED:
        Annulment.objects.filter(pk=annulment.pk).update(document=None, document_for=None)
        official_signing.render_anew(annulment.pk, purpose=Purpose.ANNULMENT, by=by)
        subject, office = annulment.referral_id, case.office_id
        record("annulment.signature_failed", subject=subject, office=office, by=SYSTEM, at=at)
    elif verdict.content == annulment.document:
        with suppress(SomebodyWasFaster, ReferralIsElsewhere), transaction.atomic():
            _take(case, annulment, signature, by=by, at=at)


def _take(case: Application, annulment: Annulment, signature: Signature, *, by: Staff, at: datetime) -> None:
    """Annul; nobody answers to the referral any more, and nobody is asked about what was only stated."""
    referral = annulling.confirm(annulment, signature, by=by, at=at)
    official_signing.render_anew(annulment.pk, purpose=Purpose.ANNULMENT)
    codes.end_codes(referral, at=at)
    replying.set_statements_aside(referral, by=by, at=at)
    notify.tell_of_annulment(referral, at=at)
    if annulment.is_corrected:
        ask_correction(case, at=at)
        _ask_on(case)


def _to_confirm(application: Application, *, by: Staff, at: datetime) -> Annulment:
    on = at.astimezone(application.place.zone).date()
    if not may_see(by, application) or not may_sign_for_office(by, application.office_id, on=on):
        raise NotAllowed
    annulment = awaited_of(application)
    if annulment is None or not may_annul(by, application, on=on):
        raise SomebodyWasFaster(application)
    if not annulment.is_second_person(by):
        raise NotYet("desk.annulment.second_person")
    return annulment


def _locked(application: Application) -> Application:
    """Hold the row of a case: who proposes, confirms or takes back at the same time waits."""
    held = Application.objects.select_for_update(of=("self",)).select_related("office", "place", "person")
    case: Application = held.get(pk=application.pk)
    return case


def _ask_on(case: Application) -> None:
    """Have a register that never answered asked again: its answer is of use once more."""
    inquiry = inquiry_about(case.pk)
    if inquiry is not None and inquiry.answered_at is None:
        outbox.ask_register(inquiry.pk)


def _paper(application: Application, annulment: Annulment, *, by: Staff, at: datetime) -> AnnulmentPaper:
    order = deputising(by, on=at.astimezone(application.place.zone).date())
    return AnnulmentPaper(
        reference=annulment.pk,
        application=application.number or "",
        referral=annulment.referral.number,
        name=application.person.name,
        iin=application.person.iin,
        edition=edition_of(application).id,
        calendar_version=calendar().version,
        reason=annulment.reason,
        is_corrected=annulment.is_corrected,
        proposer=annulment.proposed_by.name,
        proposed_at=annulment.proposed_at,
        official=by.name,
        position=by.position("kk"),
        deputy_order=order.order if order else "",
        office=application.office.code,
        at=at,
    )
