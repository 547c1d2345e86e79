"""The forms of what was kept on paper: blanks, a package and a result with their times as written (S26)."""

import re
from datetime import UTC, datetime, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms

from joldama.desk.forms import IntakeForm, NoteForm, ReferralForm, RefusalForm
from joldama.people.models import Place, Staff
from joldama.procedures.blanks import MOST_BLANKS
from joldama.procedures.paper import WrittenNote, WrittenResult
from joldama.procedures.written import Remark
from joldama.standard.blanks import BlankKind
from joldama.standard.grounds import Ground
from joldama.ui.forms import DayField, Fault, Form
from joldama.ui.reading import number_input
from joldama.ui.templatetags.words import language

_MOMENT = re.compile(r"^(?P<day>\S+),?\s+(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)$")
_WRITTEN = ("signed_by", "decided_at", "offered_at", "handed_over_at")


class MomentField(forms.CharField):
    """A day and time by a wall clock, typed as 15.09.2015 10:18; gives the moment in UTC."""

    zone: ZoneInfo

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        found = _MOMENT.match(text.strip())
        if found is None:
            raise Fault("error.moment_format")
        on = DayField().to_python(found["day"])
        wall = datetime.combine(on, time(int(found["hour"]), int(found["minute"])), tzinfo=self.zone)
        return wall.astimezone(UTC)

    def run_validators(self, value: Any) -> None:
        """A moment has no length to check."""


class BlanksForm(Form):
    """How many blanks of each kind are prepared."""

    labels: ClassVar = {
        "count": "desk.paper.count",
        "notes": "desk.paper.notes",
        "sheets": "desk.paper.sheets_of_line",
        "place": "desk.paper.place",
    }
    count = forms.CharField(required=False, widget=number_input())
    notes = forms.CharField(required=False, widget=number_input())
    sheets = forms.CharField(required=False, widget=number_input())
    place = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, places: list[Place], own: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = {str(place.pk): place for place in places}
        self._offer_places(own)

    def _offer_places(self, own: Place) -> None:
        """Ask for the place only where the office has several."""
        choice = self.fields["place"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(pk, place.address(language())) for pk, place in self._places.items()]
        self.initial.setdefault("place", str(own.pk))
        if len(self._places) == 1:
            del self.fields["place"]

    @property
    def chosen_place(self) -> Place | None:
        """Where the blanks will lie; None for the only place there is. Only after is_valid()."""
        return self._places.get(self.cleaned_data.get("place", ""))

    @property
    def counts(self) -> dict[BlankKind, int]:
        """How many of each kind; only after is_valid()."""
        given = self.cleaned_data
        return {
            BlankKind.PACKAGE: given["count"],
            BlankKind.NOTE: given["notes"],
            BlankKind.LINE: given["sheets"],
        }

    def clean_count(self) -> int:
        return self._number("count")

    def clean_notes(self) -> int:
        return self._number("notes")

    def clean_sheets(self) -> int:
        return self._number("sheets")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(given.get(name) for name in ("count", "notes", "sheets")):
            self.add_error("count", Fault("error.paper.count", most=MOST_BLANKS))
        return given

    def _number(self, name: str) -> int:
        text = self.cleaned_data[name].strip() or "0"
        if not text.isdecimal() or int(text) > MOST_BLANKS:
            raise Fault("error.paper.count", most=MOST_BLANKS)
        return int(text)


