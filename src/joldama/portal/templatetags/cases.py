"""Says a case in words: its kind, its state in a sentence, a ground."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.text import capfirst

from joldama.cases.models import Application
from joldama.standard import words
from joldama.standard.grounds import Ground
from joldama.standard.kinds import ResultKind
from joldama.standard.typography import bound
from joldama.standard.workflows import ApplicationState, ReferralState
from joldama.ui.templatetags.words import language

register = template.Library()


@register.simple_tag
def say_of_kind(kind: str) -> str:
    """Name a kind of result as a heading."""
    return bound(capfirst(words.say(ResultKind(kind).text_key, language())))


@register.simple_tag
def say_ground(ground: str) -> str:
    """Name a ground of refusal."""
    return bound(words.say(Ground(ground).name_key, language()))


@register.simple_tag
def case_sentence(
    application: Application, referral: Any, due: datetime, accepted: datetime, is_checking: bool
) -> str:
    """Say in one sentence what the state means, what comes next, and until when (R14.1-b)."""
    zone = application.place.zone
    values = {"number": application.number, "due_at": due, "accept_at": accepted}
    for name, at in (
        ("submitted_at", application.submitted_at),
        ("decided_at", application.decided_at),
        ("issued_at", application.offered_at),
        ("withdrawn_at", application.withdrawn_at),
    ):
        values[name] = _local(at, zone)
    if referral is not None:
        values["valid_until_on"] = referral.valid_until_on
        values["annulled_at"] = _local(referral.annulled_at, zone)
        values["reason"] = referral.annul_reason or ""
    return bound(words.say(_key(application, referral, is_checking), language(), **values))


def _key(application: Application, referral: Any, is_checking: bool) -> str:
    state = ApplicationState(application.state)
    if is_checking:
        return "status.application.SUBMITTED.checking.text"
    if referral is not None and referral.annulled_at is not None:
        return "status.referral.ANNULLED.no_new.text"
    if referral is not None and referral.state == ReferralState.EXPIRED:
        return "status.referral.EXPIRED.text"
    if (
        state is ApplicationState.ISSUED
        and referral is not None
        and not ResultKind(referral.kind).is_referral
    ):
        return "status.application.ISSUED.guidance.text"
    return f"{state.text_key}.text"


def _local(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    return at.astimezone(zone) if at else None
