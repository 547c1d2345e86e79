"""What a receiving organisation says of whoever was sent to it, on one page."""

from datetime import date
from typing import Any, ClassVar

from django import forms

from joldama.procedures.slip import Slip
from joldama.referrals.models import Referral
from joldama.ui.forms import DayField, Fault, Form
from joldama.ui.templatetags.words import say


class AnswerForm(Form):
    """Accepted from a day by an order, not accepted for a reason, or did not come."""

    labels: ClassVar = {
        "answer": "reply.form.answer",
        "start_on": "reply.form.start_on",
        "order": "reply.form.order",
        "reason": "reply.form.reason",
    }
    answer = forms.ChoiceField(
        choices=lambda: [(one.value, say(f"reply.form.{one.value}")) for one in Referral.Answer],
        widget=forms.RadioSelect,
    )
    start_on = DayField(required=False)
    order = forms.CharField(max_length=100, required=False)
    reason = forms.CharField(max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for what belongs to the answer, and for nothing else."""
        given = super().clean() or {}
        for name in _ASKED.get(given.get("answer") or "", ()):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, Fault("error.required", field=self.fields[name].label or ""))
        return given

    def slip(self, *, answered_on: date) -> Slip:
        """The answer as of a local day; only after is_valid()."""
        given = self.cleaned_data
        return Slip(
            answer=Referral.Answer(given["answer"]),
            answered_on=answered_on,
            start_on=given["start_on"],
            order=given["order"],
            reason=given["reason"],
        )


class CodeForm(AnswerForm):
    """The answer, with the one-time code of the letter."""

    labels: ClassVar = {**AnswerForm.labels, "code": "reply.form.code"}
    code = forms.CharField(
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "input input--10"}
        ),
    )


_ASKED: dict[str, tuple[str, ...]] = {
    Referral.Answer.ACCEPTED: ("start_on", "order"),
    Referral.Answer.REJECTED: ("reason",),
}
