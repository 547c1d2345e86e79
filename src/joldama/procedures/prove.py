"""A sealed paper is made to last: what the centre says of it is kept behind what was sealed."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from joldama.cases.models import SealedPaper
from joldama.journal.actors import SYSTEM
from joldama.journal.operations import record
from joldama.vault.fields import closed

SOUGHT_AGAIN_AFTER = timedelta(hours=1)
"""How long a paper rests that could not be proved though everybody answered."""


class NotTheSamePaper(Exception):
    """What is to take the place of a sealed paper does not begin with it."""


def papers_to_prove(*, most: int, at: datetime) -> list[SealedPaper]:
    """Give the oldest sealed papers that nothing proves yet for years."""
    rested = Q(proof_sought_at=None) | Q(proof_sought_at__lt=at - SOUGHT_AGAIN_AFTER)
    found = SealedPaper.objects.filter(rested, proved_at=None).select_related("decision__application__office")
    return list(found.order_by("sealed_at", "id")[:most])


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
