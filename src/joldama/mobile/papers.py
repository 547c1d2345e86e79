"""What the phone says of a request: who asks, what the document is called, which number to compare."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from govkz.mobile import Figures, Invitation, Organisation, Paper, load_figures
from joldama.people.models import Office
from joldama.procedures.remote_signing import Shown
from joldama.signatures.models import Purpose
from joldama.standard.words import say

PAPER_ID = 1
NATIONAL_ZONE = ZoneInfo("Asia/Almaty")

_TITLES = {
    Purpose.APPLICATION: "portal.application.title",
    Purpose.SIGN_IN: "qr.sign_in",
    Purpose.DECISION: "desk.decision.title",
    Purpose.COMPLAINT: "chancery.one",
    Purpose.ANNULMENT: "desk.annulment.title",
    Purpose.REPLY: "reply.label.answer",
}


def figures() -> Figures:
    """Give the words and addresses of the protocol that this installation goes by."""
    return load_figures(settings.JOLDAMA_EGOV_MOBILE)


def invitation(shown: Shown, *, token: str) -> Invitation:
    """Give the answer to the first call."""
    return Invitation(
        description=_title(shown, shown.language),
        expires_at=_local(shown.expires_at),
        organisation=_organisation(shown.office),
        uri=f"{settings.JOLDAMA_ORIGIN}{reverse('mobile:document', args=[token])}",
    )


def paper(shown: Shown) -> Paper:
    """Give the answer to the second call."""
    meta = [(say("qr.meta.site", shown.language), settings.JOLDAMA_ORIGIN)]
    if shown.number:
        meta.insert(0, (say("qr.meta.number", shown.language), str(shown.number)))
    return Paper(
        id=PAPER_ID,
        kk=_title(shown, "kk"),
        ru=_title(shown, "ru"),
        en=_title(shown, "en"),
        meta=tuple(meta),
        content=shown.document,
    )


def _title(shown: Shown, language: str) -> str:
    values = {"number": shown.number} if shown.number else {}
    return say(_TITLES[shown.purpose], language, **values)


def _organisation(office: Office | None) -> Organisation:
    """Name the office before which somebody signs, or who keeps the portal."""
    if office is not None:
        return Organisation(kk=office.kk, ru=office.ru, en=office.en, bin=office.bin)
    kk, ru, en = (say("ui.brand", language) for language in ("kk", "ru", "en"))
    return Organisation(kk=kk, ru=ru, en=en, bin=settings.JOLDAMA_OPERATOR_BIN)


def _local(at: datetime) -> datetime:
    return at.astimezone(NATIONAL_ZONE)
