"""What is typed at a status desk: their shape only."""

from typing import Any, ClassVar

from django import forms

from joldama.ui.forms import Form, say_fault
from joldama.ui.reading import IinField


class StatusForm(Form):
    """The number of an application with the person's IIN.

    At the provider the IIN alone is enough when the person shows his identity document (R14.1-a).
    """

    labels: ClassVar = {
        "number": "helpdesk.number",
        "iin": "label.iin",
        "is_shown": "helpdesk.is_shown",
    }
    number = forms.CharField(
        max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    iin = IinField()
    is_shown = forms.BooleanField(required=False)

    def __init__(self, *args: Any, in_person: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not in_person:
            del self.fields["is_shown"]

    def clean(self) -> dict[str, Any]:
        """Ask for the number unless the document was shown."""
        given: dict[str, Any] = super().clean() or {}
        if not given.get("number") and not given.get("is_shown") and "number" not in self.errors:
            self.add_error("number", say_fault("error.required", field=self.fields["number"].label or ""))
        return given
