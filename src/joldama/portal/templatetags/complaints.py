"""Says a complaint in words: what each of its marks means, until when, what next."""

from django import template

from joldama.complaints.models import Complaint
from joldama.standard import words
from joldama.standard.complaint_workflow import ComplaintState
from joldama.standard.typography import bound
from joldama.ui.templatetags.words import language

register = template.Library()

_MOMENTS = {
    "delivered_at": "delivered_at",
    "register_at": "accepted_at",
    "due_at": "due_at",
    "answered_at": "answered_at",
    "executed_at": "executed_at",
    "withdrawn_at": "withdrawn_at",
}
_DAYS = {"registered_on": "registered_at", "forwarded_on": "forwarded_at"}


@register.simple_tag
def complaint_sentence(complaint: Complaint, state: str) -> str:
    """Say in one sentence what a mark of a complaint means (R10.6-a)."""
    zone = complaint.place.zone
    values = {"incoming_number": complaint.number, "body": complaint.forwarded_to}
    for name, column in (_MOMENTS | _DAYS).items():
        at = getattr(complaint, column)
        local = at.astimezone(zone) if at else None
        values[name] = local.date() if local and name in _DAYS else local
    return bound(words.say(f"{ComplaintState(state).text_key}.text", language(), **values))
