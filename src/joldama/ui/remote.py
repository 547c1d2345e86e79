"""The QR code on a signing page: what its session keeps of it, and what the page is given to show."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from govkz.mobile import App, load_figures
from joldama.signatures.models import Purpose
from joldama.signatures.remote.tickets import Screen, Seen, Ticket
from joldama.standard import refusals, words
from joldama.ui.address import network_of
from joldama.ui.templatetags.words import language
from joldama.vault.cipher import Tampered, seal, unseal

Look = Callable[..., Seen | None]

_TICKET = "remote_signing"


@dataclass(frozen=True, kw_only=True)
class Code:
    """What a signing page shows: the way to begin, or how the request stands."""

    url: str
    back: str
    seen: Seen | None
    expires: time | None
    link: str
    is_business: bool
    is_sign_in: bool
    try_out: str

    @property
    def is_open(self) -> bool:
        return self.seen is not None and self.seen.is_open

    @property
    def is_signed(self) -> bool:
        return self.seen is not None and self.seen.state == "signed"

    @property
    def told(self) -> tuple[str, ...]:
        """Say why there is no signature: the request is over, or the last signature was refused."""
        if self.seen is None or self.is_signed:
            return ()
        if self.is_open:
            return refusals.told(self.seen.fault, language()) if self.seen.fault else ()
        if self.seen.why:
            return words.parts(f"qr.ended.{self.seen.why}", language())
        lasted = self.seen.expires_at - self.seen.made_at
        return words.parts("error.qr_expired", language(), minutes=int(lasted.total_seconds() // 60))


def screen_of(request: HttpRequest) -> Screen:
    """Give the screen a request comes from; its session gets a key where it has none."""
    if not request.session.session_key:
        request.session.save()
    return Screen(session=str(request.session.session_key), address=network_of(request))


def keep_ticket(request: HttpRequest, ticket: Ticket) -> None:
    """Have the session know its request and the token of its code."""
    text = json.dumps([str(ticket.id), ticket.token])
    request.session[_TICKET] = b64encode(seal(text.encode(), place=_TICKET)).decode()


def ticket_in(request: HttpRequest) -> Ticket | None:
    """Give the request this session asked for last."""
    kept = request.session.get(_TICKET)
    if kept is None:
        return None
    try:
        name, token = json.loads(unseal(b64decode(kept), place=_TICKET))
    except (Tampered, ValueError):
        return None
    return Ticket(UUID(name), token)


def drop_ticket(request: HttpRequest) -> None:
    """Forget the request of this session."""
    request.session.pop(_TICKET, None)


def seen_in(
    request: HttpRequest, look: Look, *, purpose: Purpose, subject: UUID | None, at: datetime
) -> Seen | None:
    """Give how this session's request for this very document stands; None where there is none."""
    ticket = ticket_in(request)
    if ticket is None:
        return None
    seen = look(ticket, screen=screen_of(request), at=at)
    return seen if seen and (seen.purpose, seen.subject) == (purpose, subject) else None


def code_on(
    request: HttpRequest,
    look: Look,
    *,
    purpose: Purpose,
    subject: UUID | None = None,
    url: str,
    zone: ZoneInfo,
    at: datetime,
) -> dict[str, Any]:
    """Give the context of `ui/signing_qr.html`; `url` takes the wish for a code and goes on once it is signed."""
    seen = seen_in(request, look, purpose=purpose, subject=subject, at=at)
    app = App.BUSINESS if purpose.is_of_organisation else App.MOBILE
    address = _address(request) if seen and seen.is_open else ""
    figures = load_figures(settings.JOLDAMA_EGOV_MOBILE)
    phone = settings.JOLDAMA_PHONE_URL
    return {
        "qr": Code(
            url=url,
            back=request.path,
            seen=seen,
            expires=seen.expires_at.astimezone(zone).time() if seen else None,
            link=figures.link(address, app),
            is_business=app is App.BUSINESS,
            is_sign_in=purpose == Purpose.SIGN_IN,
            try_out=f"{phone}/?language={language()}&qr={quote(figures.content(address), safe='')}"
            if phone
            else "",
        )
    }


def _address(request: HttpRequest) -> str:
    ticket = ticket_in(request)
    assert ticket
    return f"{settings.JOLDAMA_ORIGIN}{reverse('mobile:invitation', args=[ticket.token])}"
