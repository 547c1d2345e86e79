"""Finds the referral somebody holds by what stands on its paper, and keeps the document he is about to sign."""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpRequest, QueryDict

from joldama.installation.clock import now
from joldama.procedures.verify import TooMany, verify
from joldama.referrals.models import Referral
from joldama.referrals.verification import Standing
from joldama.standard import words
from joldama.ui.address import network_of
from joldama.ui.holding import VerifyForm
from joldama.ui.templatetags.words import language
from joldama.vault.cipher import Tampered, seal, unseal

_KEPT = "reply_document"


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
    try:
        found = verify(
            given["n"], issued_on=given["d"], code=given["c"], network=network_of(request), at=now()
        )
    except TooMany as refused:
        return Held(form, fault=refused.parts(language()), status=429)
    if found.referral is None:
        said = (
            words.say(Standing.NOT_OURS.text_key, language()),
            *words.parts("verify.NOT_OURS.text", language()),
        )
        return Held(form, fault=said, status=404)
    return Held(form, found.referral, typed={name: typed.get(name, "") for name in ("n", "d", "c")})


def keep_document(request: HttpRequest, referral: Referral, document: bytes) -> None:
    """Keep a document that is about to be signed, encrypted, in the session of this browser."""
    kept = {"referral": str(referral.pk), "document": b64encode(document).decode()}
    request.session[_KEPT] = b64encode(seal(json.dumps(kept).encode(), place=_KEPT)).decode()


def kept_document(request: HttpRequest) -> tuple[UUID, bytes] | None:
    """Give the referral's id and the document that is kept; None where the session has none."""
    stored = request.session.get(_KEPT)
    if stored is None:
        return None
    try:
        kept = json.loads(unseal(b64decode(stored), place=_KEPT))
    except (Tampered, ValueError):
        return None
    return UUID(kept["referral"]), b64decode(kept["document"])


def drop_document(request: HttpRequest) -> None:
    """Forget it: it is signed."""
    request.session.pop(_KEPT, None)
