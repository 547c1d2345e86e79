"""The forms with which an official hands in a table, and takes one back."""

from typing import Any, ClassVar

from django import forms

from joldama.openings.tables.columns import TableSort
from joldama.procedures.import_table import LIMITS
from joldama.ui.forms import Form, say_fault
from joldama.ui.templatetags.words import say


class ImportForm(Form):
    """What stands in the table, and its file; `key` makes one import of a form sent twice."""

    labels: ClassVar = {"sort": "desk.imports.sort", "file": "desk.imports.file"}
    option_hints: ClassVar = {"sort": "tables.sort.{}.hint"}
    sort = forms.ChoiceField(widget=forms.RadioSelect)
    file = forms.FileField(widget=forms.FileInput(attrs={"class": "input", "accept": ".xlsx,.csv,.txt"}))
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sort, file = self.fields["sort"], self.fields["file"]
        sort.choices = [(one.value, say(one)) for one in TableSort]  # type: ignore[attr-defined]  # of choices
        file.help_text = say("desk.imports.file_rule", rows=LIMITS.rows, megabytes=LIMITS.size // 1_000_000)
        file.error_messages["empty"] = say_fault("tables.unread.empty")


class TakeBackForm(Form):
    """Why a table is taken back."""

    labels: ClassVar = {"reason": "desk.import.reason"}
    reason = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
