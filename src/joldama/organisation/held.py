"""Finds the referral somebody holds by what stands on its paper, and keeps what he is about to sign."""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, QueryDict

from joldama.installation.clock import now
from joldama.procedures.reply import referral_to_answer
from joldama.procedures.reply_signed import VALID_FOR
from joldama.procedures.verify import TooMany, verify
from joldama.referrals.models import Referral
from joldama.referrals.verification import Standing
from joldama.standard import words
from joldama.ui.address import network_of
from joldama.ui.holding import VerifyForm
from joldama.ui.templatetags.words import language
from joldama.vault.cipher import Tampered, seal, unseal

_DOCUMENT, _HELD = "reply_document", "reply_held"


@dataclass(frozen=True)
class Held:
    """What was found: the referral with what was typed, or why there is none, said in `fault`."""

    form: VerifyForm
    referral: Referral | None = None
    fault: tuple[str, ...] = ()
    status: int = 422
    typed: dict[str, str] = field(default_factory=dict)


def held_by(request: HttpRequest, typed: QueryDict) -> Held:
    """Find a referral by number, date and control code; a network may try as often as at the public check."""
    form = VerifyForm(typed)
    if not form.is_valid():
        return Held(form)
    given = form.cleaned_data
    at = now()
    shown = {name: typed.get(name, "") for name in ("n", "d", "c")}
    known = _shown_before(request, given, at=at)
    if known is not None:
        return Held(form, known, typed=shown)
    try:
        found = verify(given["n"], issued_on=given["d"], code=given["c"], network=network_of(request), at=at)
    except TooMany as refused:
        return Held(form, fault=refused.parts(language()), status=429)
    if found.referral is None:
        said = (
            words.say(Standing.NOT_OURS.text_key, language()),
            *words.parts("verify.NOT_OURS.text", language()),
        )
        return Held(form, fault=said, status=404)
    told = {"given": _told(given), "referral": str(found.referral.pk), "at": at.isoformat()}
    _keep(request, _HELD, told)
    return Held(form, found.referral, typed=shown)


def keep_document(request: HttpRequest, referral: Referral, document: bytes) -> None:
    """Keep a document that is about to be signed, encrypted, in the session of this browser."""
    _keep(request, _DOCUMENT, {"referral": str(referral.pk), "document": b64encode(document).decode()})


def kept_document(request: HttpRequest) -> tuple[UUID, bytes] | None:
    """Give the referral's id and the document that is kept; None where the session has none."""
    kept = _kept(request, _DOCUMENT)
    return (UUID(kept["referral"]), b64decode(kept["document"])) if kept else None


def drop_document(request: HttpRequest) -> None:
    """Forget it: it is signed."""
    request.session.pop(_DOCUMENT, None)


def _shown_before(request: HttpRequest, given: dict[str, Any], *, at: datetime) -> Referral | None:
    """Give what this browser was shown for the same three a while ago: whoever reloads a page is not guessing."""
    kept = _kept(request, _HELD)
    if kept is None or kept["given"] != _told(given):
        return None
    if at > datetime.fromisoformat(kept["at"]) + VALID_FOR:
        return None
    return referral_to_answer(UUID(kept["referral"]))


def _told(given: dict[str, Any]) -> list[str]:
    return [given["n"], given["d"].isoformat(), given["c"]]


def _keep(request: HttpRequest, name: str, told: dict[str, Any]) -> None:
    request.session[name] = b64encode(seal(json.dumps(told).encode(), place=name)).decode()


def _kept(request: HttpRequest, name: str) -> dict[str, Any] | None:
    stored = request.session.get(name)
    if stored is None:
        return None
    try:
        return dict(json.loads(unseal(b64decode(stored), place=name)))
    except (Tampered, ValueError):
        return None
