"""The form of a sheet of the line: one day, a row for each ticket that is not entered yet (S26)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField

from joldama.cases.blanks import PaperBlank
from joldama.desk.forms_of_paper import ConfirmedForm
from joldama.people.models import Staff
from joldama.procedures.paper_line import WrittenTicket
from joldama.standard.blanks import TICKETS_ON_A_SHEET, ticket_name
from joldama.standard.tickets import ServingEnd, TicketState
from joldama.ui.forms import DayField, Fault, TimeField
from joldama.ui.templatetags.words import say

COLUMNS = ("taken", "called", "window", "called_by", "how", "ended", "blanks")
"""The columns of a sheet after the name of the ticket, as they stand on paper."""

NO_SHOW = TicketState.NO_SHOW.value
_SERIAL = 6
_TYPED = 60


@dataclass(frozen=True)
class Row:
    """A row of the form: the ticket and its fields, in the order of the sheet."""

    number: int
    name: str
    fields: tuple[BoundField, ...]

    @property
    def faults(self) -> bool:
        """Whether something in it is wrong."""
        return any(field.errors for field in self.fields)


class SheetForm(ConfirmedForm):
    """The rows of a sheet that are not entered yet; rows left empty are not entered."""

    labels: ClassVar = {"on": "desk.paper.sheet_day"}
    on = DayField()

    def __init__(
        self, *args: Any, sheet: PaperBlank, entered: set[int], specialists: list[Staff], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._sheet = sheet
        self._staff = {str(one.pk): one for one in specialists}
        self.open = [n for n in range(1, TICKETS_ON_A_SHEET + 1) if n not in entered]
        people = [("", "–"), *((pk, one.name.short) for pk, one in self._staff.items())]
        ends = [("", "–"), *((str(end), say(end.text_key)) for end in ServingEnd)]
        ends.append((NO_SHOW, say(TicketState.NO_SHOW.text_key)))
        for number in self.open:
            for column, field in _fields(people, ends).items():
                self._add(number, column, field)

    @property
    def rows(self) -> list[Row]:
        """The rows that can be entered."""
        return [
            Row(
                number,
                ticket_name(self._sheet.number, number),
                tuple(self[f"{column}_{number}"] for column in COLUMNS),
            )
            for number in self.open
        ]

    @property
    def written(self) -> list[WrittenTicket]:
        """The rows that were filled in; only after is_valid()."""
        on = self.cleaned_data["on"]
        return [self._written(number, on) for number in self._filled_in(self.cleaned_data)]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        numbers = list(self._filled_in(given))
        if not numbers and not self.errors:
            self.add_error(
                f"taken_{self.open[0]}" if self.open else None, Fault("error.paper.nothing_written")
            )
        for number in numbers:
            self._check_row(number, given)
        return given

    def _filled_in(self, given: dict[str, Any]) -> Iterator[int]:
        for number in self.open:
            if any(
                given.get(f"{column}_{number}") or f"{column}_{number}" in self.errors for column in COLUMNS
            ):
                yield number

    def _check_row(self, number: int, given: dict[str, Any]) -> None:
        def cell(column: str) -> Any:
            return given.get(f"{column}_{number}")

        if cell("taken") is None and f"taken_{number}" not in self.errors:
            self.add_error(f"taken_{number}", Fault("error.paper.taken_missing"))
        is_called = cell("called") is not None
        if is_called and not cell("how"):
            self.add_error(f"how_{number}", Fault("error.paper.how_missing"))
        for column in ("window", "called_by"):
            if is_called and not cell(column) and f"{column}_{number}" not in self.errors:
                self.add_error(f"{column}_{number}", Fault("error.paper.call_not_whole"))
        is_uncalled = not is_called and any(cell(name) for name in ("window", "called_by", "how"))
        if is_uncalled and f"called_{number}" not in self.errors:
            self.add_error(f"called_{number}", Fault("error.paper.served_uncalled"))
        if cell("how") in set(ServingEnd) and cell("ended") is None and f"ended_{number}" not in self.errors:
            self.add_error(f"ended_{number}", Fault("error.paper.end_missing"))

    def _written(self, number: int, on: date) -> WrittenTicket:
        def cell(column: str) -> Any:
            return self.cleaned_data.get(f"{column}_{number}")

        how = cell("how")
        called = self._moment(on, cell("called"))
        return WrittenTicket(
            number=number,
            taken_at=self._moment(on, cell("taken")),  # type: ignore[arg-type]  # is_valid() has it
            called_at=called,
            called_by=self._staff.get(cell("called_by")),
            window=cell("window"),
            ended_at=self._moment(on, cell("ended")),
            end=ServingEnd(how) if how and how != NO_SHOW else None,
            blanks=tuple(self._number(part) for part in cell("blanks").replace(",", " ").split()),
        )

    def _moment(self, on: date, wall: time | None) -> datetime | None:
        if wall is None:
            return None
        assert self._sheet.place is not None
        return datetime.combine(on, wall, tzinfo=self._sheet.place.zone).astimezone(UTC)

    def _number(self, typed: str) -> str:
        """Bring 4 to the whole number of the sheet's series."""
        if not typed.isdecimal():
            return typed.upper()
        return f"{self._sheet.number.rsplit('-', 1)[0]}-{typed.zfill(_SERIAL)}"

    def _add(self, number: int, column: str, field: forms.Field) -> None:
        name = f"{column}_{number}"
        field.label = f"{ticket_name(self._sheet.number, number)}: {say(f'desk.paper.row.{column}')}"
        self.fields[name] = field
        self._word(name, field)
        self._bound(field)


def _fields(people: list[tuple[str, str]], ends: list[tuple[str, str]]) -> dict[str, forms.Field]:
    def typed(**more: str) -> forms.TextInput:
        return forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", **more})

    return {
        "taken": TimeField(required=False, widget=typed()),
        "called": TimeField(required=False, widget=typed()),
        "window": WindowField(required=False, widget=typed()),
        "called_by": forms.ChoiceField(required=False, choices=people, widget=forms.Select),
        "how": forms.ChoiceField(required=False, choices=ends, widget=forms.Select),
        "ended": TimeField(required=False, widget=typed()),
        "blanks": forms.CharField(required=False, max_length=_TYPED, widget=typed()),
    }


class WindowField(forms.CharField):
    """The number of a window."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        if not text.strip().isdecimal() or len(text) > _TYPED or not 1 <= int(text) <= 99:
            raise Fault("error.paper.window_format")
        return int(text)

    def run_validators(self, value: Any) -> None:
        """A number has no length to check."""
