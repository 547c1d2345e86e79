"""Reads what waits for a check, and whom this installation believes with how fresh a list of each."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min

from govkz.eds.certificates import Certificate
from joldama.signatures.believed import CRL_MAX_AGE, believed
from joldama.signatures.models import Anchor, Purpose, RevocationList, Signature, Status

ENDS_SOON = timedelta(days=60)
"""How long before its end a certificate of the centre is shown as ending."""


@dataclass(frozen=True)
class Waiting:
    """How many signatures of one purpose are still being checked, and since when the oldest."""

    purpose: Purpose
    count: int
    oldest_at: datetime


@dataclass(frozen=True)
class Freshness:
    """A kept list, and until when it is fresh (A31)."""

    this_update: datetime
    fresh_until: datetime
    is_fresh: bool


@dataclass(frozen=True)
class Centre:
    """A certificate that signatures are judged by; `revocations` and `changes` are its own lists, if kept."""

    name: str
    is_anchor: bool
    until: datetime
    has_ended: bool
    ends_soon: bool
    revocations: Freshness | None
    changes: Freshness | None


def waiting() -> list[Waiting]:
    """Count the signatures that are still being checked, by purpose."""
    open_ones = Signature.objects.filter(status=Status.INDETERMINATE).values("purpose")
    rows = open_ones.annotate(count=Count("pk"), oldest_at=Min("received_at")).order_by("oldest_at")
    return [Waiting(Purpose(row["purpose"]), row["count"], row["oldest_at"]) for row in rows]


def believed_set() -> str:
    """Name the set of the anchors; empty where nobody is believed."""
    return Anchor.objects.values_list("set_name", flat=True).first() or ""


def centres(*, at: datetime) -> list[Centre]:
    """Give the certificates of the centre, anchors first, with the lists that are kept of each."""
    trust = believed().trust
    lists = {row.issuer: row for row in RevocationList.objects.defer("der")}
    found = [(one, True) for one in trust.anchors] + [(one, False) for one in trust.intermediates]
    return [_centre(one, lists, is_anchor=is_anchor, at=at) for one, is_anchor in found]


def name_of_list(issuer: bytes, *, is_delta: bool) -> str:
    """Name the newest list of an issuer (its name in DER), or of its changes: one takes the other's place."""
    return hashlib.sha256(issuer + (b"delta" if is_delta else b"")).hexdigest()


def _centre(one: Certificate, lists: dict[str, RevocationList], *, is_anchor: bool, at: datetime) -> Centre:
    whole, changes = (lists.get(name_of_list(one.subject, is_delta=is_delta)) for is_delta in (False, True))
    return Centre(
        name=one.name or "–",
        is_anchor=is_anchor,
        until=one.not_after,
        has_ended=at > one.not_after,
        ends_soon=at <= one.not_after < at + ENDS_SOON,
        revocations=_freshness(whole, at=at),
        changes=_freshness(changes, at=at),
    )


def _freshness(kept: RevocationList | None, *, at: datetime) -> Freshness | None:
    if kept is None:
        return None
    until = min(kept.next_update, kept.this_update + CRL_MAX_AGE)
    return Freshness(kept.this_update, until, at < until)
