"""A receiving organisation signs its answer with its own EDS: the certificate names the number of the referral (§3.6).

For a legal entity whoever may act for it signs, and the BIN has to be that of the referral; a sole trader signs with
his own key, which names his IIN and no BIN.

The document tells everything; nothing is kept before it is signed. It is good for a while and once.
"""

from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import transaction

from govkz.eds import Policy, official
from joldama.journal import outbox
from joldama.procedures.refused_signature import SignatureRefused, telling, text_key_of
from joldama.procedures.refusing import NotYet
from joldama.procedures.reply import check_open, keep, locked, take
from joldama.procedures.slip import Slip, check_days, stored
from joldama.referrals import replying
from joldama.referrals.models import Referral
from joldama.referrals.replies import Reply, ReplyOutcome, Way
from joldama.signatures import operations as signatures
from joldama.signatures.believed import CRL_MAX_AGE
from joldama.signatures.judging import Verdict, judge, judge_again, person_policy
from joldama.signatures.models import Purpose, Signature, Status
from joldama.signatures.operations import SignedBefore
from joldama.signatures.remote.tickets import Wish
from joldama.standard import words
from joldama.standard.kinds import ResultField
from joldama.standard.organisation_numbers import is_of_sole_trader
from joldama.standard.papers import NotThisPaper, ReplyPaper

VALID_FOR = timedelta(minutes=30)
"""How long a document may be signed: the key may lie in another room."""


class Gone(Exception):
    """This document is signed by now: another way was faster than the phone."""


def number_of(referral: Referral) -> str:
    """Give the number of the organisation a referral names, BIN or IIN; empty where it names none."""
    number: str = referral.decision.fields.get(ResultField.BIN) or ""
    # What was written on a blank is entered as it stands; nobody answers for himself.
    return "" if number == referral.application.person.iin else number


def is_to_sole_trader(referral: Referral) -> bool:
    """Say whether a referral sends somebody to a sole trader, who signs with his own key."""
    return is_of_sole_trader(number_of(referral))


def document(referral: Referral, slip: Slip, *, origin: str, at: datetime) -> bytes:
    """Make the document to sign. Raises CannotHaveAnswered, NotYet, UnwritablePaper."""
    check_open(referral)
    check_days(referral, slip, at=at)
    if not number_of(referral):
        raise NotYet("reply.no_bin")
    said = stored(slip)
    paper = ReplyPaper(
        id=uuid4(),
        origin=origin,
        at=at.replace(microsecond=0),
        referral=referral.number,
        bin=_named_in_paper(referral),
        answer=slip.answer.value,
        answered_on=said["answered_on"],
        start_on=said.get("start_on", ""),
        occupation=said.get("occupation", ""),
        order=said.get("order", ""),
        reason=said.get("reason", ""),
    )
    return paper.to_xml()


def by_eds(referral: Referral, cms: bytes, *, origin: str, at: datetime, asked: bytes | None = None) -> Reply:
    """Take a signed answer, of the very bytes that were `asked` for where those are known; sent twice, it is one.

    Where all passed and only revocation is not known yet, it is kept, and taken once the centre has answered
    (`look_again`). Raises SignatureRefused, CannotHaveAnswered, NotYet.
    """
    verdict = judge(cms, policy=_policy(referral), at=at)
    if verdict.content is None or not (
        verdict.status == Status.PASSED or verdict.is_waiting_for_revocation_only
    ):
        raise SignatureRefused(_key_of(verdict, referral))
    if asked is not None and verdict.content != asked:
        raise SignatureRefused("signature.content_mismatch")
    paper = _read(verdict.content, referral, origin=origin, at=at)
    known = Reply.objects.filter(pk=paper.id).first()
    if known is not None:
        return known
    with transaction.atomic():
        referral = locked(referral)
        check_open(referral)
        slip = _slip_of(paper)
        check_days(referral, slip, at=at)
        try:
            signature = signatures.keep(cms, verdict, purpose=Purpose.REPLY, subject=paper.id, at=at)
        except SignedBefore as error:
            raise SignatureRefused("signature.content_mismatch") from error
        is_known = verdict.status == Status.PASSED
        outcome = ReplyOutcome.TAKEN if is_known else ReplyOutcome.WAITING
        made = keep(
            referral,
            slip,
            way=Way.EDS,
            at=at,
            outcome=outcome,
            reply_id=paper.id,
            signature=signature,
            by=verdict.report.signers[0].name or "",
        )
        if is_known:
            take(made, slip, at=at)
        else:
            outbox.check_signature(signature.pk)
    return made


