"""The questions of the application, one form a page; each gives its answers as procedures.apply takes them."""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms

from joldama.people.queries import main_places
from joldama.procedures.apply import Answers
from joldama.procedures.offer import unmet
from joldama.standard.channels import IssueForm
from joldama.standard.documents import DocumentKind
from joldama.standard.eligibility import Eligibility, Standing, others
from joldama.standard.kinds import DeclaredKind, ResultKind, TrainingKind
from joldama.standard.words import Phrase
from joldama.ui.forms import Email, Fault, Form
from joldama.ui.holding import VerifyForm as VerifyForm
from joldama.ui.templatetags.words import named_in_language, say


class Question(Form):
    """One question; `answers` gives what was answered, `initial_of` what stood there before."""

    asks: ClassVar[tuple[str, ...]] = ()

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.asks}

    @classmethod
    def initial_of(cls, answers: Answers) -> dict[str, Any]:
        return {name: getattr(answers, name) for name in cls.asks}


def explained(foreseen: Eligibility) -> str:
    """Say what a kind is, who may get it, and what is known to be not so of the person."""
    told = [say(foreseen.declared.explanation_key)]
    conditions = tuple(Phrase(one.condition.text_key, one.condition.values) for one in foreseen.judged)
    told.append(
        say("eligibility.conditions", condition=conditions) if conditions else say("eligibility.no_condition")
    )
    if foreseen.not_met:
        told.append(say("eligibility.not_met_by_data", condition=unmet(foreseen)))
    return " ".join(told)


def _named(kinds: Iterable[DeclaredKind]) -> list[tuple[str, str]]:
    return [(str(one), say(one.short_key)) for one in kinds]


class KindQuestion(Question):
    """Which referral: the kinds of the edition in force (¶6)."""

    heading = "kind"
    asks = ("kind",)
    labels: ClassVar[dict[str, str]] = {"kind": "q.kind"}
    kind = forms.TypedChoiceField(coerce=ResultKind, widget=forms.RadioSelect)

    def __init__(self, *args: Any, foreseen: Sequence[Eligibility], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._foreseen = {str(one.declared): one for one in foreseen}
        self.fields["kind"].choices = _named(one.declared for one in foreseen)  # type: ignore[attr-defined]

    def hint_of(self, name: str, value: str) -> str:
        return explained(self._foreseen[value])


class TrainingQuestion(Question):
    """Which of the three (R6.1-c)."""

    heading = "training_kind"
    asks = ("training_kind",)
    labels: ClassVar[dict[str, str]] = {"training_kind": "q.training_kind"}
    training_kind = forms.TypedChoiceField(coerce=TrainingKind, widget=forms.RadioSelect)

    def __init__(self, *args: Any, sorts: Sequence[TrainingKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["training_kind"].choices = [(k.value, say(k)) for k in sorts]  # type: ignore[attr-defined]


class OthersQuestion(Question):
    """Which other kinds the person would take, in the order of ¶6 (R6.1-b).

    Where the one he asked for seems closed to him, those that are open come first, guidance the last of them (A14).
    """

    heading = "other_kinds"
    asks = ("other_kinds",)
    labels: ClassVar[dict[str, str]] = {"other_kinds": "q.kind_others"}
    other_kinds = forms.TypedMultipleChoiceField(
        coerce=ResultKind, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self, *args: Any, foreseen: Sequence[Eligibility], asked: ResultKind | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._foreseen = {str(one.declared): one for one in foreseen}
        is_closed = any(one.kind is asked and one.standing is Standing.NOT_MET for one in foreseen)
        first = others(foreseen, asked=asked) if asked and is_closed else ()
        kinds = [one.declared for one in foreseen if one.kind is not asked]
        kinds.sort(key=lambda one: first.index(one.kind) if one.kind in first else len(first))
        self.fields["other_kinds"].choices = _named(kinds)  # type: ignore[attr-defined]

    def hint_of(self, name: str, value: str) -> str:
        return explained(self._foreseen[value])

    def answers(self) -> dict[str, Any]:
        return {"other_kinds": tuple(self.cleaned_data["other_kinds"])}


class OfficeQuestion(Question):
    """Which office; the choice is the person's (A35)."""

    heading = "office"
    asks = ("office",)
    labels: ClassVar[dict[str, str]] = {"office": "q.provider"}
    office = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = {str(place.office_id): place for place in main_places()}
        self.fields["office"].choices = [  # type: ignore[attr-defined]
            (office_id, named_in_language(place.office)) for office_id, place in self._places.items()
        ]

    def hint_of(self, name: str, value: str) -> str:
        return named_in_language(self._places[value])

    def answers(self) -> dict[str, Any]:
        return {"office": self._places[self.cleaned_data["office"]].office_id}


class DocumentQuestion(Question):
    """Kind and number of one of the four identity documents (A34)."""

    heading = "document_kind"
    asks = ("document_kind", "document_number")
    labels: ClassVar[dict[str, str]] = {
        "document_kind": "q.document",
        "document_number": "label.document_number",
    }
    document_kind = forms.TypedChoiceField(coerce=DocumentKind, widget=forms.RadioSelect)
    document_number = forms.CharField(max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document_kind"].choices = [(k.value, say(k)) for k in DocumentKind]  # type: ignore[attr-defined]
        self.fields["document_number"].widget.attrs |= {"autocomplete": "off", "class": "input input--20"}

    def clean_document_number(self) -> str:
        """Take the number as people type it: blanks left out, a Cyrillic «Н» read as the letter N."""
        number = "".join(self.cleaned_data["document_number"].upper().split())
        return number.replace("Н", "N").replace("№", "")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind, number = given.get("document_kind"), given.get("document_number")
        if kind and number and not kind.number_hint.agrees_with(number):
            self.add_error("document_number", Fault("error.id_number", format=say(kind.number_hint)))
        return given


class OralmanQuestion(Question):
    """Whether the person applies as an oralman; no certificate is asked (A28)."""

    heading = "is_oralman"
    asks = ("is_oralman",)
    labels: ClassVar[dict[str, str]] = {"is_oralman": "q.oralman"}
    is_oralman = forms.TypedChoiceField(coerce=lambda text: text == "yes", widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_oralman"].choices = [("no", say("no")), ("yes", say("yes"))]  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, answers: Answers) -> dict[str, Any]:
        return {"is_oralman": {None: None, True: "yes", False: "no"}[answers.is_oralman]}


class FormQuestion(Question):
    """In which form the result (¶6, last sentence)."""

    heading = "issue_form"
    asks = ("issue_form",)
    labels: ClassVar[dict[str, str]] = {"issue_form": "q.result_form"}
    issue_form = forms.TypedChoiceField(coerce=IssueForm, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issue_form"].choices = [(f.value, say(f)) for f in IssueForm]  # type: ignore[attr-defined]


class ContactQuestion(Question):
    """Where news may be sent; never a condition (R9.2-c)."""

    asks = ("email", "phone")
    labels: ClassVar[dict[str, str]] = {"email": "label.email", "phone": "label.phone"}
    email = Email(required=False)
    phone = forms.CharField(required=False, max_length=30)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "email"
        self.fields["phone"].widget.attrs |= {"autocomplete": "tel", "class": "input input--20"}

    def clean_phone(self) -> str:
        """Bring a telephone number to +7 and ten digits."""
        typed = self.cleaned_data["phone"]
        digits = "".join(letter for letter in typed if letter.isdigit())
        if not typed.strip():
            return ""
        if len(digits) != 11 or digits[0] not in "78":
            raise Fault("error.phone")
        return f"+7{digits[1:]}"
