"""The forms of the administration: their shape only; the rules are asked by the procedures."""

import re
from datetime import time
from typing import Any, ClassVar

from django import forms

from joldama.people.appointing import Post
from joldama.people.establishing import OfficeFacts, PlaceFacts
from joldama.people.models import Office, Place, Staff, Territory
from joldama.standard.names import PersonName
from joldama.standard.office_kinds import OfficeKind
from joldama.standard.provider_kinds import ProviderKind
from joldama.standard.roles import Role
from joldama.ui.forms import DayField, Fault, Form, TimeField, say_fault
from joldama.ui.reading import read_bin, read_iin
from joldama.ui.templatetags.words import language, named_in_language, say

ZONES = (
    "Asia/Almaty",
    "Asia/Qyzylorda",
    "Asia/Qostanay",
    "Asia/Aqtobe",
    "Asia/Atyrau",
    "Asia/Oral",
    "Asia/Aqtau",
)
"""The zones of the country in the data of IANA (zone1970.tab: KZ)."""

_CODE = re.compile(r"^[А-ЯӘҒҚҢӨҰҮҺІ]{2,4}$")
_LOGIN = re.compile(r"^[a-z0-9][a-z0-9._-]{2,59}$")


def _plain() -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off"})


def _clock(at: time | None) -> str:
    return f"{at:%H:%M}" if at else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class LinesField(forms.CharField):
    """Texts, one a line; gives a list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=500, **kwargs)

    def clean(self, value: Any) -> Any:
        """Give the lines that hold something."""
        return _lines(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare lines, not the spaces around them."""
        return _lines(initial or "") != _lines(data or "")


