"""The form of a correction of the calendar: which day, what it is by the act, and which act."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms

from joldama.schedule.models import Change
from joldama.ui.forms import DayField, Fault, Form
from joldama.ui.templatetags.words import say


class CorrectionForm(Form):
    """A day, the change, the other day of an exchange, the act."""

    labels: ClassVar = {
        "change": "desk.calendar.change",
        "on": "desk.calendar.on",
        "worked_on": "desk.calendar.worked_on",
        "act": "desk.calendar.act",
    }
    option_hints: ClassVar = {"change": "desk.calendar.change.{}.hint"}
    change = forms.ChoiceField(widget=forms.RadioSelect)
    on = DayField()
    worked_on = DayField(required=False)
    act = forms.CharField(max_length=250)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["change"].choices = [(one.value, say(one.text_key)) for one in Change]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the other day of an exchange, and for no other day elsewhere."""
        given = super().clean() or {}
        if given.get("change") != Change.MOVED:
            given["worked_on"] = None
        elif "worked_on" in given and given["worked_on"] is None:
            self.add_error("worked_on", Fault("error.required", field=self.fields["worked_on"].label or ""))
        return given

    @property
    def told(self) -> "dict[str, Change | date | str | UUID | None]":
        """What the procedure takes; only after is_valid()."""
        given = self.cleaned_data
        return {**given, "change": Change(given["change"])}
