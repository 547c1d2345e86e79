"""Makes the sealed papers of a signed decision: rows into print, print into sealed PDFs.

What is printed is what was signed: kind, fields, ground, reasons and official are read from the signed document.
What is sealed is what was printed and kept, once and for all: printing and sealing are two steps of the errand.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from joldama.adapters.printing import (
    Bilingual,
    Copy,
    ReferralPrint,
    RefusalPrint,
    render_referral,
    render_refusal,
)
from joldama.adapters.signer import Seal
from joldama.cases.models import Decision
from joldama.installation.identity import is_demo
from joldama.procedures.issue import Papers, Sealed
from joldama.referrals import code
from joldama.standard.kinds import ResultField
from joldama.standard.papers import DecisionPaper
from joldama.vault.code_keys import signing_key


def printed(decision: Decision, *, at: datetime) -> Papers:
    """Print a signed decision as sealed at this moment: for its recipient and, where he is sent, the organisation."""
    assert decision.signature is not None
    signed = DecisionPaper.from_xml(bytes(decision.document or b""))
    cms = bytes(decision.signature.cms)
    if signed.ground is not None:
        refusal = render_refusal(_refusal(decision, signed, at=at), fonts=fonts_folder(), decision_cms=cms)
        return Papers(recipient=refusal, organisation=None, made_at=at)
    paper = _referral(decision, signed, at=at)
    copies = [Copy.RECIPIENT, *([Copy.ORGANISATION] if paper.kind.is_referral else [])]
    pdfs = [render_referral(paper, fonts=fonts_folder(), decision_cms=cms, copy=copy) for copy in copies]
    return Papers(recipient=pdfs[0], organisation=pdfs[1] if len(pdfs) > 1 else None, made_at=at)


def seal(papers: Papers, *, office_bin: str, at: datetime) -> Sealed:
    """Seal what was kept to be sealed with an office's key; the same papers and key give the same bytes.

    The seal claims the moment that the papers name, unless its certificate was not valid yet: then `at`.
    Raises adapters.signer.NoSeal and SealOutsideValidity: the errand is tried again.
    """
    office_seal = Seal.load(seal_folder(), office_bin)
    office_seal.require_valid(at)
    claimed = papers.made_at if office_seal.is_valid(papers.made_at) else at
    return Sealed(
        recipient=office_seal.apply(papers.recipient, at=claimed),
        organisation=office_seal.apply(papers.organisation, at=claimed) if papers.organisation else None,
    )


def seal_folder() -> Path:
    """Give the folder of the seals; a demonstration that was given none uses those of its own centre."""
    if is_demo() and not settings.JOLDAMA_SEAL.exists():
        return Path(settings.DATA) / "demo-pki"
    return Path(settings.JOLDAMA_SEAL)


def fonts_folder() -> Path:
    """Give the folder where the fonts of the papers are kept."""
    return Path(settings.JOLDAMA_GENERATED) / "pdf-fonts"


def _referral(decision: Decision, signed: DecisionPaper, *, at: datetime) -> ReferralPrint:
    referral = decision.referral
    assert signed.kind is not None
    return ReferralPrint(
        **_common(decision, signed, at=at),
        kind=signed.kind,
        training_kind=signed.training_kind,
        fields={ResultField(name): text for name, text in signed.fields},
        valid_until_on=referral.valid_until_on,
        control_code=referral.control_code,
        verify_url=_code(decision, signed),
    )


def _refusal(decision: Decision, signed: DecisionPaper, *, at: datetime) -> RefusalPrint:
    assert signed.ground is not None
    return RefusalPrint(
        **_common(decision, signed, at=at),
        ground=signed.ground,
        reasons=signed.reasons,
    )


def _common(decision: Decision, signed: DecisionPaper, *, at: datetime) -> dict[str, Any]:
    assert decision.signed_by is not None
    application = decision.application
    office, place, person = application.office, application.place, application.person
    return {
        "number": decision.number,
        "application_number": signed.application,
        "issued_at": decision.signed_at,
        "sealed_at": at,
        "zone": place.zone,
        "office": Bilingual(kk=office.name("kk"), ru=office.name("ru")),
        "address": Bilingual(kk=place.address("kk"), ru=place.address("ru")),
        "phones": tuple(place.phones or office.phones),
        "recipient": signed.name,
        "iin": signed.iin,
        "born_on": date.fromisoformat(person.born_on) if person.born_on else None,
        "official": signed.official,
        "position": Bilingual(kk=signed.position, ru=decision.signed_by.position("ru")),
        "deputy_order": signed.deputy_order,
        "edition": signed.edition,
        "is_demo": is_demo(),
    }


def _code(decision: Decision, signed: DecisionPaper) -> str:
    """Give the text of the QR code: an address, and what was signed of the paper (A33)."""
    assert decision.signed_at is not None and signed.kind is not None
    referral = decision.referral
    kept, key = signing_key()
    coded = code.Coded(
        number=referral.number,
        issued_on=decision.signed_at.astimezone(decision.application.place.zone).date(),
        control_code=referral.control_code,
        kind=signed.kind,
        valid_until_on=referral.valid_until_on,
        initials=signed.name.initials,
        last_digits=signed.iin[-4:],
    )
    return code.write(coded, origin=settings.JOLDAMA_ORIGIN, kept=kept, key=key)
