"""The forms of the return slip: which referral it belongs to, and what the organisation answers (S28)."""

from datetime import UTC, datetime
from typing import Any, ClassVar

from django import forms

from joldama.procedures.slip import Slip
from joldama.referrals.models import Referral
from joldama.ui.forms import DayField, Fault, Form
from joldama.ui.templatetags.words import say


class FindForm(Form):
    """The number on the slip."""

    labels: ClassVar = {"number": "label.referral_number"}
    number = forms.CharField(max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class SlipForm(Form):
    """What stands on the slip."""

    labels: ClassVar = {
        "answer": "desk.slip.answer",
        "answered_on": "desk.slip.answered_on",
        "start_on": "desk.slip.start_on",
        "occupation": "desk.slip.occupation",
        "order": "desk.slip.order",
        "reason": "desk.slip.reason",
    }
    answer = forms.ChoiceField(
        choices=lambda: [(one.value, say(f"desk.slip.{one.value}")) for one in Referral.Answer],
        widget=forms.RadioSelect,
    )
    answered_on = DayField()
    start_on = DayField(required=False)
    occupation = forms.CharField(max_length=250, required=False)
    order = forms.CharField(max_length=100, required=False)
    reason = forms.CharField(max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where somebody was not accepted."""
        given = super().clean() or {}
        if given.get("answer") == Referral.Answer.REJECTED and not given.get("reason"):
            self.add_error("reason", Fault("error.required", field=self.fields["reason"].label or ""))
        return given

    @property
    def slip(self) -> Slip:
        """The slip; only after is_valid()."""
        given = self.cleaned_data
        return Slip(**{**given, "answer": Referral.Answer(given["answer"])})


class WithdrawAnswerForm(Form):
    """Why an answer is set aside, and which: it is known by the moment at which it was recorded."""

    labels: ClassVar = {"reason": "desk.withdraw_answer.reason"}
    reason = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    answered_at = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def clean_answered_at(self) -> datetime:
        """Read the moment back; what the page never held is another answer."""
        try:
            moment = datetime.fromisoformat(self.cleaned_data["answered_at"])
        except ValueError:
            return datetime.min.replace(tzinfo=UTC)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
