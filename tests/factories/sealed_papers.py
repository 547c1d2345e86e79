"""Sealed papers as an office gives them, of each length: just sealed, stamped, with what proves them for years."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

from govkz.eds import Trust, certificates, ocsp, timestamps
from govkz.eds.pki import Identity
from govkz.eds.responding import Responder
from govkz.eds.stamping import Stamper
from joldama.adapters.printing import Copy, render_referral
from joldama.adapters.signer import Material, make_last
from joldama.standard.kinds import ResultKind
from joldama.standard.papers import DecisionPaper
from tests.factories import pki
from tests.factories.prints import FIELDS, ISSUED_AT, referral
from tests.factories.seals import OFFICE_BIN, office_seal, seal_identity

OFFICIAL = "900115267840"
SEALED_AT = ISSUED_AT + timedelta(seconds=2)
STAMPED_AT = SEALED_AT + timedelta(minutes=1)
LATE = pki.UNTIL + timedelta(days=3650)
"""Ten years after every certificate of the tests has ended."""


def trust() -> Trust:
    """Believe the root of the tests' centre, and nothing else."""
    return Trust.of(pki.authority().root.certificate)


def decision(*, by: Identity | None = None) -> bytes:
    """Sign a decision as the head of the office does (CMS)."""
    kind = ResultKind.PUBLIC_WORKS
    printed = referral()
    paper = DecisionPaper(
        reference=UUID(int=7),
        application=printed.application_number,
        name=printed.recipient,
        iin=printed.iin,
        edition=printed.edition,
        calendar_version="2026-1",
        kind=kind,
        fields=tuple((field.value, FIELDS[field]) for field in (*kind.required, *kind.optional)),
        official=printed.official,
        position=printed.position["kk"],
        office="АСТ",
        at=ISSUED_AT,
    )
    signer = by or pki.official(OFFICIAL, OFFICE_BIN)
    return signer.sign(paper.to_xml(), at=ISSUED_AT)


def printed(fonts: Path, *, cms: bytes | None = None, copy: Copy = Copy.RECIPIENT) -> bytes:
    """Print a referral that carries the decision."""
    return render_referral(referral(), fonts=fonts, decision_cms=cms or decision(), copy=copy)


def sealed(paper: bytes) -> bytes:
    """Seal it as the office does."""
    return office_seal().apply(paper, at=SEALED_AT)


def stamping(at: datetime, *, by: Identity | None = None) -> Callable[[bytes], bytes]:
    """Stamp as the tests' authority does at a moment."""

    def token(content: bytes) -> bytes:
        query = timestamps.ask(content)
        answer = Stamper(by or pki.stamper()).answer(query.encoded, at=at)
        return timestamps.receive(answer, to=query, at=at).encoded

    return token


@cache
def material(at: datetime) -> Material:
    """Give what proves every certificate of a paper good: answers about each, the list of the root."""
    centre = pki.authority()
    holders = (seal_identity(OFFICE_BIN), pki.stamper(), pki.official(OFFICIAL, OFFICE_BIN))
    return Material(
        certificates=(
            *(one.certificate for one in holders),
            centre.issuing.certificate,
            centre.root.certificate,
        ),
        crls=(centre.root_crl(at=at),),
        ocsps=tuple(answer(one.certificate, at=at) for one in holders),
    )


def answer(certificate: bytes, *, at: datetime) -> bytes:
    """Answer about a certificate as the tests' responder does."""
    issuer = certificates.read(pki.authority().issuing.certificate)
    question = ocsp.ask(certificates.read(certificate), issuer)
    return Responder(pki.authority(), pki.responder()).answer(question.encoded, at=at)


def lasting(pdf: bytes) -> bytes:
    """Make a sealed paper last: a stamp, a minute later the material, again a stamp."""
    moments = iter((STAMPED_AT, STAMPED_AT + timedelta(minutes=2)))
    return make_last(
        pdf,
        stamping=lambda content: stamping(next(moments))(content),
        proving=lambda _holders: material(STAMPED_AT + timedelta(minutes=1)),
    )
