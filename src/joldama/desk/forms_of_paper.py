"""The forms of what was kept on paper: blanks, a package and a result with their times as written (S26)."""

import re
from datetime import UTC, datetime, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms

from joldama.desk.forms import IntakeForm, ReferralForm, RefusalForm
from joldama.people.models import Staff
from joldama.procedures.paper import MOST_BLANKS, WrittenResult
from joldama.standard.grounds import Ground
from joldama.ui.forms import DayField, Fault, Form

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
    """How many blanks are printed."""

    labels: ClassVar = {"count": "desk.paper.count"}
    count = forms.IntegerField(
        min_value=1, max_value=MOST_BLANKS, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fault = str(Fault("error.paper.count", most=MOST_BLANKS).message)
        self.fields["count"].error_messages |= {
            name: fault for name in ("invalid", "min_value", "max_value", "required")
        }
        self.fields["count"].validators = [
            check for check in self.fields["count"].validators if not _says_itself(check)
        ]

    def clean_count(self) -> int:
        """Give a number of blanks that is printed at once."""
        count: int = self.cleaned_data["count"]
        if not 1 <= count <= MOST_BLANKS:
            raise Fault("error.paper.count", most=MOST_BLANKS)
        return count


class VoidForm(Form):
    """Which unused blanks are voided, and by which act."""

    labels: ClassVar = {"blanks": "desk.paper.which", "act": "desk.paper.act"}
    blanks = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    act = forms.CharField(max_length=250)

    def __init__(self, *args: Any, unused: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["blanks"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = unused


class PaperIntakeForm(IntakeForm):
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

    @property
    def written_by(self) -> Staff:
        """Who registered it; only after is_valid()."""
        return self._specialists[self.cleaned_data["registered_by"]]


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


def _says_itself(check: Any) -> bool:
    return type(check).__name__ in ("MinValueValidator", "MaxValueValidator")
