"""What came from the organisation itself: a statement is asked about, a one-time code sent once more."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from joldama.desk.answers import telling, to_case
from joldama.desk.finding import find_case_to_move
from joldama.desk.showing import desk_of
from joldama.procedures import letters
from joldama.procedures import reply as replies
from joldama.referrals.replies import Reply


@telling
def confirm(request: HttpRequest, pk: UUID, reply: UUID) -> HttpResponse:
    """Take what was stated as the answer: the organisation was asked."""
    if request.method == "POST":
        desk = desk_of(request)
        application = find_case_to_move(desk, pk, page="desk:confirm-reply")
        replies.confirm(application, _reply(reply), by=desk.staff, at=desk.at)
    return to_case(pk)


@telling
def set_aside(request: HttpRequest, pk: UUID, reply: UUID) -> HttpResponse:
    """Set aside what was stated: the organisation says otherwise."""
    if request.method == "POST":
        desk = desk_of(request)
        application = find_case_to_move(desk, pk, page="desk:set-reply-aside")
        replies.set_aside(application, _reply(reply), by=desk.staff, at=desk.at)
    return to_case(pk)


@telling
def send_code(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the organisation's contact a new one-time code."""
    if request.method == "POST":
        desk = desk_of(request)
        application = find_case_to_move(desk, pk, page="desk:send-reply-code")
        letters.send_code_again(application, by=desk.staff, at=desk.at)
    return to_case(pk)


def _reply(pk: UUID) -> Reply:
    found = replies.reply_of(pk)
    if found is None:
        raise Http404
    return found
