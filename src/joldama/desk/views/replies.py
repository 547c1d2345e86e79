"""What came from the organisation: a statement is asked about, a code sent once more, a mistake set aside."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from joldama.desk.answers import telling, to_case
from joldama.desk.finding import find_case, find_case_to_move
from joldama.desk.forms_of_slips import WithdrawAnswerForm
from joldama.desk.showing import desk_of, show
from joldama.procedures import letters, withdraw_answer
from joldama.procedures import reply as replies
from joldama.referrals.queries import referral_of
from joldama.referrals.replies import Reply, Way
from joldama.ui.kept import take_typed


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


@require_http_methods(["GET", "HEAD", "POST"])
@telling
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask why the answer that stands is set aside; then set it aside."""
    desk = desk_of(request)
    application = find_case(desk, pk, page="desk:withdraw-answer")
    referral = referral_of(application)
    typed = request.POST if request.method == "POST" else take_typed(request)
    form = WithdrawAnswerForm(typed)
    if request.method == "POST" and form.is_valid():
        withdraw_answer.withdraw(application, **form.cleaned_data, by=desk.staff, at=desk.at)
        return to_case(pk)
    if not withdraw_answer.is_answered(referral):
        return to_case(pk)
    status = 422 if form.errors else 200
    context = {
        "case": application,
        "referral": referral,
        "answer_key": f"desk.slip.{referral.slip_answer}",
        "way": Way(referral.slip_way),
        "answered_at": typed.get("answered_at") if typed else referral.slip_recorded_at.isoformat(),
        "recorded": referral.slip_recorded_at.astimezone(desk.zone),
        "form": form,
    }
    return show(request, "desk/withdraw_answer.html", desk, status=status, **context)


def _reply(pk: UUID) -> Reply:
    found = replies.reply_of(pk)
    if found is None:
        raise Http404
    return found
