"""The receipt of an answer: what was said, how, and whether it counts yet."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joldama.installation.clock import now
from joldama.organisation.showing import told_of
from joldama.procedures import reply
from joldama.referrals.replies import ReplyOutcome, Way

_WAITS_SECONDS = "10"
"""After how long a page that waits for the centre's answer is asked for anew."""


@require_safe
def given(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the receipt to whoever has its address: it is told on the page that took the answer, and by letter."""
    found = reply.reply_of(pk)
    if found is None:
        raise Http404
    zone = found.referral.application.place.zone
    outcome = ReplyOutcome(found.outcome)
    context = {
        **told_of(found.referral, reply.answerable(found.referral), at=now()),
        "reply": found,
        "answer_key": f"reply.form.{found.answer}",
        "way": Way(found.way),
        "outcome": outcome,
        "came": found.came_at.astimezone(zone),
    }
    response = render(request, "organisation/given.html", context)
    if outcome is ReplyOutcome.WAITING:
        response.headers["Refresh"] = _WAITS_SECONDS
    return response
