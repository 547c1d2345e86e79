"""What is asked of the figures of the three clocks: a period, a place, and which of the rows behind a number."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from django import forms

from joldama.people.models import Place
from joldama.standard.clocks import ClockKind
from joldama.standard.editions import EDITIONS
from joldama.ui.forms import DayField, Fault, Form
from joldama.ui.templatetags.words import named_in_language, say

LONGEST = timedelta(days=92)
"""The longest period counted on one page."""


class PeriodForm(Form):
    """From which day to which, both included; and one place of the office, or all of them together."""

    labels: ClassVar = {"first": "desk.clocks.first", "last": "desk.clocks.last", "place": "overview.place"}
    first = DayField()
    last = DayField()
    place = forms.TypedChoiceField(coerce=UUID, empty_value=None, required=False, widget=forms.Select)

    def __init__(self, *args: Any, places: Sequence[Place], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self._today = today
        every = ("", say("desk.clocks.office"))
        named = [(str(place.pk), named_in_language(place)) for place in places]
        self.fields["place"].choices = [every, *named]  # type: ignore[attr-defined]  # a field of choices

    def clean_first(self) -> date:
        """Give a day that has come, and on which the standard was in force."""
        first: date = self.cleaned_data["first"]
        since = EDITIONS[0].in_force_from
        if first > self._today:
            raise Fault("error.period.future")
        if first < since:
            raise Fault("error.period.before", since=since)
        return first

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and not timedelta(0) <= last - first <= LONGEST:
            self.add_error("last", Fault("error.period", days=LONGEST.days))
        return given

    @property
    def chosen(self) -> list[Place]:
        """The places asked about; only of a valid form."""
        asked = self.cleaned_data["place"]
        return [place for place in self.places if asked in (None, place.pk)]


class Shown(StrEnum):
    """Which of the rows behind a clock."""

    ALL = "all"
    IN_TIME = "in_time"
    OVER = "over"
    ABSENT = "absent"

    @property
    def text_key(self) -> str:
        return _NAMES[self]


_NAMES = {
    Shown.ALL: "desk.clocks.measured",
    Shown.IN_TIME: "label.in_time",
    Shown.OVER: "line.over_limit",
    Shown.ABSENT: "desk.clocks.absent",
}


class RowsForm(PeriodForm):
    """Which rows of which clock, in which order."""

    clock = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in ClockKind])
    shown = forms.ChoiceField(choices=[(shown.value, shown.value) for shown in Shown])
    order = forms.ChoiceField(choices=[("began", "began"), ("took", "took")], required=False)


def query(first: date, last: date, place: Place | None, **more: str) -> str:
    """Write what is asked as an address has it."""
    days = {"first": f"{first:%d.%m.%Y}", "last": f"{last:%d.%m.%Y}"}
    return urlencode({**days, "place": str(place.pk) if place else "", **more})
