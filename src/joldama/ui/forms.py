"""Forms whose labels, hints and faults are words of the catalogue, drawn as the kit draws them."""

import re
from datetime import date, time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.functional import lazystr

from joldama.standard import words
from joldama.standard.letters import unprintable
from joldama.standard.typed import place_of_invisible
from joldama.ui.templatetags.words import language, say

LONGEST = 2000
"""Characters of a typed text, where a field names no other length."""

_TYPED = (
    forms.Textarea
    | forms.TextInput
    | forms.EmailInput
    | forms.PasswordInput
    | forms.NumberInput
    | forms.Select
    | forms.ClearableFileInput
)
"""Widgets that are drawn as a box to fill in."""

_ISO = "%Y-%m-%d"
_TIME = re.compile(r"^([01]?\d|2[0-3])[:.]([0-5]\d)$")


class Renderer(TemplatesSetting):
    """Draws forms and fields with the kit's templates."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"


class Fault(ValidationError):
    """A fault said by a key of the catalogue: `error.…`, three parts, with its values."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(say_fault(key, **values), code=key)


def say_fault(key: str, **values: Any) -> str:
    """Say the parts of a fault as one text for beside its field."""
    return " ".join(words.parts(key, language(), **values))


class Form(forms.Form):
    """A form of the kit.

    `labels` gives the key of a field's label; a hint stands under the same key with `.hint`. `option_hints`
    gives for a field the key that explains an option, with the option's value for `{}`.
    `heading` names the field whose question is the page's heading. Of a form `for_paper` a letter that no paper
    can show is a fault.
    """

    labels: ClassVar[dict[str, str]] = {}
    option_hints: ClassVar[dict[str, str]] = {}
    heading: ClassVar[str] = ""
    for_paper: ClassVar[bool] = False
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            self._word(name, field)
            self._bound(field)

    def _word(self, name: str, field: forms.Field) -> None:
        key = self.labels.get(name)
        if key:
            field.label = say(key)
            if not field.help_text and words.has(f"{key}.hint"):
                field.help_text = say(f"{key}.hint")
        chosen = isinstance(field, forms.ChoiceField | forms.MultipleChoiceField)
        required = (
            say_fault("error.choose_one") if chosen else say_fault("error.required", field=field.label or "")
        )
        field.error_messages["required"] = required
        if chosen:
            field.error_messages["invalid_choice"] = say_fault("error.choose_one")

    def _bound(self, field: forms.Field) -> None:
        widget = field.widget
        if isinstance(widget, _TYPED):
            widget.attrs.setdefault("class", "input")
        if isinstance(field, forms.CharField) and not isinstance(field, forms.EmailField | forms.UUIDField):
            field.validators = [check for check in field.validators if not _is_length(check)]
            field.validators.append(_text_check(field.max_length or LONGEST))
            field.widget.attrs.pop("maxlength", None)
            if self.for_paper:
                field.validators.append(_check_letters)

    def hint_of(self, name: str, value: str) -> str:
        """Give the explanation of an option; empty where there is none."""
        key = self.option_hints.get(name, "").format(value)
        return say(key) if key and words.has(key) else ""


FIRST_DAY = date(1900, 1, 1)
"""Before it lies a slip of the finger: no person, document or act of ours is as old."""


class DayField(forms.CharField):
    """A day typed as 15.01.1990, or as ISO 8601; gives a date from FIRST_DAY on."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        for pattern in ("%d.%m.%Y", _ISO, "%d/%m/%Y"):
            try:
                day = forms.DateField(input_formats=[pattern]).to_python(text.strip())
            except ValidationError:
                continue
            if day is not None and day >= FIRST_DAY:
                return day
        raise Fault("error.date_format")

    def prepare_value(self, value: Any) -> Any:
        """Show a day that came in ISO 8601, as the code on a paper brings it, the way the hint asks for it."""
        try:
            return f"{forms.DateField(input_formats=[_ISO]).to_python(value):%d.%m.%Y}"
        except (TypeError, ValidationError):
            return value

    def run_validators(self, value: Any) -> None:
        """A date has no length to check."""


class TimeField(forms.CharField):
    """A time typed as 22:00; gives a time."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        found = _TIME.match(text.strip())
        if found is None:
            raise Fault("error.time_format")
        return time(int(found[1]), int(found[2]))

    def run_validators(self, value: Any) -> None:
        """A time has no length to check."""


class Email(forms.EmailField):
    """An e-mail address."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 254)
        super().__init__(**kwargs)
        self.error_messages["invalid"] = lazystr(_Said("error.email"))


class _Said:
    """A fault said when it is shown, in the language of that page."""

    def __init__(self, key: str) -> None:
        self.key = key

    def __str__(self) -> str:
        return say_fault(self.key)


class AddressForm(Form):
    """Where a person wishes to be told; the form of the address is all that is checked."""

    labels: ClassVar = {"email": "notices.email"}
    email = Email(widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "input"}))


def _check_letters(text: str) -> None:
    if found := unprintable(text):
        raise Fault("error.letters", letters=" ".join(found))


def _is_length(check: Any) -> bool:
    return type(check).__name__ in ("MaxLengthValidator", "ProhibitNullCharactersValidator")


def _text_check(longest: int) -> Any:
    def check(text: str) -> None:
        if len(text) > longest:
            raise Fault("error.too_long", max=longest, count=len(text))
        place = place_of_invisible(text)
        if place is not None:
            raise Fault("error.characters", place=place)

    return check
