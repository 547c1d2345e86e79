"""The register of a chancery: open complaints by time left; nothing of a complainant stands in it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from joldama.chancery.access import desk_of
from joldama.chancery.forms import FindForm
from joldama.complaints.models import Complaint
from joldama.complaints.rules import may_register_paper
from joldama.standard.complaint_workflow import ComplaintState
from joldama.standard.complaints import ComplaintChannel, ComplaintSubject
from joldama.ui.officials import Desk, show

PAGE = 50
"""Rows on a page."""

_UNSHOWN = ("complainant", "contact", "text", "answer", "forwarded_to", "reckoning")


class Shown(StrEnum):
    """Which complaints are shown."""

    OPEN = "open"
    CLOSED = "closed"

    @property
    def text_key(self) -> str:
        """Key of its name."""
        return f"chancery.shown.{self}"


@dataclass(frozen=True)
class Row:
    """One complaint of the list."""

    complaint: Complaint
    state: ComplaintState
    subject: ComplaintSubject
    channel: ComplaintChannel
    due: datetime
    is_overdue: bool


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """List what the official may see, or find one by its number among them."""
    desk = desk_of(request)
    form = FindForm(request.GET or None)
    number = form.cleaned_data["number"].strip() if form.is_valid() else ""
    shown, page = _shown(request), _page(request)
    found = _found(desk, shown, number=number, page=page)
    return show(
        request,
        "chancery/register.html",
        desk,
        form=form,
        number=number,
        shown=shown,
        choices=list(Shown),
        rows=[_row(one, desk) for one in found[:PAGE]],
        page=page,
        has_more=len(found) > PAGE,
        overdue=visible(desk).open().filter(due_at__lt=desk.at).count(),
        may_register=may_register_paper(desk.staff),
    )


def visible(desk: Desk) -> Any:
    """Give the complaints the official may see today."""
    return Complaint.objects.visible_to(desk.staff, on=desk.today)


def _found(desk: Desk, shown: Shown, *, number: str, page: int) -> list[Complaint]:
    rows = visible(desk).select_related("place", "provider", "assigned_to").defer(*_UNSHOWN)
    if number:
        return list(rows.filter(number=number.upper()).order_by("id"))
    start = (page - 1) * PAGE
    ordered = (
        rows.open().by_time_left() if shown is Shown.OPEN else rows.closed().order_by("-registered_at", "id")
    )
    return list(ordered[start : start + PAGE + 1])


def _row(complaint: Complaint, desk: Desk) -> Row:
    return Row(
        complaint=complaint,
        state=ComplaintState(complaint.state),
        subject=ComplaintSubject(complaint.subject),
        channel=ComplaintChannel(complaint.channel),
        due=complaint.due_at.astimezone(complaint.place.zone),
        is_overdue=complaint.is_overdue(at=desk.at),
    )


def _shown(request: HttpRequest) -> Shown:
    with suppress(ValueError):
        return Shown(request.GET.get("show", ""))
    return Shown.OPEN


def _page(request: HttpRequest) -> int:
    with suppress(ValueError):
        return min(max(int(request.GET.get("page", "1")), 1), 1000)
    return 1
