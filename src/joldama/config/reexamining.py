"""Reaches the verdicts on a case again, from what was stored with it alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from govkz.eds import Report, Trust
from govkz.eds.evidence import NotWhole
from joldama.cases.models import Application
from joldama.complaints.models import Complaint
from joldama.signatures.believed import believed
from joldama.signatures.evidence import NoEvidence, reexamine
from joldama.signatures.models import Signature


@dataclass(frozen=True)
class Row:
    """One signature of a case: what was found then and now; `found` None where it cannot be said, and why."""

    purpose: str
    received_at: datetime
    stored: Report
    found: Report | None
    stands: bool
    why: str = ""


def rows_of(number: str, *, trust: Trust | None) -> list[Row] | None:
    """Examine the signatures of an application or complaint by its number or reference; None if unknown.

    Without `trust` the anchors of this installation are believed.
    """
    signatures = _signatures_of(number)
    if signatures is None:
        return None
    anchors = trust or believed().trust
    return [_row(signature, anchors) for signature in signatures]


def _row(signature: Signature, trust: Trust) -> Row:
    stored = Report.from_dict(signature.report)
    told = (signature.purpose, signature.received_at, stored)
    try:
        examined = reexamine(signature, trust=trust)
    except NoEvidence:
        return Row(*told, found=None, stands=False, why="no evidence was gathered when it was kept")
    except NotWhole as missing:
        return Row(*told, found=None, stands=False, why=str(missing))
    return Row(*told, found=examined.found, stands=examined.stands)


def _signatures_of(number: str) -> list[Signature] | None:
    application = _by_number(Application, number)
    if application is not None:
        return sorted(_of_application(application), key=lambda one: one.received_at)
    complaint = _by_number(Complaint, number)
    if complaint is not None:
        return [complaint.signature] if complaint.signature else []
    return None


def _of_application(application: Application) -> Iterator[Signature]:
    if application.signature is not None:
        yield application.signature
    for decision in application.decisions.exclude(signature=None).select_related("signature"):
        assert decision.signature is not None
        yield decision.signature


def _by_number(model: Any, number: str) -> Any:  # the model of an application or of a complaint
    rows = model.objects.select_related("signature")
    return rows.filter(number=number).first() or rows.filter(reference=number).first()
