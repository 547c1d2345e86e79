"""The form that calls the next one: the window alone; nobody can be chosen (R8.1-c)."""

from typing import Any, ClassVar

from django import forms

from joldama.desk.showing import Desk
from joldama.people.models import Place
from joldama.reception.models import Ticket
from joldama.standard import words
from joldama.ui.forms import Form
from joldama.ui.templatetags.words import language


class CallForm(Form):
    """At which window the specialist sits."""

    labels: ClassVar = {"window": "line.window.which"}
    window = forms.TypedChoiceField(coerce=int, widget=forms.Select)

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        windows = range(1, place.windows + 1)
        named = [(number, words.say("line.window", language(), window=number)) for number in windows]
        self.fields["window"].choices = named  # type: ignore[attr-defined]  # a field of choices

    @classmethod
    def at(cls, desk: Desk) -> "CallForm":
        """Give the form with the window at which the specialist called last."""
        latest = Ticket.objects.filter(called_by=desk.staff).order_by("-called_at").first()
        return cls(place=desk.place, initial={"window": latest.window if latest else 1})
