"""Requests for a phone's signature as rows: each step by compare-and-set, each in the journal."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from joldama.journal.actors import SYSTEM, Actor
from joldama.journal.models import ActorKind
from joldama.journal.operations import record
from joldama.signatures.models import OPEN, Purpose, RemoteEnd, RemoteSigning, RemoteState
from joldama.signatures.remote.tickets import Screen, Seen, Ticket, Wish
from joldama.vault.cipher import blind
from joldama.vault.fields import closed

_TOKEN_BYTES = 32
_SEALED = ("document", "cms")


def ask(wish: Wish, *, screen: Screen, at: datetime, until: datetime) -> Ticket:
    """Write a request down; give its id and its token, which is kept nowhere but with who asked."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    row = RemoteSigning.objects.create(
        purpose=wish.purpose,
        subject=wish.subject,
        person=wish.person,
        staff=wish.staff,
        office=wish.office,
        document=wish.document,
        number=10 + secrets.randbelow(90) if wish.purpose == Purpose.SIGN_IN else None,
        language=wish.language,
        token_index=index_of(token),
        session_index=screen.session_index,
        made_from=network_index(screen.address),
        made_at=at,
        expires_at=until,
    )
    _tell(row, "asked", by=_actor(row), at=at)
    return Ticket(row.pk, token)


def opened(row: RemoteSigning, *, address: str, at: datetime) -> bool:
    """Note which phone opened it first; say whether it was this one."""
    seen = network_index(address)
    return _moved(
        row, RemoteState.OPENED, {RemoteState.WAITING}, by=SYSTEM, at=at, opened_from=seen, opened_at=at
    )


def signed(
    row: RemoteSigning, *, answer: bytes, result: UUID | None, cms: bytes | None, at: datetime
) -> bool:
    """Note that it was signed, with what came of it."""
    return _moved(
        row,
        RemoteState.SIGNED,
        {RemoteState.OPENED},
        by=_actor(row),
        at=at,
        ended_at=at,
        document=row.document if cms else None,
        answer_index=answer_index(answer),
        result=result,
        cms=cms,
    )


def taken(row: RemoteSigning, *, at: datetime) -> None:
    """Note that the screen took its sign-in; bytes and signature are forgotten."""
    RemoteSigning.objects.filter(pk=row.pk).update(cms=None, document=None, taken_at=at)


def refused(row: RemoteSigning, *, fault: str) -> None:
    """Note that a signature was refused, and the text that says why."""
    row.refusals, row.fault = row.refusals + 1, fault
    row.save(update_fields=["refusals", "fault"])


def cancelled(row: RemoteSigning, why: RemoteEnd, *, by: Actor = SYSTEM, at: datetime) -> bool:
    """Note that nobody may sign it any more, and why; say whether it was still open."""
    return _moved(row, RemoteState.CANCELLED, OPEN, by=by, at=at, ended_at=at, document=None, ended_why=why)


def expired(row: RemoteSigning, *, at: datetime) -> bool:
    """Note that its minutes are over; say whether it was still open."""
    return _moved(row, RemoteState.EXPIRED, OPEN, by=SYSTEM, at=at, ended_at=at, document=None)


def seen(row: RemoteSigning) -> Seen:
    """Give what a screen may know of a row."""
    return Seen(
        id=row.pk,
        purpose=Purpose(row.purpose),
        subject=row.subject,
        state=RemoteState(row.state),
        number=row.number,
        made_at=row.made_at,
        expires_at=row.expires_at,
        why=row.ended_why or "",
        fault=row.fault,
        result=row.result,
    )


def index_of(token: str) -> bytes:
    """Give the keyed hash by which a token is found."""
    return blind("remote-token", token)


def network_index(address: str) -> bytes:
    """Give the keyed hash of an address, which tells two networks apart and names none."""
    return blind("remote-address", address)


def answer_index(answer: bytes) -> bytes:
    """Give the keyed hash by which an answer that is sent again is known."""
    return blind("remote-answer", answer)


def _moved(
    row: RemoteSigning,
    state: RemoteState,
    sources: Iterable[RemoteState],
    *,
    by: Actor,
    at: datetime,
    **columns: Any,
) -> bool:
    """Move a row on if it still stands where it may be moved from; write the event."""
    for name, value in columns.items():
        setattr(row, name, value)
    stored = {name: closed(row, name, value) if name in _SEALED else value for name, value in columns.items()}
    moved = RemoteSigning.objects.filter(pk=row.pk, state__in=list(sources)).update(state=state, **stored)
    if not moved:
        row.refresh_from_db()
        return False
    row.state = state
    _tell(row, state.value, by=by, at=at)
    return True


def _tell(row: RemoteSigning, what: str, *, by: Actor, at: datetime) -> None:
    record(
        f"remote_signing.{what}",
        subject=row.pk,
        by=by,
        at=at,
        purpose=row.purpose,
        about=str(row.subject) if row.subject else None,
        why=row.ended_why,
    )


def _actor(row: RemoteSigning) -> Actor:
    """Name who asks and signs: of an organisation's answer, the organisation by its reply."""
    if row.purpose == Purpose.REPLY and row.subject:
        return Actor(ActorKind.RECEIVER, row.subject)
    holder = row.person or row.staff
    return holder.actor if holder else SYSTEM