class _Versioned(Form):
    """A form of a row that may be changed by another administrator while it is filled in."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class OfficeForm(_Versioned):
    """What may change of an office."""

    labels: ClassVar = {
        "kk": "administration.name_kk",
        "ru": "administration.name_ru",
        "en": "administration.name_en",
        "phones": "administration.phones",
    }
    kk = forms.CharField(max_length=250)
    ru = forms.CharField(max_length=250)
    en = forms.CharField(max_length=250)
    phones = LinesField()

    @classmethod
    def of(cls, office: Office) -> dict[str, Any]:
        """Give what stands, as the form shows it."""
        return {
            "kk": office.kk,
            "ru": office.ru,
            "en": office.en,
            "phones": "\n".join(office.phones),
            "version": office.version,
        }

    @property
    def facts(self) -> OfficeFacts:
        """Give what was typed; only after is_valid()."""
        return OfficeFacts(**{name: self.cleaned_data[name] for name in ("kk", "ru", "en", "phones")})


class PlaceForm(_Versioned):
    """What may change of a place."""

    labels: ClassVar = {
        "kk": "administration.address_kk",
        "ru": "administration.address_ru",
        "en": "administration.address_en",
        "phones": "administration.phones",
        "windows": "administration.windows",
        "is_main": "administration.is_main",
        "opens_earlier": "administration.opens_earlier",
        "closes_later": "administration.closes_later",
        "works_through_lunch": "administration.works_through_lunch",
    }
    kk = forms.CharField(max_length=250)
    ru = forms.CharField(max_length=250)
    en = forms.CharField(max_length=250)
    phones = LinesField()
    windows = forms.IntegerField(
        min_value=1, max_value=99, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    is_main = forms.BooleanField(required=False)
    opens_earlier = TimeField(required=False)
    closes_later = TimeField(required=False)
    works_through_lunch = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for fault in ("invalid", "min_value", "max_value"):
            self.fields["windows"].error_messages[fault] = say_fault("error.windows")

    @classmethod
    def of(cls, place: Place) -> dict[str, Any]:
        """Give what stands, as the form shows it."""
        return {
            "kk": place.kk,
            "ru": place.ru,
            "en": place.en,
            "phones": "\n".join(place.phones),
            "windows": place.windows,
            "is_main": place.is_main,
            "opens_earlier": _clock(place.opens_earlier),
            "closes_later": _clock(place.closes_later),
            "works_through_lunch": place.works_through_lunch,
            "version": place.version,
        }

    @property
    def facts(self) -> PlaceFacts:
        """Give what was typed; only after is_valid()."""
        named = {
            name: text for name, text in self.cleaned_data.items() if name not in ("version", "zone_name")
        }
        return PlaceFacts(**named)


class NewPlaceForm(PlaceForm):
    """A place with its zone, which stays."""

    labels: ClassVar = {**PlaceForm.labels, "zone_name": "administration.zone"}
    version = None  # type: ignore[assignment]  # takes the inherited field out, as Django has it
    zone_name = forms.ChoiceField(choices=[(zone, zone) for zone in ZONES])


class NewOfficeForm(OfficeForm):
    """An office: code, kind, territory and BIN stay as they are entered."""

    labels: ClassVar = {
        "code": "administration.code",
        "kind": "administration.kind",
        "territory": "administration.territory",
        "bin": "bin",
        **OfficeForm.labels,
    }
    version = None  # type: ignore[assignment]  # takes the inherited field out, as Django has it
    code = forms.CharField(max_length=4, widget=_plain())
    kind = forms.ChoiceField(choices=lambda: _kinds())
    territory = forms.ChoiceField(choices=lambda: _territories())
    bin = forms.CharField(max_length=40, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    field_order = ("code", "kind", "territory", "bin", "kk", "ru", "en", "phones")

    @property
    def body(self) -> OfficeKind:
        """Give what the office is; only after is_valid()."""
        return OfficeKind.PROVIDER if self.provider_kind else OfficeKind(self.cleaned_data["kind"])

    @property
    def provider_kind(self) -> ProviderKind | None:
        """Give which of the four kinds a provider is; only after is_valid()."""
        chosen = self.cleaned_data["kind"]
        return ProviderKind(chosen) if chosen in set(ProviderKind) else None

    def clean_code(self) -> str:
        """Give two to four Kazakh capitals (A38)."""
        code = self.cleaned_data["code"].strip().upper()
        if not _CODE.match(code):
            raise Fault("error.office_code")
        return code

    def clean_bin(self) -> str:
        """Give twelve digits."""
        return read_bin(self.cleaned_data["bin"])


class PostForm(_Versioned):
    """Who an official is, his role and where he works."""

    labels: ClassVar = {
        "surname": "label.surname",
        "given_name": "label.given_name",
        "patronymic": "label.patronymic",
        "role": "desk.me.role",
        "place": "administration.place_of_work",
        "position_kk": "administration.position_kk",
        "position_ru": "administration.position_ru",
        "position_en": "administration.position_en",
        "iin": "administration.iin",
    }
    surname = forms.CharField(max_length=100, widget=_plain())
    given_name = forms.CharField(max_length=100, widget=_plain())
    patronymic = forms.CharField(max_length=100, required=False, widget=_plain())
    role = forms.ChoiceField(choices=lambda: [(str(role), _capital(say(role.text_key))) for role in Role])
    place = forms.ChoiceField(choices=lambda: _places(), required=False)
    position_kk = forms.CharField(max_length=150)
    position_ru = forms.CharField(max_length=150)
    position_en = forms.CharField(max_length=150)
    iin = forms.CharField(
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    @classmethod
    def of(cls, staff: Staff) -> dict[str, Any]:
        """Give what stands, as the form shows it; the number is not shown."""
        names = (
            "surname",
            "given_name",
            "patronymic",
            "role",
            "position_kk",
            "position_ru",
            "position_en",
            "version",
        )
        return {
            **{name: getattr(staff, name) for name in names},
            "place": str(staff.place_id or ""),
            "iin": "",
        }

    def clean_iin(self) -> str:
        """Give twelve digits, or nothing."""
        typed = self.cleaned_data["iin"]
        return read_iin(typed) if typed else ""

    @property
    def post(self) -> Post:
        """Give what was typed; only after is_valid()."""
        given = self.cleaned_data
        return Post(
            name=PersonName(
                surname=given["surname"], given_name=given["given_name"], patronymic=given["patronymic"]
            ),
            role=Role(given["role"]),
            place=Place.objects.get(pk=given["place"]) if given["place"] else None,
            position_kk=given["position_kk"],
            position_ru=given["position_ru"],
            position_en=given["position_en"],
            iin=given["iin"] or None,
        )


class AppointForm(PostForm):
    """A new official with the login of his account."""

    labels: ClassVar = {**PostForm.labels, "login": "administration.login"}
    version = None  # type: ignore[assignment]  # takes the inherited field out, as Django has it
    login = forms.CharField(max_length=60, widget=_plain())

    def clean_login(self) -> str:
        """Give a login of Latin letters, digits, dots and dashes."""
        login = self.cleaned_data["login"].strip().lower()
        if not _LOGIN.match(login):
            raise Fault("error.login_letters")
        return login


class LeavingForm(_Versioned):
    """The day from which an official has left."""

    labels: ClassVar = {"left_on": "administration.left_on"}
    left_on = DayField()


class OrderForm(Form):
    """An order by which a deputy stands for the head."""

    labels: ClassVar = {
        "order": "label.order_number",
        "starts_on": "administration.order_from",
        "ends_on": "administration.order_until",
    }
    order = forms.CharField(max_length=60, widget=_plain())
    starts_on = DayField()
    ends_on = DayField()


class InvitedForm(Form):
    """What an invited official types: his login, the secret he was handed, a password of his own, twice."""

    labels: ClassVar = {
        "username": "desk.sign_in.username",
        "secret": "administration.secret",
        "password": "administration.new_password",
        "again": "administration.new_password_again",
    }
    username = forms.CharField(max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"}))
    secret = forms.CharField(max_length=60, widget=_plain())
    password = forms.CharField(
        max_length=200, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        max_length=200, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any]:
        """Compare the two passwords."""
        given = super().clean() or {}
        if {"password", "again"} <= set(given) and given["password"] != given["again"]:
            self.add_error("again", Fault("error.passwords_differ"))
        return given


def _kinds() -> list[tuple[str, str]]:
    """The four kinds of providers, and the other bodies."""
    providers = [(str(kind), _capital(say(kind.text_key))) for kind in ProviderKind]
    akimat = (str(OfficeKind.AKIMAT), _capital(say("role.akimat")))
    return [*providers, akimat, (str(OfficeKind.QUALITY_BODY), _capital(say("role.quality_body.short")))]


def _territories() -> list[tuple[str, str]]:
    shown = Territory.objects.filter(valid_until=None).order_by(language())
    return [(territory.kato, f"{named_in_language(territory)} ({territory.kato})") for territory in shown]


def _places() -> list[tuple[str, str]]:
    places = Place.objects.select_related("office").order_by(f"office__{language()}", "-is_main", "id")
    shown = [
        (str(place.pk), f"{named_in_language(place.office)}: {named_in_language(place)}") for place in places
    ]
    return [("", say("administration.no_place")), *shown]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
