"""A document is signed on a phone by QR code: asked for on a screen, opened and signed elsewhere, seen again.

What the phone sends back goes the very way of a signature from the page (procedures.remote_answer). That the code
cannot be handed on to somebody else's phone unnoticed: the token is random and good once, the first network that
opens it is the only one, and a sign-in shows the same two digits on both screens.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction

from joldama.people.models import Account, Office
from joldama.procedures import sign_in as signing_in
from joldama.procedures.refusing import NotYet
from joldama.signatures.models import OPEN, Purpose, RemoteEnd, RemoteMiss, RemoteSigning, RemoteState
from joldama.signatures.remote import operations as remote
from joldama.signatures.remote.tickets import Screen, Seen, Ticket, Wish
from joldama.standard import words
from joldama.standard.refusals import Refused

VALID_FOR = timedelta(minutes=10)
"""How long a code is good (a dated setting); a sign-in's document itself lives shorter (A37)."""

TAKEN_WITHIN = timedelta(minutes=2)
"""How long a signed sign-in waits for the screen that asked for it."""

KEPT_FOR = timedelta(days=1)
"""How long the row of a request that ended is kept, for whoever comes back to its page; the journal stays."""

MOST_MISSES = 10
MISSES_WITHIN = timedelta(minutes=10)
"""Tokens that nobody was given, asked for from one network, before it has to wait."""

MOST_ASKED = 60
ASKED_WITHIN = timedelta(minutes=10)
"""Requests from one network: a whole office may sit behind one address."""


class Closed(StrEnum):
    """Why a phone does not get further; nothing more is told of a token than that."""

    UNKNOWN = "unknown"
    WAIT = "wait"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    OTHER_ADDRESS = "other_address"
    SIGNED = "signed"


class NotOpen(Exception):
    """This request cannot be signed by this phone now; `closed` says why, `language` is the screen's if known."""

    def __init__(self, closed: Closed, *, language: str = "", lasts: timedelta = VALID_FOR) -> None:
        super().__init__(closed.value)
        self.closed = closed
        self.language = language
        self._lasts = lasts

    def parts(self, language: str) -> tuple[str, ...]:
        """Return what happened, why, and what to do."""
        match self.closed:
            case Closed.EXPIRED:
                return words.parts("error.qr_expired", language, minutes=minutes_of(self._lasts))
            case Closed.WAIT:
                return words.parts("qr.closed.wait", language, minutes=minutes_of(MISSES_WITHIN))
            case _:
                return words.parts(f"qr.closed.{self.closed}", language)


