"""What a phone has signed is taken: the very way of a signature that comes from the page, purpose by purpose."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from govkz.workflow import IllegalMove
from joldama.cases.models import Decision, Draft
from joldama.cases.operations import SomebodyWasFaster
from joldama.complaints.models import ComplaintDraft
from joldama.procedures import accept, annul, complain, decide, reply_signed
from joldama.procedures import sign_in as signing_in
from joldama.procedures.apply import Incomplete
from joldama.procedures.official_signing import SignatureRefused, was_rendered
from joldama.procedures.refusing import NotAllowed, NotYet
from joldama.procedures.remote_signing import Closed, NotOpen, reach
from joldama.procedures.slip import CannotHaveAnswered
from joldama.referrals.annulments import Annulment
from joldama.referrals.operations import ReferralIsElsewhere
from joldama.signatures.models import Purpose, RemoteEnd, RemoteSigning, RemoteState
from joldama.signatures.remote import operations as remote
from joldama.standard import refusals
from joldama.standard.refusals import Refused

MOST_REFUSALS = 5
"""Signatures that were refused, after which a request is over: a wrong key was taken, not five."""


class NotTaken(Exception):
    """The signature was refused; the request stays open while `is_open`. `key` and `values` say why."""

    def __init__(self, key: str, values: dict[str, Any], *, language: str, is_open: bool) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
        self.language = language
        self.is_open = is_open

    def parts(self, language: str) -> tuple[str, ...]:
        """Return what happened, why, and what to do."""
        return refusals.told(self.key, language, **self.values)


def take(token: str, cms: bytes, *, address: str, at: datetime) -> None:
    """Take a signature from a phone; sent again, it is the same one.

    Raises NotOpen, or NotTaken where the signature or the law refuses: then nothing is stored of it.
    """
    try:
        row = reach(token, address=address, at=at)
    except NotOpen as closed:
        if closed.closed is Closed.SIGNED and _was_sent(token, cms, address=address):
            return
        raise
    with transaction.atomic():
        refusal = _taken(row, cms, address=address, at=at)
    if refusal is not None:
        raise refusal  # only now: what was noted of it stays


def _was_sent(token: str, cms: bytes, *, address: str) -> bool:
    return RemoteSigning.objects.filter(
        token_index=remote.index_of(token),
        state=RemoteState.SIGNED,
        answer_index=remote.answer_index(cms),
        opened_from=remote.network_index(address),
    ).exists()


def _taken(row: RemoteSigning, cms: bytes, *, address: str, at: datetime) -> Exception | None:
    """Take it while the row is held: who sends at the same time waits, and finds it signed."""
    row = (
        RemoteSigning.objects.select_for_update(of=("self",)).select_related("person", "staff").get(pk=row.pk)
    )
    if not row.is_open:
        return None if _was_sent_to(row, cms) else NotOpen(_closed(row), language=row.language)
    try:
        result = _TAKERS[Purpose(row.purpose)](row, cms, at)
    except _Changed:
        remote.cancelled(row, RemoteEnd.CHANGED, at=at)
        return NotOpen(Closed.CANCELLED, language=row.language)
    except _REFUSALS as why:
        return _noted(row, why, at=at)
    kept = cms if row.purpose == Purpose.SIGN_IN else None
    remote.signed(row, answer=cms, result=result, cms=kept, at=at)
    return None


def _was_sent_to(row: RemoteSigning, cms: bytes) -> bool:
    return row.state == RemoteState.SIGNED and row.answer_index == remote.answer_index(cms)


def _closed(row: RemoteSigning) -> Closed:
    return Closed.SIGNED if row.state == RemoteState.SIGNED else Closed.CANCELLED


def _noted(row: RemoteSigning, why: Exception, *, at: datetime) -> NotTaken:
    """Count what the signature is to blame for; a break of the portal, which has its hours, is not."""
    key, values = _key_of(why)
    if not values:
        remote.refused(row, fault=key)
        if row.refusals >= MOST_REFUSALS:
            remote.cancelled(row, RemoteEnd.TOO_MANY, at=at)
    return NotTaken(key, values, language=row.language, is_open=row.is_open)


class _Changed(Exception):
    """What was to be signed is not there any more, or is another document by now."""


_REFUSALS = (Refused, SignatureRefused, NotYet)


def _key_of(why: Exception) -> tuple[str, dict[str, Any]]:
    match why:
        case Refused():
            return why.text_key, why.values
        case SignatureRefused():
            return why.text_key, {}
        case NotYet():
            return why.key, why.values
        case _:
            raise why


def _application(row: RemoteSigning, cms: bytes, at: datetime) -> UUID:
    assert row.subject and row.person
    draft = Draft.objects.filter(pk=row.subject, person=row.person, sent_at=None).first()
    if draft is None or draft.document != row.document:
        raise _Changed
    try:
        return accept.accept_application(draft, cms, by=row.person, at=at).pk
    except Incomplete as error:
        raise _Changed from error


def _complaint(row: RemoteSigning, cms: bytes, at: datetime) -> UUID:
    assert row.subject and row.person
    draft = ComplaintDraft.objects.filter(pk=row.subject, person=row.person, sent_at=None).first()
    if draft is None or draft.document != row.document:
        raise _Changed
    return complain.send(draft, cms, by=row.person, at=at).pk


def _decision(row: RemoteSigning, cms: bytes, at: datetime) -> UUID:
    """Give the case: that is where the official goes on."""
    assert row.subject and row.staff
    drafted = (
        Decision.objects.select_related("application__office", "application__place", "application__person")
        .filter(pk=row.subject, signed_at=None)
        .first()
    )
    if drafted is None or not _is_what_he_read(row) or decide.is_checked(drafted):
        raise _Changed
    try:
        return decide.sign(drafted.application, cms, by=row.staff, at=at).application_id
    except (NotAllowed, SomebodyWasFaster, IllegalMove) as error:
        raise _Changed from error


def _annulment(row: RemoteSigning, cms: bytes, at: datetime) -> UUID:
    """Give the case: that is where the official goes on."""
    assert row.subject and row.staff
    proposed = Annulment.objects.awaited().with_case().filter(pk=row.subject).first()
    if proposed is None or not _is_what_he_read(row) or annul.is_checked(proposed):
        raise _Changed
    application = proposed.referral.application
    try:
        annul.confirm(application, cms, by=row.staff, at=at)
    except (NotAllowed, SomebodyWasFaster, ReferralIsElsewhere, IllegalMove) as error:
        raise _Changed from error
    return application.pk


def _reply(row: RemoteSigning, cms: bytes, at: datetime) -> UUID:
    """Give the reply; where the referral takes no answer any more there is nothing to sign."""
    assert row.document is not None
    try:
        return reply_signed.by_phone(row.document, cms, at=at).pk
    except (reply_signed.Gone, NotYet, CannotHaveAnswered) as error:
        raise _Changed from error


def _is_what_he_read(row: RemoteSigning) -> bool:
    assert row.subject and row.staff
    return was_rendered(row.document, purpose=Purpose(row.purpose), subject=row.subject, by=row.staff)


def _sign_in(row: RemoteSigning, cms: bytes, at: datetime) -> None:
    """Judge it now, so that the phone hears of a refusal; the screen's session signs in when it asks next."""
    assert row.document is not None
    signing_in.check(cms, expected=row.document, at=at)


_TAKERS: dict[Purpose, Callable[[RemoteSigning, bytes, datetime], UUID | None]] = {
    Purpose.APPLICATION: _application,
    Purpose.COMPLAINT: _complaint,
    Purpose.DECISION: _decision,
    Purpose.ANNULMENT: _annulment,
    Purpose.REPLY: _reply,
    Purpose.SIGN_IN: _sign_in,
}
