"""The forms of eligibility: a fact with its source, and an offer of other kinds (A39)."""

from datetime import date
from typing import Any, ClassVar

from django import forms

from joldama.standard.eligibility import Fact
from joldama.standard.grounds import Ground
from joldama.ui.forms import DayField, Fault, Form
from joldama.ui.templatetags.words import say


class FactForm(Form):
    """What the own register or a system says of the person."""

    labels: ClassVar = {
        "fact": "desk.fact.which",
        "holds": "desk.fact.holds",
        "source": "desk.fact.source",
        "on": "desk.fact.on",
    }
    fact = forms.ChoiceField(
        choices=lambda: [(str(one), say(one.text_key)) for one in Fact], widget=forms.RadioSelect
    )
    holds = forms.ChoiceField(
        choices=lambda: [("yes", say("yes")), ("no", say("no"))], widget=forms.RadioSelect
    )
    source = forms.CharField(max_length=250)
    on = DayField()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_on(self) -> date:
        """Give a day that has come."""
        on: date = self.cleaned_data["on"]
        if on > self._today:
            raise Fault("error.fact.future")
        return on

    @property
    def told(self) -> dict[str, Any]:
        """What the procedure takes; only after is_valid()."""
        given = self.cleaned_data
        return {
            "fact": Fact(given["fact"]),
            "holds": given["holds"] == "yes",
            "source": given["source"],
            "on": given["on"],
        }


class OfferForm(Form):
    """Why the kind asked for cannot be given."""

    labels: ClassVar = {"ground": "label.refusal_ground"}
    ground = forms.ChoiceField(
        choices=lambda: [(str(one), say(one.name_key)) for one in Ground if one.basis.offers_other_kinds],
        widget=forms.RadioSelect,
    )
