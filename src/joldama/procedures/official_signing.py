"""An official signs a paper with his own EDS: judged as one of his office, kept on exactly what he read (A36).

The decision and the annulment go this way. Where all passed and only revocation is not known yet, the signature is
kept and the centre asked (A31); until it answers nobody signs the paper anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from govkz.eds import Reason, Report
from joldama.people.models import Office, Staff
from joldama.procedures.refused_signature import telling, text_key_of
from joldama.procedures.refusing import NotYet
from joldama.signatures.judging import Verdict, judge_official
from joldama.signatures.models import Purpose, Signature, Status
from joldama.signatures.operations import SignedBefore, keep
from joldama.signatures.renderings import drop_renderings, keep_rendering, rendering_for
from joldama.standard import words


class SignatureRefused(Exception):
    """The signature does not sign this paper; `reasons` say why, nothing was stored."""

    def __init__(self, reasons: frozenset[Reason], *, is_test_key: bool = False) -> None:
        super().__init__(", ".join(sorted(reasons)))
        self.reasons = reasons
        self.is_test_key = is_test_key

    @property
    def text_key(self) -> str:
        """Key of the message in three parts: the most telling reason, in the words for an official if any."""
        most_telling = telling(self.reasons, is_test_key=self.is_test_key)
        own = f"desk.signature.{most_telling}"
        return own if words.has(own) else text_key_of(self.reasons, is_test_key=self.is_test_key)


class Signable(Protocol):
    """A row whose paper is signed: `document` are the bytes that were signed, `document_for` whoever did."""

    @property
    def pk(self) -> UUID: ...
    @property
    def document(self) -> bytes | None: ...
    @property
    def document_for(self) -> Staff | None: ...


@dataclass(frozen=True, kw_only=True)
class ToSign:
    """A paper as one official reads it.

    `checked` is whose signature on it is being checked; `failed` why the last one, which had been taken, is none;
    `has_passed` whether it passed, and `blocked` why nothing came of it.
    """

    subject: UUID
    document: bytes
    checked: Staff | None = None
    failed: SignatureRefused | None = None
    has_passed: bool = False
    blocked: NotYet | None = None


def to_sign(
    row: Signable, *, purpose: Purpose, since: datetime, write: Callable[[], bytes], by: Staff, at: datetime
) -> ToSign:
    """Give the paper of a row to an official, made by `write` when he reads it first; call it in a transaction.

    While a signature is checked, everybody is given what was signed: made anew, it would be another document.
    """
    latest = _latest(row, purpose=purpose, since=since)
    if latest is not None and latest.status == Status.INDETERMINATE:
        assert row.document is not None
        return ToSign(subject=row.pk, document=row.document, checked=row.document_for)
    document = rendering_for(by, purpose=purpose, subject=row.pk)
    if document is None:
        document = keep_rendering(write(), purpose=purpose, subject=row.pk, staff=by, at=at)
    return ToSign(
        subject=row.pk,
        document=document,
        failed=_failure(latest),
        has_passed=latest is not None and latest.status == Status.PASSED,
    )


def judged(cms: bytes, *, office: Office, by: Staff, at: datetime) -> Verdict:
    """Judge a signature as this official's of this office; before any transaction. Raises SignatureRefused."""
    verdict = judge_official(cms, bin=office.bin, iin=by.iin or "", at=at)
    if verdict.status != Status.PASSED and not verdict.is_waiting_for_revocation_only:
        raise SignatureRefused(verdict.reasons, is_test_key=verdict.is_test_key)
    return verdict


def keep_read(
    cms: bytes, verdict: Verdict, *, purpose: Purpose, subject: UUID, by: Staff, at: datetime
) -> Signature:
    """Keep a judged signature on the very bytes that were rendered for this official. Raises SignatureRefused."""
    read = rendering_for(by, purpose=purpose, subject=subject)
    if read is None or verdict.content != read:
        raise SignatureRefused(frozenset({Reason.CONTENT_MISMATCH}))
    try:
        return keep(cms, verdict, purpose=purpose, subject=subject, at=at)
    except SignedBefore as error:
        raise SignatureRefused(frozenset({Reason.CONTENT_MISMATCH})) from error


def was_rendered(document: bytes | None, *, purpose: Purpose, subject: UUID, by: Staff) -> bool:
    """Say whether these bytes are what an official is shown now."""
    return document is not None and rendering_for(by, purpose=purpose, subject=subject) == document


def render_anew(subject: UUID, *, purpose: Purpose, by: Staff | None = None) -> None:
    """Have a paper rendered anew when it is read next: it was changed, is signed, or a signature on it failed."""
    drop_renderings(purpose=purpose, subject=subject, staff=by)


def is_waiting(row: Signable, *, purpose: Purpose, since: datetime) -> bool:
    """Say whether the latest signature on a paper, as it stands since a moment, is still being checked (A31)."""
    latest = _latest(row, purpose=purpose, since=since)
    return latest is not None and latest.status == Status.INDETERMINATE


def is_passed(row: Signable, *, purpose: Purpose, since: datetime) -> bool:
    """Say whether the latest signature on a paper, as it stands since a moment, passed."""
    latest = _latest(row, purpose=purpose, since=since)
    return latest is not None and latest.status == Status.PASSED


def _failure(latest: Signature | None) -> SignatureRefused | None:
    if latest is None or latest.status != Status.FAILED:
        return None
    return SignatureRefused(frozenset(Report.from_dict(latest.report).reasons))


def _latest(row: Signable, *, purpose: Purpose, since: datetime) -> Signature | None:
    """Give the latest signature on a paper since a moment: its status, and why it is none."""
    found = Signature.objects.filter(purpose=purpose, subject=row.pk, received_at__gte=since)
    return found.only("status", "report").order_by("-received_at").first()
