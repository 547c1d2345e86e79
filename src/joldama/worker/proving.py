"""Makes sealed papers last: the centre stamps them, and says that the certificates they rest on are good."""

import logging
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from govkz.eds import Crl, Status
from joldama.adapters.signer import Examination, Material, examine, make_last, renew
from joldama.cases.models import SealedPaper
from joldama.installation.clock import now
from joldama.procedures import prove
from joldama.signatures import health
from joldama.signatures.believed import Believed, believed
from joldama.signatures.ports import ServiceSilent, TimeStamper, services
from joldama.worker.centre import LeftAlone, ask

log = logging.getLogger(__name__)

LARGEST_LIST = 256 * 1024
"""Bytes up to which a revocation list is put into a paper; where the list is longer, an answer alone is."""


def make_it_last(paper: SealedPaper) -> None:
    """Make a paper last, where an authority is wired. What would prove nothing is not kept: the paper rests then.

    Raises LeftAlone and ServiceSilent where the authority gives no stamp now.
    """
    stamper = _stamper()
    if stamper is None:
        return
    held = believed()
    lasting = make_last(
        bytes(paper.pdf), stamping=partial(_stamped, stamper), proving=partial(_material, held=held)
    )
    found = _judged(paper, lasting, held=held)
    if found.proved_at is None or not _passes(paper, found):
        prove.note_unproved(paper, at=now())
        return
    prove.receive_proof(paper, lasting, proved_at=found.proved_at, lasts_until=found.lasts_until, at=now())


def make_it_last_longer(paper: SealedPaper) -> None:
    """Have a paper stamped once more, where its last stamp ends soon; it rests where that gains nothing yet.

    Raises LeftAlone and ServiceSilent where the authority gives no stamp now.
    """
    stamper, held = _stamper(), believed()
    if stamper is None or not _ends_soon(paper, held=held):
        return
    renewed = renew(
        bytes(paper.pdf), stamping=partial(_stamped, stamper), proving=partial(_material, held=held)
    )
    found = _judged(paper, renewed, held=held)
    gains = (
        found.lasts_until is not None
        and paper.lasts_until is not None
        and found.lasts_until > paper.lasts_until
    )
    if found.lasts_until is None or not gains or not _passes(paper, found):
        prove.note_not_renewed(paper, at=now())
        return
    prove.receive_renewal(paper, renewed, lasts_until=found.lasts_until, at=now())


def _ends_soon(paper: SealedPaper, *, held: Believed) -> bool:
    """Say whether a paper is to be stamped again; what was not known of it is looked up in it, and noted."""
    if paper.lasts_until is None:
        paper.lasts_until = _judged(paper, bytes(paper.pdf), held=held).lasts_until
        if paper.lasts_until is None:
            prove.note_not_renewed(paper, at=now())
            return False
        prove.note_end(paper, lasts_until=paper.lasts_until)
    return prove.is_ending(paper.lasts_until, at=now())


def _stamper() -> TimeStamper | None:
    """Give the authority, where one is wired. Raises LeftAlone where it is not asked just now."""
    stamper = services().stamper
    if stamper is not None and health.rests(stamper.point(), at=now()):
        raise LeftAlone
    return stamper


def _judged(paper: SealedPaper, pdf: bytes, *, held: Believed) -> Examination:
    return examine(pdf, trust=held.trust, at=now(), office_bin=paper.decision.application.office.bin)


def _passes(paper: SealedPaper, found: Examination) -> bool:
    if found.seal is not None and not found.reasons and found.seal.status == Status.PASSED:
        return True
    said = ", ".join(found.reasons) or found.flaw
    log.warning("the seal of a paper, %s, is not proved: %s", paper.pk, said)
    return False


def _stamped(stamper: TimeStamper, content: bytes) -> bytes:
    return ask(stamper.point(), lambda: stamper.stamp(content, at=now()))


def _material(certificates: tuple[bytes, ...], *, held: Believed) -> Material:
    """Gather what is known of certificates and of those above them; the centre is asked about each."""
    found = Material(certificates)
    for encoded in certificates:
        path = held.trust.path_of(held.trust.read(encoded))
        if path.reason is None and path.issuers:
            found += Material(tuple(issuer.encoded for issuer in path.issuers))
            found += _answer(encoded, path.issuers[0].encoded) or Material(
                crls=tuple(_lists_of(path.issuers[0].subject, held))
            )
            for _issuer, above in pairwise(path.issuers):
                found += Material(crls=tuple(_lists_of(above.subject, held)))
    return found


def _answer(certificate: bytes, issuer: bytes) -> Material | None:
    """Have the responder say whether a certificate is good; None where it says nothing."""
    responder = services().responder
    if responder is None or health.rests(responder.point(), at=now()):
        return None
    try:
        return Material(ocsps=(ask(responder.point(), lambda: responder.ask(certificate, issuer, at=now())),))
    except ServiceSilent as silent:
        log.warning("nobody says whether a certificate was revoked: %s", silent.fault)
        return None


def _lists_of(issuer: bytes, held: Believed) -> Iterator[bytes]:
    for encoded in held.lists:
        if len(encoded) <= LARGEST_LIST and Crl(encoded).issuer == issuer:
            yield encoded