def wish(referral: Referral, document: bytes, *, language: str, at: datetime) -> Wish:
    """Give what a phone is asked to sign. Raises NotYet, and SignatureRefused where the document is too old."""
    check_open(referral)
    paper = ReplyPaper.from_xml(document)
    if at >= paper.at + VALID_FOR:
        raise _signed_late()
    return Wish(
        purpose=Purpose.REPLY,
        document=document,
        language=language,
        subject=paper.id,
        office=referral.application.office,
        until=paper.at + VALID_FOR,
    )


def by_phone(document: bytes, cms: bytes, *, at: datetime) -> Reply:
    """Take what a phone signed of a document that a page asked for; raises Gone, and what `by_eds` raises."""
    paper = ReplyPaper.from_xml(document)
    if Reply.objects.filter(pk=paper.id).exists():
        raise Gone
    referral = Referral.objects.select_related("decision", "application__place").get(number=paper.referral)
    return by_eds(referral, cms, origin=paper.origin, at=at, asked=document)


def signed_answer(document: bytes) -> Reply | None:
    """Give the reply that was signed with a document, wherever it was signed; None until then."""
    return Reply.objects.filter(pk=ReplyPaper.from_xml(document).id).first()


@transaction.atomic
def look_again(signature: Signature, *, at: datetime) -> None:
    """Judge a waiting signature again, and take the answer it passed on; nothing while it is not known."""
    reply = Reply.objects.select_related("referral").get(signature=signature)
    referral = locked(reply.referral)
    verdict = judge_again(signature, policy=_policy(referral))
    if verdict.status == Status.INDETERMINATE or not signatures.rejudge(signature, verdict, at=at):
        return
    reply.referral = referral
    since = ReplyOutcome.WAITING
    if verdict.status == Status.FAILED:
        replying.settle(reply, ReplyOutcome.FAILED, by=None, at=at, since=since)
        return
    try:
        with transaction.atomic():
            if replying.settle(reply, ReplyOutcome.TAKEN, by=None, at=at, since=since):
                check_open(referral)
                take(reply, _slip_of(ReplyPaper.from_xml(verdict.content or b"")), at=at)
    except NotYet:
        # A slip was recorded, or the result annulled, while the centre was asked.
        replying.settle(reply, ReplyOutcome.SET_ASIDE, by=None, at=at, since=since)


def _named_in_paper(referral: Referral) -> str:
    """Give the BIN. A trader's IIN stands in no document: whoever holds the paper is shown what is to be signed."""
    return "" if is_to_sole_trader(referral) else number_of(referral)


def _policy(referral: Referral) -> Policy:
    if is_to_sole_trader(referral):
        return person_policy(number_of(referral))
    return official(number_of(referral), crl_max_age=CRL_MAX_AGE)


def _read(content: bytes, referral: Referral, *, origin: str, at: datetime) -> ReplyPaper:
    try:
        paper = ReplyPaper.from_xml(content)
    except NotThisPaper as error:
        raise SignatureRefused("signature.content_mismatch") from error
    if (paper.referral, paper.bin, paper.origin) != (referral.number, _named_in_paper(referral), origin):
        raise SignatureRefused("signature.content_mismatch")
    if not paper.at <= at <= paper.at + VALID_FOR:
        raise _signed_late()
    return paper


def _signed_late() -> SignatureRefused:
    return SignatureRefused("reply.signed_late", minutes=VALID_FOR // timedelta(minutes=1))


def _key_of(verdict: Verdict, referral: Referral) -> str:
    most_telling = telling(verdict.reasons, is_test_key=verdict.is_test_key)
    own = f"reply.{'trader' if is_to_sole_trader(referral) else 'signature'}.{most_telling}"
    return own if words.has(own) else text_key_of(verdict.reasons, is_test_key=verdict.is_test_key)


def _slip_of(paper: ReplyPaper) -> Slip:
    return Slip(
        answer=Referral.Answer(paper.answer),
        answered_on=date.fromisoformat(paper.answered_on),
        start_on=date.fromisoformat(paper.start_on) if paper.start_on else None,
        occupation=paper.occupation,
        order=paper.order,
        reason=paper.reason,
    )
