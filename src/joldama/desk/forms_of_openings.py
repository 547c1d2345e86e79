"""Forms of organisations, contacts and openings: their shape; what may be said is judged by `openings.content`."""

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms

from joldama.openings.content import OpeningSaid, OrganisationSaid
from joldama.openings.models import Opening, Organisation
from joldama.standard.kinds import ResultField, ResultKind, TrainingKind
from joldama.standard.organisation_numbers import is_of_sole_trader
from joldama.ui.forms import DayField, Email, Fault, Form
from joldama.ui.reading import digits, number_input, read_number
from joldama.ui.templatetags.words import say

_NAME = 250


def _plain() -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off"})


class NumberField(forms.CharField):
    """A whole number, typed with or without spaces between its groups; gives an int, None where nothing stands."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, widget=number_input(), **kwargs)

    def clean(self, value: Any) -> Any:
        """Give the number."""
        typed = digits(super().clean(value))
        if not typed:
            return None
        if not typed.isascii() or not typed.isdigit():
            raise Fault("openings.fault.number")
        return int(typed)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare numbers, not the spaces in them."""
        return str(initial or "") != digits(str(data or ""))


class _NumberOfOrganisation(forms.CharField):
    """The BIN of an organisation, or the IIN of a sole trader; gives twelve digits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, widget=number_input(), **kwargs)

    def clean(self, value: Any) -> Any:
        """Give twelve digits."""
        return read_number(super().clean(value))


class OrganisationForm(Form):
    """What is known of an organisation.

    An IIN is taken only where the official confirms in words that he enters a sole trader: it is a person's number.
    The form of one who is `known` does not show it: his number stays.
    """

    labels: ClassVar = {
        "bin": "openings.number",
        "is_sole_trader": "openings.is_sole_trader",
        "name_kk": "openings.name_kk",
        "name_ru": "openings.name_ru",
        "address": "label.address",
        "is_training": "openings.is_training",
    }
    bin = _NumberOfOrganisation()
    is_sole_trader = forms.BooleanField(required=False)
    name_kk = forms.CharField(max_length=_NAME, required=False, widget=_plain())
    name_ru = forms.CharField(max_length=_NAME, required=False, widget=_plain())
    address = forms.CharField(max_length=_NAME, required=False, widget=_plain())
    is_training = forms.BooleanField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, known: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = known
        if known is not None and known.is_sole_trader:
            del self.fields["bin"]
        if known is not None or not _is_iin(self.data.get("bin")):
            del self.fields["is_sole_trader"]

    def clean(self) -> dict[str, Any]:
        """Ask for the word that the number is a sole trader's, where it is an IIN."""
        given = super().clean() or {}
        if "is_sole_trader" in self.fields and not given.get("is_sole_trader"):
            self.add_error("is_sole_trader", Fault("openings.fault.is_sole_trader"))
        return given

    @classmethod
    def of(cls, organisation: Organisation) -> dict[str, Any]:
        """Give what stands, as the form shows it: of a sole trader all but his number."""
        hidden = {"is_sole_trader", *(["bin"] if organisation.is_sole_trader else [])}
        return {name: getattr(organisation, name) for name in cls.base_fields if name not in hidden}

    @property
    def said(self) -> OrganisationSaid:
        """Give what was typed; only after is_valid()."""
        given = self.cleaned_data
        number = given["bin"] if self._known is None or "bin" in self.fields else self._known.number
        facts = ("name_kk", "name_ru", "address", "is_training")
        return OrganisationSaid(number=number, **{name: given[name] for name in facts})


def _is_iin(typed: Any) -> bool:
    return is_of_sole_trader(digits(str(typed or "")))


class ContactForm(Form):
    """Whom the official asked; that he asked is a word of his own."""

    labels: ClassVar = {
        "name": "openings.contact.name",
        "email": "label.email",
        "language": "openings.contact.language",
        "is_asked": "openings.contact.is_asked",
    }
    name = forms.CharField(max_length=_NAME, widget=_plain())
    email = Email(widget=forms.EmailInput(attrs={"autocomplete": "off", "class": "input"}))
    language = forms.ChoiceField(
        choices=lambda: [(one, say(f"language.{one}")) for one in ("kk", "ru")], widget=forms.RadioSelect
    )
    is_asked = forms.BooleanField(error_messages={"required": ""})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_asked"].error_messages["required"] = str(Fault("openings.fault.not_asked").message)


