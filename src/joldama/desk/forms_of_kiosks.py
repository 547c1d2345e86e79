"""Forms of the head who keeps the kiosks of his office: a new one, and the end of one."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django import forms

from joldama.people.models import Place
from joldama.standard.kiosks import KioskEnd, KioskPaper
from joldama.ui.forms import Form
from joldama.ui.templatetags.words import named_in_language, say


class KioskForm(Form):
    """Where a kiosk stands and on what it prints; the place is asked for where the office has several."""

    labels: ClassVar = {
        "place": "desk.kiosks.place",
        "name": "desk.kiosks.name",
        "paper": "desk.kiosks.paper",
    }
    place = forms.TypedChoiceField(coerce=UUID, widget=forms.Select)
    name = forms.CharField(max_length=60)
    paper = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(place.pk), named_in_language(place)) for place in places]
        self.fields["place"].choices = named  # type: ignore[attr-defined]  # a field of choices
        if len(places) == 1:
            del self.fields["place"]
        self.fields["paper"].choices = [(one.value, say(one)) for one in KioskPaper]  # type: ignore[attr-defined]


class KioskEndForm(Form):
    """Why a kiosk is ended."""

    labels: ClassVar = {"why": "desk.kiosks.why"}
    why = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].choices = [(one.value, say(one)) for one in KioskEnd]  # type: ignore[attr-defined]
