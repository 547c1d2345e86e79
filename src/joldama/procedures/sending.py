"""What is true of everything a person signs and sends on the portal: no break runs, the very bytes were signed."""

from datetime import datetime
from zoneinfo import ZoneInfo

from joldama.procedures.refused_signature import other_document, refusal_of
from joldama.schedule.queries import running_break
from joldama.signatures.judging import Verdict
from joldama.signatures.models import Purpose, Status
from joldama.standard.grounds import Ground
from joldama.standard.refusals import Refused

NATIONAL_ZONE = ZoneInfo("Asia/Almaty")
"""The wall clock by which the portal, which belongs to no place, tells its breaks."""


def refuse_during_break(at: datetime) -> None:
    """Refuse while a technical break runs (R8.2-b); the draft stays."""
    paused = running_break(at)
    if paused is not None:
        raise Refused(Ground.TECHNICAL_BREAK, ends_at=paused.ends_at.astimezone(NATIONAL_ZONE))


def signed_content(verdict: Verdict, shown: bytes | None, *, purpose: Purpose) -> bytes:
    """Give what was signed; refuse anything but the very bytes the person was shown (A37).

    Only what cannot be known yet, whether the certificate was revoked, may be open (A31).
    """
    if verdict.content is None or verdict.status == Status.FAILED:
        raise refusal_of(verdict, purpose)
    if verdict.status == Status.INDETERMINATE and not verdict.is_waiting_for_revocation_only:
        raise refusal_of(verdict, purpose)
    if shown is None or verdict.content != shown:
        raise other_document(purpose)
    return verdict.content
