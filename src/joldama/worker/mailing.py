"""Makes the letter of a notice: its words as the ledger has them, with the page they lead to."""

from django.conf import settings
from django.urls import reverse

from joldama.notices.models import Notice, NoticeKind
from joldama.notices.ports import Letter
from joldama.procedures.notify import CODE, LINK
from joldama.referrals.codes import code_to_send

_PAGES = {
    NoticeKind.COMPLAINT_MARK: "portal:complaint",
    NoticeKind.REPLY_ASKED: "organisation:code",
    NoticeKind.REPLY_REMINDED: "organisation:code",
    NoticeKind.REPLY_TAKEN: "organisation:given",
}


def letter_of(notice: Notice) -> Letter:
    """Give the letter; its link names an id and opens for the person alone, or asks for the code beside it."""
    kind = NoticeKind(notice.kind)
    path = reverse(_PAGES.get(kind, "portal:case"), args=[notice.about])
    body = notice.body.replace(LINK, f"{settings.JOLDAMA_ORIGIN}{path}")
    if kind.has_code:
        body = body.replace(CODE, code_to_send(notice.about))
    return Letter(
        reference=notice.pk,
        address=notice.address,
        subject=notice.subject,
        body=body,
        language=notice.language,
    )
