"""The forms of a chancery: their shape only; the law is asked by the procedures."""

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms

from joldama.complaints.queries import officials_of, providers_near
from joldama.people.models import Office, Staff
from joldama.procedures.register_complaint import Filing
from joldama.standard.complaints import (
    ComplaintChannel,
    ComplaintOutcome,
    ComplaintSubject,
    ConsiderationGround,
)
from joldama.standard.words import LANGUAGES
from joldama.ui.forms import Fault, Form
from joldama.ui.reading import read_iin
from joldama.ui.templatetags.words import endonym, named_in_language, say

LONGEST = 3000
"""Characters of a complaint and of its answer."""


def named(kinds: Any) -> list[tuple[str, str]]:
    """Give the values of a closed list with their names."""
    return [(str(kind), _capital(say(kind))) for kind in kinds]


class PaperForm(Form):
    """What the chancery reads off a complaint on paper; only how it came and about whom must be said."""

    labels: ClassVar = {
        "channel": "chancery.channel",
        "provider": "chancery.provider",
        "subject": "q.complaint_subject",
        "official": "label.complaint_official",
        "application_number": "chancery.application_number",
        "complainant": "chancery.complainant",
        "iin": "label.iin",
        "contact": "chancery.contact",
        "text": "label.complaint_text",
        "language": "desk.language_of_person",
    }
    key = forms.UUIDField(widget=forms.HiddenInput)
    channel = forms.TypedChoiceField(coerce=ComplaintChannel, widget=forms.RadioSelect)
    provider = forms.TypedChoiceField(coerce=UUID)
    subject = forms.TypedChoiceField(coerce=ComplaintSubject, widget=forms.RadioSelect)
    official = forms.TypedChoiceField(coerce=UUID, empty_value=None, required=False)
    application_number = forms.CharField(max_length=20, required=False)
    complainant = forms.CharField(max_length=250, required=False)
    iin = forms.CharField(max_length=40, required=False)
    contact = forms.CharField(max_length=250, required=False)
    text = forms.CharField(max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 8}))
    language = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4(), "language": "kk", **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        providers = providers_near(office)
        paper = [one for one in ComplaintChannel if one is not ComplaintChannel.PORTAL]
        officials = [(provider.pk, staff) for provider in providers for staff in officials_of(provider)]
        self._serves_at = {staff.pk: provider for provider, staff in officials}
        self._choose("channel", named(paper))
        self._choose("provider", [(str(one.pk), named_in_language(one)) for one in providers])
        self._choose("subject", named(ComplaintSubject))
        self._choose("official", [("", say("chancery.no_official")), *map(_official, officials)])
        self._choose("language", [(one, endonym(one)) for one in LANGUAGES])
        for name in ("application_number", "iin"):
            self.fields[name].widget.attrs |= {"autocomplete": "off", "class": "input input--20"}

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_iin(self) -> str:
        """Give twelve digits, or nothing."""
        typed = self.cleaned_data["iin"]
        return read_iin(typed) if typed else ""

    def clean(self) -> dict[str, Any]:
        """An official complained of serves at the provider complained of."""
        given = super().clean() or {}
        provider, official = given.get("provider"), given.get("official")
        if provider and official and self._serves_at[official] != provider:
            self.add_error("official", Fault("error.complaint_official_elsewhere"))
        return given

    @property
    def filing(self) -> Filing:
        """What was filed; only after is_valid()."""
        return Filing(**self.cleaned_data)


class FindForm(Form):
    """An incoming number."""

    labels: ClassVar = {"number": "chancery.find"}
    number = forms.CharField(max_length=20, required=False)


class AssignForm(Form):
    """To whom a complaint is given."""

    labels: ClassVar = {"to": "chancery.assign_to"}
    to = forms.TypedChoiceField(coerce=UUID)

    def __init__(self, *args: Any, officers: list[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), f"{one.name.short}, {say(one.duty)}") for one in officers
        ]


class AnswerForm(Form):
    """The answer on consideration."""

    labels: ClassVar = {"outcome": "chancery.outcome", "text": "chancery.answer_text"}
    outcome = forms.TypedChoiceField(coerce=ComplaintOutcome, widget=forms.RadioSelect)
    text = forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 10}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = named(ComplaintOutcome)  # type: ignore[attr-defined]


class RefuseForm(Form):
    """Why a complaint is not considered."""

    labels: ClassVar = {"ground": "label.refusal_ground", "reasons": "chancery.reasons"}
    ground = forms.TypedChoiceField(coerce=ConsiderationGround, widget=forms.RadioSelect)
    reasons = forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = named(ConsiderationGround)  # type: ignore[attr-defined]


class ForwardForm(Form):
    """Where a complaint goes."""

    labels: ClassVar = {"body": "chancery.forward_to"}
    body = forms.CharField(max_length=250)


def _official(of_provider: tuple[UUID, Staff]) -> tuple[str, str]:
    _provider, staff = of_provider
    return str(staff.pk), f"{staff.name.short}, {say(staff.duty)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
