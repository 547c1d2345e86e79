"""The edition of the standard a page shows: today's, or that of a day somebody asks for (S67)."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.http import HttpRequest

from joldama.installation.clock import now
from joldama.portal.access import CAPITAL
from joldama.portal.context import edition_today
from joldama.standard.editions import EDITIONS, Edition, NoEdition, edition_on
from joldama.ui.forms import DayField, Fault, Form


class EditionForm(Form):
    """Of which day."""

    labels: ClassVar[dict[str, str]] = {"on": "portal.edition.on"}
    on = DayField(required=False)
    day: date | None = None

    def clean_on(self) -> Edition:
        """Give the edition of the day, today's where none is named."""
        on = self.cleaned_data["on"]
        try:
            found = edition_on(on) if on else edition_today()
        except NoEdition as none:
            raise Fault("error.no_edition", from_on=EDITIONS[0].in_force_from) from none
        self.day = on
        return found


@dataclass(frozen=True)
class Chosen:
    """The edition of a day, today if none was asked for, and the form by which another day is."""

    on: date
    edition: Edition
    form: EditionForm

    @property
    def code(self) -> int:
        """Status of the page."""
        return 422 if self.form.errors else 200

    def as_context(self) -> dict[str, Any]:
        """Give what portal/edition.html shows."""
        is_now = self.edition == edition_today()
        return {
            "shown": self.edition,
            "is_now": is_now,
            "linked_on": None if is_now else self.edition.in_force_from,
            "edition_form": self.form,
        }


def choose_edition(request: HttpRequest) -> Chosen:
    """Read which day is asked for; a day that cannot be read, or had no edition, leaves today's."""
    form = EditionForm(request.GET if "on" in request.GET else {})
    is_known = form.is_valid()
    today = now().astimezone(CAPITAL).date()
    return Chosen(form.day or today, form.cleaned_data["on"] if is_known else edition_today(), form)
