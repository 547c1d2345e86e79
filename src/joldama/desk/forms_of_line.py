"""The form that calls the next one or opens a window: the window alone; nobody can be chosen (R8.1-c)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from joldama.desk.showing import Desk
from joldama.people.models import Place, Staff
from joldama.reception.models import Window
from joldama.standard import words
from joldama.ui.forms import Form
from joldama.ui.templatetags.words import language


class CallForm(Form):
    """At which window the specialist sits; `others` are the windows at which colleagues do."""

    labels: ClassVar = {"window": "line.window.which"}
    window = forms.TypedChoiceField(coerce=int, widget=forms.Select)

    def __init__(
        self, *args: Any, place: Place, others: Mapping[int, Staff] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        windows = range(1, place.windows + 1)
        named = [(number, _name(number, (others or {}).get(number))) for number in windows]
        self.fields["window"].choices = named  # type: ignore[attr-defined]  # a field of choices

    @classmethod
    def at(cls, desk: Desk, *, own: Window | None, others: Mapping[int, Staff]) -> "CallForm":
        """Give the form with the open window of the specialist, or with the one at which he sat last if it is free."""
        if own is not None:
            form = cls(place=desk.place, initial={"window": own.number})
            form.fields["window"].widget = forms.HiddenInput()
            return form
        last = (
            Window.objects.filter(specialist=desk.staff, line__place=desk.place)
            .order_by("-opened_at")
            .first()
        )
        free = [number for number in range(1, desk.place.windows + 1) if number not in others]
        likely = [last.number] if last and last.number in free else free
        return cls(place=desk.place, others=others, initial={"window": likely[0] if likely else 1})


def _name(number: int, taken_by: Staff | None) -> str:
    if taken_by is None:
        return words.say("line.window", language(), window=number)
    return words.say("window.option.taken", language(), window=number, by=taken_by.name.short)
