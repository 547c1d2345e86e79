"""A sealed paper is made to last: what the centre says of it is kept behind what was sealed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Min, Q

from joldama.cases.models import SealedPaper
from joldama.journal import outbox
from joldama.journal.actors import SYSTEM
from joldama.journal.operations import record
from joldama.journal.queries import has_errand
from joldama.signatures.ports import services
from joldama.vault.fields import closed

SOUGHT_AGAIN_AFTER = timedelta(hours=1)
"""How long a paper rests that could not be proved though everybody answered."""


class NotTheSamePaper(Exception):
    """What is to take the place of a sealed paper does not begin with it."""


@dataclass(frozen=True)
class Unproved:
    """How many sealed papers nothing proves yet for years, and when the oldest of them was sealed.

    `tried` of them were not proved though everybody was asked: their seal or the centre needs a look.
    """

    count: int
    oldest_at: datetime | None
    tried: int


def unproved() -> Unproved:
    """Count the papers that wait for the centre's stamps."""
    waiting = SealedPaper.objects.filter(proved_at=None)
    counts = waiting.aggregate(count=Count("pk"), oldest_at=Min("sealed_at"), tried=Count("proof_sought_at"))
    return Unproved(**counts)


def unproved_paper(paper_id: UUID) -> SealedPaper | None:
    """Give a sealed paper that nothing proves yet for years; None once something does (an errand may run twice)."""
    found = SealedPaper.objects.select_related("decision__application__office")
    return found.filter(pk=paper_id, proved_at=None).first()


def leave_errand(paper: SealedPaper) -> None:
    """Leave the errand that makes a paper last, in the transaction that keeps it; none where no authority is wired."""
    if services().stamper is not None:
        outbox.prove_paper(paper.pk)


@transaction.atomic
def leave_errands(*, at: datetime, most: int = 200) -> int:
    """Leave an errand for the oldest papers that nothing proves and that have none; say how many were left.

    Such are papers from before an authority was wired, and those that could not be proved and have rested.
    """
    if services().stamper is None:
        return 0
    rested = Q(proof_sought_at=None) | Q(proof_sought_at__lt=at - SOUGHT_AGAIN_AFTER)
    waiting = SealedPaper.objects.filter(rested, proved_at=None).defer("pdf")
    found = waiting.exclude(has_errand(outbox.PROVE_PAPER)).order_by("sealed_at", "id")[:most]
    for paper in found:
        outbox.prove_paper(paper.pk)
    return len(found)


@transaction.atomic
def receive_proof(paper: SealedPaper, lasting: bytes, *, proved_at: datetime, at: datetime) -> None:
    """Keep the longer paper in the place of the sealed one, once; `proved_at` is the moment its stamp proves.

    Raises NotTheSamePaper where it does not begin with what was sealed.
    """
    if not lasting.startswith(bytes(paper.pdf)):
        raise NotTheSamePaper(str(paper.pk))
    waiting = SealedPaper.objects.filter(pk=paper.pk, proved_at=None)
    if waiting.update(pdf=closed(paper, "pdf", lasting), proved_at=proved_at):
        application = paper.decision.application
        record("decision.proved", subject=application.pk, office=application.office_id, by=SYSTEM, at=at)


def note_unproved(paper: SealedPaper, *, at: datetime) -> None:
    """Note that a paper could not be proved now: it rests before it is tried again."""
    SealedPaper.objects.filter(pk=paper.pk, proved_at=None).update(proof_sought_at=at)
