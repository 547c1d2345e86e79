"""The forms of the desk: their shape only; the law is asked by the procedures."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict

from joldama.openings.filling import FIXED
from joldama.openings.models import Opening
from joldama.procedures.accept import Intake
from joldama.standard.channels import Channel
from joldama.standard.citations import cite
from joldama.standard.documents import DocumentKind, Holder
from joldama.standard.editions import Edition
from joldama.standard.grounds import Ground, Tier, grounds
from joldama.standard.kinds import DeclaredKind, ResultField, ResultKind, TrainingKind
from joldama.standard.names import PersonName
from joldama.standard.words import LANGUAGES
from joldama.ui.forms import DayField, Fault, Form
from joldama.ui.reading import IinField, number_input, read_number
from joldama.ui.templatetags.words import endonym, language, say

ANOTHER = "ANOTHER"
"""A document that the standard does not name."""

_NAME = 100
_SHORT = 250
_LONG = 1000


class SignInForm(Form):
    """Login, password and the code of the moment."""

    labels: ClassVar = {
        "username": "desk.sign_in.username",
        "password": "desk.sign_in.password",
        "code": "desk.sign_in.code",
    }
    username = forms.CharField(max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        max_length=200, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    code = forms.CharField(
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class CodeForm(Form):
    """The first code of a new second factor."""

    labels: ClassVar = {"code": "desk.enrol.code"}
    code = forms.CharField(
        max_length=20, widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})
    )


def _plain_input() -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off"})


class LookUpForm(Form):
    """Whose cases are looked for at this office."""

    labels: ClassVar = {"iin": "label.iin"}
    iin = IinField()


def _named(kinds: Any) -> list[tuple[str, str]]:
    return [(str(kind), _capital(say(kind.text_key))) for kind in kinds]


def _shortly(kinds: Any) -> list[tuple[str, str]]:
    return [(str(kind), f"{kind.number}. {say(kind.short_key)}") for kind in kinds]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _documents() -> list[tuple[str, str]]:
    return [*_named(DocumentKind), (ANOTHER, say("desk.another_document"))]


def _languages() -> list[tuple[str, str]]:
    return [(language, endonym(language)) for language in LANGUAGES]


class IntakeForm(Form):
    """What a specialist reads off the identity document and hears from the person (¶9, A19).

    Nothing else may be asked for (R9.1-d). For a document the standard does not name nothing more need
    be typed: the procedure refuses it.
    """

    labels: ClassVar = {
        "document_kind": "label.document_kind",
        "holder": "label.citizenship",
        "iin": "label.iin",
        "surname": "label.surname",
        "given_name": "label.given_name",
        "patronymic": "label.patronymic",
        "document_number": "label.document_number",
        "document_issuer": "label.document_issuer",
        "document_issued_on": "label.document_issued_on",
        "document_valid_until": "desk.document_valid_until",
        "is_oralman": "desk.is_oralman",
        "oralman_certificate": "label.oralman_certificate_number",
        "kind": "desk.kind_asked",
        "training_kind": "desk.training_kind",
        "other_kinds": "desk.other_kinds",
        "language": "desk.language_of_person",
        "contact": "desk.contact",
    }
    for_paper = True
    key = forms.UUIDField(widget=forms.HiddenInput)
    document_kind = forms.ChoiceField(choices=_documents, widget=forms.RadioSelect)
    holder = forms.ChoiceField(choices=lambda: _named(Holder), widget=forms.RadioSelect)
    iin = IinField()
    surname = forms.CharField(max_length=_NAME, widget=_plain_input())
    given_name = forms.CharField(max_length=_NAME, widget=_plain_input())
    patronymic = forms.CharField(max_length=_NAME, required=False, widget=_plain_input())
    document_number = forms.CharField(max_length=40, widget=_plain_input())
    document_issuer = forms.CharField(max_length=_SHORT, required=False, widget=_plain_input())
    document_issued_on = DayField(required=False, widget=number_input())
    document_valid_until = DayField(required=False, widget=number_input())
    is_oralman = forms.BooleanField(required=False)
    oralman_certificate = forms.CharField(max_length=40, required=False, widget=_plain_input())
    kind = forms.ChoiceField(choices=lambda: _shortly(ResultKind), widget=forms.RadioSelect)
    training_kind = forms.ChoiceField(
        choices=lambda: _named(TrainingKind), required=False, widget=forms.RadioSelect
    )
    other_kinds = forms.MultipleChoiceField(
        choices=lambda: _shortly(ResultKind), required=False, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(choices=_languages, widget=forms.RadioSelect)
    contact = forms.CharField(max_length=_SHORT, required=False, widget=_plain_input())

    @classmethod
    def empty(cls, *, language: str) -> "IntakeForm":
        """Give a form with a key of its own: sent twice, it registers once."""
        return cls(initial={"key": uuid4(), "language": language})

    @classmethod
    def keeping(cls, typed: QueryDict, **known: Any) -> "IntakeForm":
        """Give a form that shows what was typed without judging it yet."""
        many = ("other_kinds",)
        kept = {name: typed.getlist(name) if name in many else typed.get(name) for name in cls.base_fields}
        return cls(initial={**kept, **known})

    def offer(self, edition: Edition) -> None:
        """Leave the kinds of the edition in force, as it names them, and its sorts of training (¶6)."""
        for name in ("kind", "other_kinds"):
            self.fields[name].choices = _shortly(edition.declared_kinds)  # type: ignore[attr-defined]
        self.fields["training_kind"].choices = _named(edition.training_kinds)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the sort of training where it is training; ask nothing more of a foreign document."""
        given = super().clean() or {}
        if given.get("document_kind") == ANOTHER:
            for name in set(self.errors) - {"key"}:
                del self.errors[name]
            return given
        if given.get("kind") == ResultKind.VOCATIONAL_TRAINING and not given.get("training_kind"):
            self.add_error("training_kind", Fault("error.choose_one"))
        return given

    @property
    def intake(self) -> Intake:
        """Give what was read and heard; only after is_valid()."""
        given = self.cleaned_data
        kind = ResultKind(given.get("kind") or ResultKind.CAREER_GUIDANCE)
        others = tuple(ResultKind(other) for other in given.get("other_kinds", ()) if other != kind)
        document = given["document_kind"]
        return Intake(
            key=given["key"],
            iin=given.get("iin", ""),
            name=self.name,
            holder=Holder(given.get("holder") or Holder.CITIZEN),
            document_kind=None if document == ANOTHER else DocumentKind(document),
            document_number=given.get("document_number", ""),
            document_issuer=given.get("document_issuer", ""),
            document_issued_on=given.get("document_issued_on"),
            document_valid_until=given.get("document_valid_until"),
            is_oralman=given.get("is_oralman", False),
            oralman_certificate=given.get("oralman_certificate", ""),
            kind=kind,
            training_kind=TrainingKind(given["training_kind"]) if kind.needs_training_kind else None,
            other_kinds=others,
            language=given.get("language") or LANGUAGES[0],
            contact=given.get("contact", ""),
        )

    @property
    def name(self) -> PersonName:
        """The person's name as far as it was typed."""
        parts = ("surname", "given_name", "patronymic")
        return PersonName(**{part: self.cleaned_data.get(part, "") for part in parts})