class OpeningForm(Form):
    """An opening of a kind: work of an employer, or a course of a training organisation."""

    labels: ClassVar = {
        "training_kind": "desk.training_kind",
        "occupation_kk": "openings.occupation_kk",
        "occupation_ru": "openings.occupation_ru",
        "course": "label.course",
        "places": "openings.places",
        "locality": "openings.locality",
        "wage": "openings.wage",
        "stipend": "openings.stipend",
        "work_hours": "label.work_hours",
        "duration": "label.duration",
        "start_on": "label.start_on",
        "contract_number": "openings.contract_number",
        "contract_on": "openings.contract_on",
        "open_from_on": "openings.open_from_on",
        "open_until_on": "openings.open_until_on",
    }
    training_kind = forms.ChoiceField(
        choices=lambda: [(one.value, say(one)) for one in TrainingKind], widget=forms.RadioSelect
    )
    occupation_kk = forms.CharField(max_length=_NAME, required=False, widget=_plain())
    occupation_ru = forms.CharField(max_length=_NAME, required=False, widget=_plain())
    course = forms.CharField(max_length=_NAME, widget=_plain())
    places = NumberField()
    address = forms.CharField(max_length=_NAME, widget=_plain())
    locality = forms.CharField(max_length=120, required=False, widget=_plain())
    wage = NumberField(required=False)
    stipend = NumberField(required=False)
    work_hours = forms.CharField(max_length=120, required=False, widget=_plain())
    duration = forms.CharField(max_length=120, required=False, widget=_plain())
    start_on = DayField(required=False, widget=number_input())
    contract_number = forms.CharField(max_length=60, required=False, widget=_plain())
    contract_on = DayField(required=False, widget=number_input())
    open_from_on = DayField(widget=number_input())
    open_until_on = DayField(required=False, widget=number_input())
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, kind: ResultKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        asked = (*kind.required, *kind.optional)
        for field in ResultField:
            if field not in asked:
                for name in _OF_FIELD.get(field, ()):
                    del self.fields[name]
        if not kind.needs_training_kind:
            del self.fields["training_kind"]
        self.fields["address"].label = say(kind.field_key(ResultField.WORKPLACE_ADDRESS))
        self._word("address", self.fields["address"])
        self.initial.setdefault("key", str(uuid4()))

    @classmethod
    def of(cls, opening: Opening) -> dict[str, Any]:
        """Give what stands, as the form shows it."""
        stands = {name: getattr(opening, name) for name in cls.base_fields if name != "key"}
        return {
            name: f"{value:%d.%m.%Y}" if name.endswith("_on") and value else value
            for name, value in stands.items()
        }

    @property
    def given_key(self) -> UUID:
        """The key of what is entered once; only after is_valid()."""
        return self.cleaned_data.get("key") or uuid4()

    @property
    def said(self) -> OpeningSaid:
        """Give what was typed; only after is_valid()."""
        given = {name: self.cleaned_data[name] for name in self.fields if name not in ("key", "version")}
        typed = given.get("training_kind")
        training = TrainingKind(typed) if typed else None
        return OpeningSaid(**{**given, "kind": self.kind, "training_kind": training})


_OF_FIELD = {
    ResultField.OCCUPATION: ("occupation_kk", "occupation_ru"),
    ResultField.COURSE: ("course",),
    ResultField.WAGE: ("wage",),
    ResultField.STIPEND: ("stipend",),
}
"""What a form asks of an opening only where a result of its kind says it."""


class FoundForm(forms.Form):
    """What a list is asked for; nothing that was asked is a fault."""

    q = forms.CharField(max_length=100, required=False)
    kind = forms.ChoiceField(
        choices=[("", ""), *((kind.value, kind.value) for kind in ResultKind)], required=False
    )
    page = forms.IntegerField(min_value=1, max_value=1000, required=False)

    @property
    def asked(self) -> dict[str, Any]:
        """Give what was asked for and can be answered."""
        self.is_valid()
        return {"q": "", "kind": "", **self.cleaned_data, "page": self.cleaned_data.get("page") or 1}
