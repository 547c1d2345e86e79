"""Say whether a certificate was revoked at a moment: by OCSP first, else by the lists; not known is unknown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from govkz.eds import der
from govkz.eds.certificates import Certificate
from govkz.eds.crls import CERTIFICATE_HOLD, Crl, Entry
from govkz.eds.ocsp import Answer, Ocsp, Standing
from govkz.eds.reports import Reason, Revocation

# Unspecified, affiliation changed, superseded, cessation of operation (RFC 5280 §5.3.1).
_HARMLESS = frozenset({0, 3, 4, 5})


@dataclass(frozen=True, slots=True)
class Finding:
    """What is known, the reason it is not enough, and the lists and answers that it rests on.

    `code` is the number of the reason for which a certificate was revoked; None where it was not said.
    """

    revocation: Revocation
    reason: Reason | None
    used: tuple[Crl | Ocsp, ...] = ()
    code: int | None = None

    def strikes(self, moment: datetime, *, seen_at: datetime | None = None) -> bool:
        """Tell whether what an authority signed at the moment is worth nothing since it was revoked.

        What it signed before is worth something only where a harmless reason is said, or where it was seen before
        the revocation (`seen_at`) by another that is believed (RFC 3161 §4).
        """
        if self.reason is not Reason.REVOKED or self.revocation.revoked_at is None:
            return False
        was_seen = seen_at is not None and seen_at < self.revocation.revoked_at
        return self.revocation.revoked_at <= moment or not (was_seen or self.code in _HARMLESS)


class _Statement(NamedTuple):
    """What one answer or list, or a delta with its base, says of the certificate."""

    source: str
    used: tuple[Crl | Ocsp, ...]
    this_update: datetime
    next_update: datetime | None
    revoked_at: datetime | None
    code: int | None
    is_fresh: bool

    def is_against(self, at: datetime) -> bool:
        return self.revoked_at is not None and self.revoked_at <= at


class _Question(NamedTuple):
    """Of which certificate of which issuer one wants to know, at what moment."""

    certificate: Certificate
    issuer: Certificate
    at: datetime
    max_age: timedelta | None


def judge(
    certificate: Certificate,
    issuer: Certificate,
    *,
    crls: Sequence[Crl],
    ocsps: Sequence[Ocsp] = (),
    at: datetime,
    max_age: timedelta | None,
) -> Finding:
    """Say what is known about a certificate at a moment; unknown comes with its reason.

    Whatever speaks against the certificate counts, also where it is old. What was made after `at` speaks for
    the moment too. A suspension (certificateHold) counts as revocation, unless something newer, made before
    `at`, no longer knows of it.
    """
    question = _Question(certificate, issuer, at, max_age)
    said = [*_answered(question, ocsps), *_listed(question, crls)]
    against = [
        statement for statement in said if statement.is_against(at) and not _is_lifted(statement, said, at)
    ]
    if against:
        return _finding("revoked", max(against, key=_weight), Reason.REVOKED)
    open_ones = [statement for statement in said if not statement.is_against(at)]
    fresh = [statement for statement in open_ones if statement.is_fresh]
    if fresh:
        return _finding("good", max(fresh, key=_weight), None)
    if open_ones:
        return _finding("unknown", max(open_ones, key=_weight), Reason.STALE_REVOCATION_DATA)
    return Finding(Revocation("unknown"), Reason.NO_REVOCATION_DATA)


def _weight(statement: _Statement) -> tuple[bool, datetime]:
    return statement.source == "ocsp", statement.this_update


def _is_lifted(hold: _Statement, said: Sequence[_Statement], at: datetime) -> bool:
    return hold.code == CERTIFICATE_HOLD and any(
        other.is_fresh and not other.is_against(at) and hold.this_update < other.this_update <= at
        for other in said
    )


def _finding(status: str, by: _Statement, reason: Reason | None) -> Finding:
    is_revoked = reason is Reason.REVOKED
    revoked_at = by.revoked_at if is_revoked else None
    revocation = Revocation(status, by.source, by.this_update, by.next_update, revoked_at)
    return Finding(revocation, reason, by.used, by.code if is_revoked else None)


def _answered(question: _Question, ocsps: Sequence[Ocsp]) -> Iterator[_Statement]:
    for ocsp in ocsps:
        for answer in ocsp.about(question.certificate, question.issuer):
            if answer.standing != Standing.UNKNOWN and ocsp.fault_under(question.issuer) is None:
                yield _statement(question, "ocsp", answer, answer, used=(ocsp,))


def _listed(question: _Question, crls: Sequence[Crl]) -> Iterator[_Statement]:
    believed = list(_believed(question, crls))
    for crl, entry in believed:
        if not crl.is_delta:
            yield _statement(question, "crl", crl, entry, used=(crl,))
            continue
        bases = [(base, named) for base, named in believed if crl.completes(base)]
        if bases:
            base, named = max(bases, key=lambda pair: pair[0].this_update)
            yield _statement(question, "delta-crl", crl, entry or named, used=(base, crl))
        elif entry is not None and not entry.is_removed:
            # Without its base a delta cannot say that a certificate is good; what it revokes is revoked.
            yield _statement(question, "delta-crl", crl, entry, used=(crl,), is_whole=False)


def _believed(question: _Question, crls: Sequence[Crl]) -> Iterator[tuple[Crl, Entry | None]]:
    for crl in crls:
        if not crl.covers(question.certificate) or crl.fault_under(question.issuer):
            continue
        try:
            entry = crl.entry_of(question.certificate)
        except der.Malformed:
            continue
        yield crl, entry


def _statement(
    question: _Question,
    source: str,
    speaker: Crl | Answer,
    entry: Entry | Answer | None,
    *,
    used: tuple[Crl | Ocsp, ...],
    is_whole: bool = True,
) -> _Statement:
    if isinstance(entry, Entry) and entry.is_removed:
        entry = None
    # What was made after the certificate ended may have dropped it, unless it says since when it keeps them.
    ends_at, kept_since = question.certificate.not_after, speaker.kept_since
    is_kept = speaker.this_update <= ends_at or (kept_since is not None and kept_since <= ends_at)
    return _Statement(
        source=source,
        used=used,
        this_update=speaker.this_update,
        next_update=speaker.next_update,
        revoked_at=entry.revoked_at if entry else None,
        code=entry.reason if entry else None,
        is_fresh=is_whole and is_kept and speaker.is_fresh(at=question.at, max_age=question.max_age),
    )
