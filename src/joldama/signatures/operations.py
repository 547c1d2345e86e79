"""Writes signatures as received and the verdicts on them."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from govkz.eds import Crl, Malformed
from joldama.signatures.believed import believed
from joldama.signatures.judging import Verdict
from joldama.signatures.models import (
    Anchor,
    Material,
    Proof,
    ProofKind,
    Purpose,
    RevocationList,
    Signature,
    Status,
)
from joldama.signatures.overview import name_of_list
from joldama.vault.cipher import blind
from joldama.vault.fields import closed


class SignedBefore(Exception):
    """A document with exactly this content was taken already: none is accepted twice (A37)."""


class MixedTrust(Exception):
    """Anchors of another set are believed already: test and production never stand together."""


def keep(cms: bytes, verdict: Verdict, *, purpose: Purpose, subject: UUID, at: datetime) -> Signature:
    """Keep a signed document whole; raise SignedBefore when its content was taken already.

    The transaction it is called in is over then: nothing else of it stays either.
    """
    assert verdict.content is not None
    try:
        with transaction.atomic(savepoint=False):
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
                evidence=verdict.evidence,
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
            evidence=closed(signature, "evidence", verdict.evidence),
        )
    )


def retell(signature: Signature, verdict: Verdict) -> None:
    """Write what else is known of a signature now, where its verdict is the one that stands."""
    Signature.objects.filter(pk=signature.pk, status=verdict.status).update(
        report=closed(signature, "report", verdict.report.to_dict()),
        evidence=closed(signature, "evidence", verdict.evidence),
    )


def keep_proof(signature: Signature, kind: ProofKind, der: bytes, *, at: datetime) -> None:
    """Keep what the centre said about a signature; the same answer once."""
    Proof.objects.get_or_create(
        signature=signature,
        digest=hashlib.sha256(der).hexdigest(),
        defaults={"kind": kind, "der": der, "received_at": at},
    )


class NotTheCentres(Exception):
    """A list that nobody who is believed here signed, or that is older than the one that is kept."""


def take_in_list(encoded: bytes) -> Crl:
    """Keep a list that was fetched and is the centre's own; raise NotTheCentres, or govkz.eds.Malformed.

    A list that comes again is the same one.
    """
    crl = Crl(encoded)
    kept = RevocationList.objects.filter(issuer=_name_of(crl)).only("this_update").first()
    if not believed().is_genuine(crl) or (kept is not None and crl.this_update < kept.this_update):
        raise NotTheCentres
    keep_revocation_list(encoded)
    return crl


def keep_revocation_list(encoded: bytes) -> None:
    """Keep the newest revocation list of an issuer; raise govkz.eds.Malformed for anything else.

    Whether it is the issuer's own is verified when a signature is judged by it.
    """
    crl = Crl(encoded)
    if crl.next_update is None:
        raise Malformed("a revocation list that names no next one cannot be fresh")
    _keep_material(crl.encoded)
    RevocationList.objects.update_or_create(
        issuer=_name_of(crl),
        defaults={
            "is_delta": crl.is_delta,
            "digest": crl.sha256,
            "der": crl.encoded,
            "this_update": crl.this_update,
            "next_update": crl.next_update,
        },
    )


def trust(encoded: bytes, *, set_name: str) -> None:
    """Believe a certificate (DER) from now on, as one of a named set; anchors of two sets never mix."""
    if Anchor.objects.exclude(set_name=set_name).exists():
        raise MixedTrust(set_name)
    _keep_material(encoded)
    Anchor.objects.get_or_create(der=encoded, defaults={"set_name": set_name})


def _keep_material(der: bytes) -> None:
    Material.objects.get_or_create(sha256=hashlib.sha256(der).hexdigest(), defaults={"der": der})


def _name_of(crl: Crl) -> str:
    return name_of_list(crl.issuer, is_delta=crl.is_delta)
