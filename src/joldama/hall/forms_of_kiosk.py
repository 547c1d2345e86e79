"""The form that makes a device a kiosk: the set-up code alone."""

from typing import ClassVar

from django import forms

from joldama.ui.forms import Form


class SetUpForm(Form):
    """The code the head was shown."""

    labels: ClassVar = {"code": "kiosk.code"}
    code = forms.CharField(max_length=30, widget=forms.TextInput(attrs={"autocomplete": "off"}))
