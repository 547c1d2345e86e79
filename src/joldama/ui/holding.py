"""What whoever holds a referral types from it: number, date and control code (A33)."""

from typing import Any, ClassVar

from django import forms

from joldama.ui.forms import DayField, Form


class VerifyForm(Form):
    """Number, date and control code of a referral; short names, since they stand in a QR code."""

    labels: ClassVar[dict[str, str]] = {
        "n": "label.referral_number",
        "d": "label.verify_date",
        "c": "label.control_code",
    }
    n = forms.CharField(max_length=40)
    d = DayField()
    c = forms.CharField(max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("n", "d", "c"):
            self.fields[name].widget.attrs |= {"autocomplete": "off", "class": "input input--20"}
