"""The forms with which an administrator lets a partner's system in, and gives it a new key."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms

from joldama.people.models import Office
from joldama.ui.forms import DayField, Fault, Form
from joldama.ui.reading import number_input
from joldama.ui.templatetags.words import named_in_language


class KeyForm(Form):
    """How long a key is good; its last day may be left open."""

    labels: ClassVar = {"until_on": "administration.partners.until"}
    until_on = DayField(required=False, widget=number_input())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_until_on(self) -> date | None:
        """A key whose last day is over would open nothing."""
        given: date | None = self.cleaned_data["until_on"]
        if given is not None and given < self._today:
            raise Fault("administration.partners.until_past")
        return given


class PartnerForm(KeyForm):
    """Whose openings a system hands in, what it is called, and how long its key is good."""

    labels: ClassVar = {
        **KeyForm.labels,
        "office": "administration.partners.office",
        "name": "administration.partners.name",
    }
    field_order = ["office", "name", "until_on"]
    office = forms.TypedChoiceField(coerce=UUID, widget=forms.Select)
    name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, offices: Sequence[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [("", "—"), *((str(one.pk), named_in_language(one)) for one in offices)]
        self.fields["office"].choices = named  # type: ignore[attr-defined]  # a field of choices
