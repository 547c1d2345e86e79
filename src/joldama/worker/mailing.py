"""Makes the letter of a notice: its words as the ledger has them, with the page they lead to."""

from django.conf import settings
from django.urls import reverse

from joldama.notices.models import Notice, NoticeKind
from joldama.notices.ports import Letter
from joldama.procedures.notify import LINK


def letter_of(notice: Notice) -> Letter:
    """Give the letter; its link names an id and opens for the person alone."""
    page = "portal:complaint" if notice.kind == NoticeKind.COMPLAINT_MARK else "portal:case"
    path = reverse(page, args=[notice.about])
    return Letter(
        reference=notice.pk,
        address=notice.address,
        subject=notice.subject,
        body=notice.body.replace(LINK, f"{settings.JOLDAMA_ORIGIN}{path}"),
        language=notice.language,
    )