def minutes_of(span: timedelta) -> int:
    """Give the whole minutes of a span."""
    return int(span.total_seconds() // 60)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the phone shows before somebody signs; `office` None is the portal itself."""

    purpose: Purpose
    office: Office | None
    language: str
    expires_at: datetime
    number: int | None
    document: bytes


def start(wish: Wish, *, screen: Screen, at: datetime) -> Ticket:
    """Ask for a signature on a phone; what this screen asked for before is cancelled.

    Raises NotYet where too many were asked for from one network.
    """
    until = at + VALID_FOR
    if wish.purpose == Purpose.SIGN_IN:
        until = min(until, at + signing_in.VALID_FOR)
    until = min(until, wish.until or until)
    with transaction.atomic():
        _refuse_too_many(screen, at)
        for row in RemoteSigning.objects.filter(session_index=screen.session_index, state__in=OPEN):
            remote.cancelled(row, RemoteEnd.REPLACED, at=at)
        return remote.ask(wish, screen=screen, at=at, until=until)


def show(token: str, *, address: str, at: datetime) -> Shown:
    """Give what a phone in this network may see; it is bound to the request by that. Raises NotOpen."""
    row = reach(token, address=address, at=at)
    assert row.document is not None
    return Shown(
        purpose=Purpose(row.purpose),
        office=row.office,
        language=row.language,
        expires_at=row.expires_at,
        number=row.number,
        document=row.document,
    )


def reach(token: str, *, address: str, at: datetime) -> RemoteSigning:
    """Give the open request of a token to the first network that comes with it; raise NotOpen for all else."""
    with transaction.atomic():
        found = _reached(token, address=address, at=at)
    if isinstance(found, NotOpen):
        raise found  # only now: what was noted of it stays
    return found


def look(ticket: Ticket, *, screen: Screen, at: datetime) -> Seen | None:
    """Tell the screen that asked how its request stands; None to any other."""
    row = _row_of(ticket, screen)
    if row is None:
        return None
    if row.is_open and row.expires_at <= at:
        remote.expired(row, at=at)
    return remote.seen(row)


def cancel(ticket: Ticket, *, screen: Screen, at: datetime) -> None:
    """Take a request back; one that is signed by now stays signed."""
    row = _row_of(ticket, screen)
    if row is not None:
        remote.cancelled(row, RemoteEnd.PERSON, at=at)


def take_sign_in(ticket: Ticket, *, screen: Screen, at: datetime) -> Account | None:
    """Sign the screen's own session in, once, where its phone has signed; None where there is nothing to take.

    Raises Refused with an EDS ground.
    """
    with transaction.atomic():
        row = _row_of(ticket, screen, lock=True)
        if row is None or not _may_be_taken(row, at):
            return None
        cms, document, signed_at = row.cms, row.document, row.ended_at
        assert cms is not None and document is not None
        remote.taken(row, at=at)
        try:
            return signing_in.sign_in(cms, expected=document, received_at=signed_at, at=at)
        except Refused as refused:
            why = refused
    raise why  # only now: it is taken, and not tried again


def sweep(*, at: datetime) -> None:
    """End what is over, and forget what nobody asks for any more."""
    for row in RemoteSigning.objects.filter(state__in=OPEN, expires_at__lte=at):
        remote.expired(row, at=at)
    ended = RemoteSigning.objects.exclude(state__in=OPEN)
    ended.filter(ended_at__lte=at - TAKEN_WITHIN, cms__isnull=False).update(cms=None, document=None)
    ended.filter(ended_at__lte=at - KEPT_FOR).delete()
    RemoteMiss.objects.filter(at__lte=at - MISSES_WITHIN).delete()


def _reached(token: str, *, address: str, at: datetime) -> RemoteSigning | NotOpen:
    network = remote.network_index(address)
    if RemoteMiss.objects.filter(made_from=network, at__gt=at - MISSES_WITHIN).count() >= MOST_MISSES:
        return NotOpen(Closed.WAIT)
    row = (
        RemoteSigning.objects.select_for_update(of=("self",))
        .select_related("office", "person", "staff")
        .filter(token_index=remote.index_of(token))
        .first()
    )
    if row is None:
        RemoteMiss.objects.create(made_from=network, at=at)
        return NotOpen(Closed.UNKNOWN)
    return _opened(row, address=address, at=at)


def _opened(row: RemoteSigning, *, address: str, at: datetime) -> RemoteSigning | NotOpen:
    if row.is_open and row.expires_at <= at:
        remote.expired(row, at=at)
    if row.state == RemoteState.WAITING:
        remote.opened(row, address=address, at=at)
    elif row.state == RemoteState.OPENED and row.opened_from != remote.network_index(address):
        remote.cancelled(row, RemoteEnd.OTHER_ADDRESS, at=at)
        return NotOpen(Closed.OTHER_ADDRESS, language=row.language)
    if row.is_open:
        return row
    closed = _CLOSED[RemoteState(row.state)]
    return NotOpen(closed, language=row.language, lasts=row.expires_at - row.made_at)


_CLOSED = {
    RemoteState.SIGNED: Closed.SIGNED,
    RemoteState.CANCELLED: Closed.CANCELLED,
    RemoteState.EXPIRED: Closed.EXPIRED,
}


def _row_of(ticket: Ticket, screen: Screen, *, lock: bool = False) -> RemoteSigning | None:
    rows: Any = RemoteSigning.objects.select_for_update(of=("self",)) if lock else RemoteSigning.objects
    return rows.filter(
        pk=ticket.id, token_index=remote.index_of(ticket.token), session_index=screen.session_index
    ).first()


def _may_be_taken(row: RemoteSigning, at: datetime) -> bool:
    return (
        row.purpose == Purpose.SIGN_IN
        and row.state == RemoteState.SIGNED
        and row.cms is not None
        and row.ended_at is not None
        and at <= row.ended_at + TAKEN_WITHIN
    )


def _refuse_too_many(screen: Screen, at: datetime) -> None:
    asked = RemoteSigning.objects.filter(
        made_from=remote.network_index(screen.address), made_at__gt=at - ASKED_WITHIN
    )
    if asked.count() >= MOST_ASKED:
        raise NotYet("qr.too_many", minutes=minutes_of(ASKED_WITHIN))