class NoteForm(Form):
    """Why documents are not accepted (A13): one ground of the closed list."""

    labels: ClassVar = {
        "ground": "desk.note.ground",
        "name": "desk.note.name",
        "remark": "desk.note.remark",
    }
    key = forms.UUIDField(widget=forms.HiddenInput)
    ground = forms.ChoiceField(
        choices=lambda: [
            (str(ground), say(ground.name_key)) for ground in grounds(Tier.NOT_ACCEPTED, Channel.PROVIDER)
        ],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(max_length=_SHORT, required=False, widget=_plain_input())
    remark = forms.CharField(max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    @classmethod
    def with_ground(cls, ground: Ground | None, *, name: str, key: UUID) -> "NoteForm":
        """Give the form of a note whose ground may be known."""
        return cls(initial={"key": key, "ground": ground, "name": name})


class ReferralForm(Form):
    """What a result of a kind says beside the person and the office (R6.1-c, R6.1-d, R6.1-e).

    `kinds` are those the person would take, `kind` the one whose fields are asked for. One form offers the
    kinds of which the `edition` of the case asks the same; `others` are reached from it. Of `doubtful` kinds a
    condition is not known: the specialist says why he decides all the same (A39). Drafted from an `opening`, the
    kind, the training and where one is sent are the opening's and not asked.
    """

    labels: ClassVar = {
        "kind": "label.kind",
        "training_kind": "desk.training_kind",
        "although": "desk.draft.although",
    }

    for_paper = True
    kind = forms.ChoiceField(widget=forms.RadioSelect)
    training_kind = forms.ChoiceField(choices=lambda: _named(TrainingKind), widget=forms.RadioSelect)

    def __init__(
        self,
        *args: Any,
        kinds: tuple[ResultKind, ...],
        edition: Edition,
        kind: ResultKind | None = None,
        opening: Opening | None = None,
        doubtful: frozenset[ResultKind] = frozenset(),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._doubtful = doubtful
        chosen = opening.kind if opening else self.data.get("kind") if self.is_bound else kind
        declared = [edition.declared(one) for one in kinds]
        shown = next((one for one in declared if one.kind == chosen), declared[0])
        alike = [shown] if opening else [one for one in declared if one.asked == shown.asked]
        self.others = tuple(one for one in declared if one not in alike)
        choice = self.fields["kind"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = _shortly(alike)
        self.initial.setdefault("kind", shown.kind)
        self._ask_training(shown)
        for name in (*shown.required, *shown.optional):
            field = _field_of(name, is_required=name in shown.required)
            field.label = say(_label_of(shown, name))
            self.fields[name.value] = field
            self._word(name.value, field)
            self._bound(field)
        if doubtful & {one.kind for one in alike}:
            self._ask_why()
        if opening is not None:
            self._draft_from(opening)

    def _draft_from(self, opening: Opening) -> None:
        for name in ("training_kind", *FIXED):
            self.fields.pop(name, None)
        self.initial.update(kind=opening.kind, opening=opening.pk)
        self.fields["opening"] = forms.UUIDField(widget=forms.HiddenInput)

    def _ask_training(self, shown: DeclaredKind) -> None:
        if not shown.needs_training_kind:
            del self.fields["training_kind"]
            return
        choice = self.fields["training_kind"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = _named(shown.training_kinds)

    def _ask_why(self) -> None:
        area = forms.Textarea(attrs={"rows": 3})
        self.fields["although"] = field = forms.CharField(max_length=500, required=False, widget=area)
        self._word("although", field)
        self._bound(field)

    def clean(self) -> dict[str, Any]:
        """Ask why, of a kind of which a condition is not known."""
        given = super().clean() or {}
        if given.get("kind") in self._doubtful and not given.get("although") and "although" in self.fields:
            self.add_error("although", Fault("error.although", kind=ResultKind(given["kind"])))
        return given

    @property
    def although(self) -> str:
        """Why the result is drafted although a condition is not known; only after is_valid()."""
        return self.cleaned_data.get("although") or ""

    @property
    def texts(self) -> list[forms.BoundField]:
        """The fields that are typed."""
        return [self[name] for name in self.fields if name not in ("kind", "training_kind", "opening")]

    def clean_bin(self) -> str:
        """Give twelve digits: a BIN, or the IIN of a sole trader."""
        typed = self.cleaned_data["bin"]
        return read_number(typed) if typed else ""

    @property
    def chosen_kind(self) -> ResultKind:
        """The kind of the referral; only after is_valid()."""
        return ResultKind(self.cleaned_data["kind"])

    @property
    def chosen_training(self) -> TrainingKind | None:
        """Which training it is, of kind 3; only after is_valid()."""
        typed = self.cleaned_data.get("training_kind")
        return TrainingKind(typed) if typed else None

    @property
    def told(self) -> dict[ResultField, str]:
        """Give the fields of the referral, days in ISO 8601; only after is_valid()."""
        given = self.cleaned_data
        return {
            field: given[field].isoformat() if hasattr(given[field], "isoformat") else given[field]
            for field in ResultField
            if given.get(field)
        }


def _label_of(shown: DeclaredKind, name: ResultField) -> str:
    return "openings.number" if name is ResultField.BIN else shown.field_key(name)


def _field_of(name: ResultField, *, is_required: bool) -> forms.Field:
    if name is ResultField.START_ON:
        return DayField(required=is_required, widget=number_input())
    if name in (ResultField.GUIDANCE_GIVEN, ResultField.RECOMMENDATION):
        text = forms.Textarea(attrs={"rows": 5})
        return forms.CharField(max_length=_LONG, required=is_required, widget=text)
    widget = number_input() if name is ResultField.BIN else _plain_input()
    return forms.CharField(max_length=_SHORT, required=is_required, widget=widget)


class RefusalForm(Form):
    """A reasoned refusal on a ground of the closed list (A13, §4.5)."""

    labels: ClassVar = {"ground": "label.refusal_ground", "reasons": "label.refusal_reason"}
    for_paper = True
    ground = forms.ChoiceField(widget=forms.RadioSelect)
    reasons = forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args: Any, grounds: Iterable[Ground], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["ground"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [(str(ground), _with_basis(ground)) for ground in grounds]

    @property
    def refused(self) -> dict[str, Any]:
        """The ground and the reasons; only after is_valid()."""
        return {"ground": Ground(self.cleaned_data["ground"]), "reasons": self.cleaned_data["reasons"]}


class AnnulForm(Form):
    """Why a result is annulled, and whether a corrected one is to be given in its place (R6.2-b)."""

    labels: ClassVar = {"reason": "label.annul_reason", "with_correction": "desk.annul.with_correction"}
    reason = forms.CharField(max_length=_SHORT, widget=forms.Textarea(attrs={"rows": 3}))
    with_correction = forms.BooleanField(required=False)

    def __init__(self, *args: Any, is_correction_owed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_correction_owed:
            del self.fields["with_correction"]


def _with_basis(ground: Ground) -> str:
    """Name a ground with the paragraph and the act it rests on."""
    bases = [cite(ground.paragraph, language())] if ground.paragraph else []
    if ground.act:
        bases.append(say(ground.act))
    return f"{say(ground.name_key)} ({'; '.join(bases)})"
