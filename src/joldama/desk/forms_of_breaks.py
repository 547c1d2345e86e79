"""The form of a technical break: wall times of the capital, the reason in three languages."""

from datetime import UTC, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms

from joldama.ui.forms import DayField, Form, TimeField


class BreakForm(Form):
    """From when until when, and why."""

    labels: ClassVar = {
        "starts_on": "desk.break.starts_on",
        "starts_time": "desk.break.time",
        "ends_on": "desk.break.ends_on",
        "ends_time": "desk.break.time",
        "kk": "desk.break.reason_kk",
        "ru": "desk.break.reason_ru",
        "en": "desk.break.reason_en",
    }
    starts_on = DayField()
    starts_time = TimeField()
    ends_on = DayField()
    ends_time = TimeField()
    kk = forms.CharField(max_length=250)
    ru = forms.CharField(max_length=250)
    en = forms.CharField(max_length=250)

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._zone = zone

    @property
    def starts_at(self) -> datetime:
        """The start in UTC; only after is_valid()."""
        return self._moment("starts")

    @property
    def ends_at(self) -> datetime:
        """The end in UTC; only after is_valid()."""
        return self._moment("ends")

    @property
    def reasons(self) -> dict[str, str]:
        """The reason by language; only after is_valid()."""
        return {language: self.cleaned_data[language] for language in ("kk", "ru", "en")}

    def _moment(self, which: str) -> datetime:
        given = self.cleaned_data
        wall = datetime.combine(given[f"{which}_on"], given[f"{which}_time"], tzinfo=self._zone)
        return wall.astimezone(UTC)
