"""The form with which an administrator lets a partner's system in."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django import forms

from joldama.people.models import Office
from joldama.ui.forms import Form
from joldama.ui.templatetags.words import named_in_language


class PartnerForm(Form):
    """Whose openings a system hands in, and what it is called."""

    labels: ClassVar = {"office": "administration.partners.office", "name": "administration.partners.name"}
    office = forms.TypedChoiceField(coerce=UUID, widget=forms.Select)
    name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, offices: Sequence[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [("", "—"), *((str(one.pk), named_in_language(one)) for one in offices)]
        self.fields["office"].choices = named  # type: ignore[attr-defined]  # a field of choices
