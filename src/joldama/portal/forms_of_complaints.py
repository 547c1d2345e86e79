"""The questions of a complaint, one form a page; each gives its answers as procedures.complain takes them."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms

from joldama.cases.models import Application
from joldama.complaints.queries import officials_of
from joldama.people.models import Office, Person
from joldama.people.queries import main_place, main_places
from joldama.procedures.complain import Answers, addressees
from joldama.standard.complaints import ComplaintAddressee, ComplaintSubject
from joldama.standard.kinds import ResultKind
from joldama.ui.forms import Form, say_fault
from joldama.ui.templatetags.words import named_in_language, say

LONGEST = 3000
"""Characters of a complaint."""

NONE = "none"


class Question(Form):
    """One question of a complaint: who asks, what was answered before."""

    name: ClassVar[str]

    def answer(self) -> dict[str, Any]:
        """Give what was answered; only after is_valid()."""
        return {self.name: self.cleaned_data[self.name]}

    def _choose(self, choices: list[tuple[str, str]]) -> None:
        self.fields[self.name].choices = choices  # type: ignore[attr-defined]


class CaseQuestion(Question):
    """Which of his applications it is about, if any (R10.1-b)."""

    name = heading = "application"
    labels: ClassVar = {"application": "label.complaint_case"}
    application = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, person: Person, answers: Answers, **kwargs: Any) -> None:
        if "application" in answers.asked:
            kwargs["initial"] = {"application": str(answers.application or NONE)}
        super().__init__(*args, **kwargs)
        cases = Application.objects.of(person).select_related("office").order_by("-accepted_at", "-id")
        self._offices = {str(case.pk): case.office for case in cases}
        named = [(str(case.pk), f"{case}, {say(ResultKind(case.kind).short_key)}") for case in cases]
        self._choose([*named, (NONE, say("portal.complain.no_case"))])

    def hint_of(self, name: str, value: str) -> str:
        return named_in_language(self._offices[value]) if value in self._offices else ""

    def answer(self) -> dict[str, Any]:
        given = self.cleaned_data["application"]
        if given == NONE:
            return {"application": None}
        return {"application": UUID(given), "provider": self._offices[given].pk}


class ProviderQuestion(Question):
    """Whose work it is about; the addresses are those of the directory (R12.1-a)."""

    name = heading = "provider"
    labels: ClassVar = {"provider": "portal.complain.provider"}
    provider = forms.TypedChoiceField(coerce=UUID, widget=forms.RadioSelect)

    def __init__(self, *args: Any, person: Person, answers: Answers, **kwargs: Any) -> None:
        super().__init__(*args, initial={"provider": answers.provider}, **kwargs)
        self._places = {str(place.office_id): place for place in main_places() if addressees(place.office)}
        self._choose([(pk, named_in_language(place.office)) for pk, place in self._places.items()])

    def hint_of(self, name: str, value: str) -> str:
        return named_in_language(self._places[value])


class SubjectQuestion(Question):
    """A decision, an action or inaction (R10.1-b)."""

    name = heading = "subject"
    labels: ClassVar = {"subject": "q.complaint_subject"}
    subject = forms.TypedChoiceField(coerce=ComplaintSubject, widget=forms.RadioSelect)

    def __init__(self, *args: Any, person: Person, answers: Answers, **kwargs: Any) -> None:
        super().__init__(*args, initial={"subject": answers.subject}, **kwargs)
        self._choose([(one.value, _capital(say(one))) for one in ComplaintSubject])


class OfficialQuestion(Question):
    """Which official, if one is known (R10.1-b)."""

    name = heading = "official"
    labels: ClassVar = {"official": "portal.complain.official"}
    official = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, person: Person, answers: Answers, **kwargs: Any) -> None:
        if "official" in answers.asked:
            kwargs["initial"] = {"official": str(answers.official or NONE)}
        super().__init__(*args, **kwargs)
        known = officials_of(Office.objects.get(pk=answers.provider)) if answers.provider else []
        named = [(str(one.pk), f"{one.name.short}, {say(one.duty)}") for one in known]
        self._choose([(NONE, say("portal.complain.no_official")), *named])

    def answer(self) -> dict[str, Any]:
        given = self.cleaned_data["official"]
        return {"official": None if given == NONE else UUID(given)}


class AddresseeQuestion(Question):
    """To whom; the choice is free (R10.1-a)."""

    name = heading = "addressee"
    labels: ClassVar = {"addressee": "q.complaint_addressee"}
    addressee = forms.TypedChoiceField(coerce=ComplaintAddressee, widget=forms.RadioSelect)
    keep = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: Person, answers: Answers, **kwargs: Any) -> None:
        super().__init__(*args, initial={"addressee": answers.addressee}, **kwargs)
        provider = Office.objects.get(pk=answers.provider) if answers.provider else None
        self._offices = addressees(provider) if provider else {}
        self._choose([(one.value, say(one)) for one in self._offices])

    def hint_of(self, name: str, value: str) -> str:
        office = self._offices[ComplaintAddressee(value)]
        return f"{named_in_language(office)}. {named_in_language(main_place(office))}"

    def answer(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {"addressee": given["addressee"], "keeps_head": bool(given["keep"])}


class TextQuestion(Question):
    """What happened."""

    name = "text"
    labels: ClassVar = {"text": "label.complaint_text"}
    text = forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 10}))

    def __init__(self, *args: Any, person: Person, answers: Answers, **kwargs: Any) -> None:
        super().__init__(*args, initial={"text": answers.text}, **kwargs)
        self.fields["text"].error_messages["required"] = say_fault("error.complaint_no_text")

    def answer(self) -> dict[str, Any]:
        return {"text": self.cleaned_data["text"].replace("\r\n", "\n")}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
