"""The form of an appeal to court: which court, its number, its dates, its outcome."""

from typing import Any, ClassVar

from django import forms

from joldama.complaints.models import CourtAppeal
from joldama.procedures.court import Appeal
from joldama.ui.forms import DayField, Fault, Form
from joldama.ui.templatetags.words import say


class CourtForm(Form):
    """What the office knows of an appeal."""

    labels: ClassVar = {
        "court": "court.name",
        "number": "court.number",
        "filed_on": "court.filed_on",
        "decided_on": "court.decided_on",
        "outcome": "court.outcome",
    }
    court = forms.CharField(max_length=250)
    number = forms.CharField(max_length=60)
    filed_on = DayField()
    outcome = forms.TypedChoiceField(coerce=CourtAppeal.Outcome, widget=forms.RadioSelect)
    decided_on = DayField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (one.value, say(f"court.outcome.{one.value}")) for one in CourtAppeal.Outcome
        ]

    def clean(self) -> dict[str, Any]:
        """A decided appeal has its day, a pending one has none, and no day comes before the filing."""
        given = super().clean() or {}
        filed_on, decided_on, outcome = (given.get(name) for name in ("filed_on", "decided_on", "outcome"))
        if outcome == CourtAppeal.Outcome.PENDING:
            given["decided_on"] = None
        elif outcome and not decided_on and "decided_on" not in self.errors:
            self.add_error("decided_on", Fault("error.required", field=self.fields["decided_on"].label or ""))
        elif filed_on and decided_on and decided_on < filed_on:
            self.add_error("decided_on", Fault("error.dates_reversed"))
        return given

    @property
    def appeal(self) -> Appeal:
        """What was typed; only after is_valid()."""
        return Appeal(**self.cleaned_data)