class VoidForm(Form):
    """Which blanks are voided, by the act of which number and day."""

    labels: ClassVar = {"blanks": "desk.paper.which", "act": "desk.paper.act", "act_on": "desk.paper.act_on"}
    blanks = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    act = forms.CharField(max_length=60)
    act_on = DayField(widget=number_input())

    def __init__(self, *args: Any, unused: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["blanks"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = unused


class ConfirmedForm(Form):
    """What is confirmed once something unusual was found: that it stands so on the paper, and why."""

    confirmed_labels: ClassVar = {"as_written": "desk.paper.as_written", "why": "desk.paper.why"}
    is_doubtful = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "why" in self.data:
            self.ask_to_confirm()

    def ask_to_confirm(self) -> None:
        """Add the question; nobody is asked before something unusual was found."""
        self.labels = {**self.labels, **self.confirmed_labels}  # type: ignore[misc]
        self.fields["as_written"] = forms.BooleanField(required=False)
        self.fields["why"] = forms.CharField(
            max_length=250, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
        )
        for name in self.confirmed_labels:
            self._word(name, self.fields[name])
            self._bound(self.fields[name])

    def tell(self, remarks: tuple[Remark, ...]) -> None:
        """Show what cannot be, or what is unusual, at the fields where it stands."""
        for remark in remarks:
            name = f"{remark.field}_{remark.row}" if remark.row is not None else remark.field
            self.add_error(name or None, Fault(remark.key, **remark.values))

    def ask(self, remarks: tuple[Remark, ...]) -> None:
        """Show what is unusual, and ask whether it stands so on the paper."""
        self.ask_to_confirm()
        self.tell(remarks)
        self.is_doubtful = True

    @property
    def is_asking(self) -> bool:
        """Whether it is asked what is unusual."""
        return "why" in self.fields

    @property
    def confirmed(self) -> dict[str, Any]:
        """Whether it was confirmed, and the remark; only after is_valid()."""
        given = self.cleaned_data
        return {"as_written": bool(given.get("as_written")), "remark": given.get("why") or ""}

    def clean(self) -> dict[str, Any]:
        """A confirmation without a word of why is none."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("as_written") and not given.get("why"):
            self.add_error("why", Fault("error.paper.why_missing"))
        return given


class PaperIntakeForm(IntakeForm, ConfirmedForm):
    """A package as it was registered on a blank: the moment and the specialist as written."""

    labels: ClassVar = {
        **IntakeForm.labels,
        "registered_at": "desk.paper.registered_at",
        "registered_by": "desk.paper.registered_by",
    }
    registered_at = MomentField()
    registered_by = forms.ChoiceField(widget=forms.RadioSelect)
    field_order = ("registered_at", "registered_by")

    def __init__(self, *args: Any, zone: ZoneInfo, specialists: list[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_zone(self, "registered_at", zone=zone)
        self._specialists = _offer(self, "registered_by", specialists)

    def clean(self) -> dict[str, Any]:
        """Ask who registered it and when of every package, also of one with a foreign document."""
        own = {name: self.errors[name] for name in self.field_order if name in self.errors}
        given = super().clean()
        self.errors.update(own)
        return given

    @property
    def written_by(self) -> Staff:
        """Who registered it; only after is_valid()."""
        return self._specialists[self.cleaned_data["registered_by"]]


class PaperNoteForm(NoteForm, ConfirmedForm):
    """A note of non-acceptance as it was written on a blank."""

    labels: ClassVar = {
        **NoteForm.labels,
        "noted_at": "desk.paper.noted_at",
        "noted_by": "desk.paper.noted_by",
    }
    noted_at = MomentField()
    noted_by = forms.ChoiceField(widget=forms.RadioSelect)
    field_order = ("noted_at", "noted_by")

    def __init__(self, *args: Any, zone: ZoneInfo, specialists: list[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_zone(self, "noted_at", zone=zone)
        self._specialists = _offer(self, "noted_by", specialists)

    @property
    def written(self) -> WrittenNote:
        """The note; only after is_valid()."""
        given = self.cleaned_data
        return WrittenNote(
            key=given["key"],
            noted_at=given["noted_at"],
            noted_by=self._specialists[given["noted_by"]],
            ground=Ground(given["ground"]),
            name=given["name"],
            remark=given["remark"],
        )


class _Written(Form):
    """Who signed by hand, and when the result was decided, offered and handed over."""

    written_labels: ClassVar = {
        "signed_by": "desk.paper.signed_by",
        "decided_at": "desk.paper.decided_at",
        "offered_at": "desk.paper.offered_at",
        "handed_over_at": "desk.paper.handed_over_at",
    }

    def write(self, *, zone: ZoneInfo, signers: list[Staff], has_hand_over: bool) -> None:
        """Add what stands on every written result."""
        self.labels = {**self.labels, **self.written_labels}  # type: ignore[misc]
        added: dict[str, forms.Field] = {
            "signed_by": forms.ChoiceField(widget=forms.RadioSelect),
            "decided_at": MomentField(),
            "offered_at": MomentField(),
        }
        if has_hand_over:
            added["handed_over_at"] = MomentField(required=False)
        for name, field in added.items():
            self.fields[name] = field
            self._word(name, field)
            self._bound(field)
        _in_zone(self, "decided_at", "offered_at", "handed_over_at", zone=zone)
        self._signers = _offer(self, "signed_by", signers)

    @property
    def moments(self) -> dict[str, Any]:
        """Who signed and when; only after is_valid()."""
        given = self.cleaned_data
        found = {name: given.get(name) for name in _WRITTEN}
        return {**found, "signed_by": self._signers[given["signed_by"]]}


class PaperReferralForm(ReferralForm, _Written):
    """A referral as it was written on the blank."""

    def __init__(self, *args: Any, zone: ZoneInfo, signers: list[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.write(zone=zone, signers=signers, has_hand_over=True)

    @property
    def written(self) -> WrittenResult:
        """The result; only after is_valid()."""
        return WrittenResult(
            kind=self.chosen_kind, training_kind=self.chosen_training, fields=self.told, **self.moments
        )


class PaperRefusalForm(RefusalForm, _Written):
    """A reasoned refusal as it was written on the blank."""

    def __init__(self, *args: Any, zone: ZoneInfo, signers: list[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.write(zone=zone, signers=signers, has_hand_over=False)

    @property
    def written(self) -> WrittenResult:
        """The result; only after is_valid()."""
        given = self.cleaned_data
        return WrittenResult(ground=Ground(given["ground"]), reasons=given["reasons"], **self.moments)


def _in_zone(form: forms.Form, *names: str, zone: ZoneInfo) -> None:
    for name in names:
        field = form.fields.get(name)
        if isinstance(field, MomentField):
            field.zone = zone


def _offer(form: forms.Form, name: str, staff: list[Staff]) -> dict[str, Staff]:
    choice = form.fields[name]
    assert isinstance(choice, forms.ChoiceField)
    choice.choices = [(str(one.pk), one.name.short) for one in staff]
    return {str(one.pk): one for one in staff}
