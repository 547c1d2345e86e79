"""What somebody may tell of himself to learn which kinds are open to him; nothing of it is kept."""

from datetime import date
from typing import Any

from django import forms

from joldama.portal.context import edition_today
from joldama.standard.eligibility import Condition, Fact, conditions
from joldama.ui.forms import DayField, Fault, Form
from joldama.ui.templatetags.words import say

UNKNOWN = "unknown"


class MayForm(Form):
    """Only what some condition in force asks for; every answer may be left out."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._on = on
        asked = [one for kind in edition_today().declared_kinds for one in conditions(kind, on=on)]
        if any(one.most_age is not None for one in asked):
            self._ask("born_on", DayField(required=False))
        for fact in _facts(asked):
            self._ask(str(fact), _choice())

    def clean(self) -> dict[str, Any]:
        """Take a birth date that has come."""
        given = super().clean() or {}
        born_on = given.get("born_on")
        if born_on and born_on > self._on:
            self.add_error("born_on", Fault("error.may.born"))
        return given

    @property
    def born_on(self) -> date | None:
        """The birth date, if it was told; only after is_valid()."""
        born_on: date | None = self.cleaned_data.get("born_on")
        return born_on

    @property
    def facts(self) -> dict[Fact, bool]:
        """What was told; only after is_valid()."""
        told = {fact: self.cleaned_data.get(fact.value) for fact in Fact}
        return {fact: answer == "yes" for fact, answer in told.items() if answer in ("yes", "no")}

    def _ask(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field
        field.label = say(f"may.{name}")
        self._word(name, field)
        self._bound(field)


def _facts(asked: list[Condition]) -> list[Fact]:
    wanted = {one.fact for one in asked}
    return [fact for fact in Fact if fact in wanted]


def _choice() -> forms.ChoiceField:
    choices = [("yes", say("yes")), ("no", say("no")), (UNKNOWN, say("may.unknown"))]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, required=False, initial=UNKNOWN)
