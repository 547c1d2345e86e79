"""A sealed paper is made to last: what the centre says of it is kept behind what was sealed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
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


RENEWAL_SOUGHT_AGAIN_AFTER = timedelta(days=7)
"""How long a paper rests that could not be renewed: mostly the authority has no new certificate yet."""


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
def receive_proof(
    paper: SealedPaper, lasting: bytes, *, proved_at: datetime, lasts_until: datetime | None, at: datetime
) -> None:
    """Keep the longer paper in the place of the sealed one, once; `proved_at` is the moment its stamp proves.

    Raises NotTheSamePaper where it does not begin with what was sealed.
    """
    _require_the_same(paper, lasting)
    waiting = SealedPaper.objects.filter(pk=paper.pk, proved_at=None)
    if waiting.update(pdf=closed(paper, "pdf", lasting), proved_at=proved_at, lasts_until=lasts_until):
        _record("decision.proved", paper, at=at)


def note_unproved(paper: SealedPaper, *, at: datetime) -> None:
    """Note that a paper could not be proved now: it rests before it is tried again."""
    SealedPaper.objects.filter(pk=paper.pk, proved_at=None).update(proof_sought_at=at)


def ending_paper(paper_id: UUID, *, at: datetime) -> SealedPaper | None:
    """Give a paper whose last stamp's certificate ends soon, or of which that is not known; else None."""
    found = SealedPaper.objects.select_related("decision__application__office")
    return found.filter(_ending(at), pk=paper_id).first()


@transaction.atomic
def leave_renewals(*, at: datetime, most: int = 200) -> int:
    """Leave an errand for the papers whose stamps end soonest and that have none; say how many were left."""
    if services().stamper is None:
        return 0
    rested = Q(proof_sought_at=None) | Q(proof_sought_at__lt=at - RENEWAL_SOUGHT_AGAIN_AFTER)
    ending = SealedPaper.objects.filter(_ending(at), rested).defer("pdf")
    found = ending.exclude(has_errand(outbox.RENEW_PAPER)).order_by("lasts_until", "id")[:most]
    for paper in found:
        outbox.renew_paper(paper.pk)
    return len(found)


@transaction.atomic
def receive_renewal(paper: SealedPaper, renewed: bytes, *, lasts_until: datetime, at: datetime) -> None:
    """Keep the paper with one more stamp in the place of the one that was read, once.

    Raises NotTheSamePaper where it does not begin with that.
    """
    _require_the_same(paper, renewed)
    ending = SealedPaper.objects.filter(pk=paper.pk, lasts_until=paper.lasts_until)
    if ending.update(pdf=closed(paper, "pdf", renewed), lasts_until=lasts_until, proof_sought_at=None):
        _record("decision.renewed", paper, at=at)


def note_end(paper: SealedPaper, *, lasts_until: datetime) -> None:
    """Note when the stamps of a paper end that was proved before anybody noted that."""
    SealedPaper.objects.filter(pk=paper.pk, lasts_until=None).update(lasts_until=lasts_until)


def note_not_renewed(paper: SealedPaper, *, at: datetime) -> None:
    """Note that a paper could not be renewed now: it rests before it is tried again."""
    SealedPaper.objects.filter(pk=paper.pk, lasts_until=paper.lasts_until).update(proof_sought_at=at)


def is_ending(lasts_until: datetime, *, at: datetime) -> bool:
    """Say whether a stamp that lasts until then is to be renewed at a moment."""
    return lasts_until < at + timedelta(days=settings.JOLDAMA_RENEW_STAMPS_DAYS)


def _ending(at: datetime) -> Q:
    span = timedelta(days=settings.JOLDAMA_RENEW_STAMPS_DAYS)
    return Q(proved_at__isnull=False) & (Q(lasts_until=None) | Q(lasts_until__lt=at + span))


def _require_the_same(paper: SealedPaper, longer: bytes) -> None:
    if not longer.startswith(bytes(paper.pdf)):
        raise NotTheSamePaper(str(paper.pk))


def _record(name: str, paper: SealedPaper, *, at: datetime) -> None:
    application = paper.decision.application
    record(name, subject=application.pk, office=application.office_id, by=SYSTEM, at=at)
