"""Writes signatures as received and the verdicts on them."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from joldama.signatures.judging import Verdict
from joldama.signatures.models import Purpose, RevocationList, Signature, Status
from joldama.vault.cipher import blind
from joldama.vault.fields import closed


class SignedBefore(Exception):
    """A document with exactly this content was taken already: none is accepted twice (A37)."""


def keep(cms: bytes, verdict: Verdict, *, purpose: Purpose, subject: UUID, at: datetime) -> Signature:
    """Keep a signed document whole; raise SignedBefore when its content was taken already."""
    assert verdict.content is not None
    try:
        with transaction.atomic():
            return Signature.objects.create(
                purpose=purpose,
                subject=subject,
                cms=cms,
                content_index=blind("content", verdict.content),
                signer_index=blind("iin", verdict.signer_iin),
                received_at=at,
                status=verdict.status,
                judged_at=at,
                report=verdict.report.to_dict(),
            )
    except IntegrityError as error:
        raise SignedBefore from error


def rejudge(signature: Signature, verdict: Verdict, *, at: datetime) -> bool:
    """Replace an open verdict by a later one; say whether it was still open."""
    return bool(
        Signature.objects.filter(pk=signature.pk, status=Status.INDETERMINATE).update(
            status=verdict.status,
            judged_at=at,
            report=closed(signature, "report", verdict.report.to_dict()),
        )
    )


def keep_revocation_list(der: bytes, *, issuer: str, this_update: datetime, next_update: datetime) -> None:
    """Keep the newest revocation list of an issuer."""
    RevocationList.objects.update_or_create(
        issuer=issuer,
        defaults={"der": der, "this_update": this_update, "next_update": next_update},
    )
