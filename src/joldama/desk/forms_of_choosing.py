"""The form by which an opening is looked for."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from joldama.openings.content import MOST_MONEY
from joldama.openings.finding import Wanted
from joldama.standard.kinds import ResultKind
from joldama.ui.forms import Fault, Form
from joldama.ui.reading import number_input
from joldama.ui.templatetags.words import say


class FindOpeningForm(Form):
    """What is asked of an opening: words, place, wage and kind; whatever is empty is not asked (¶6).

    `kinds` are those the person would take and that send somewhere, `localities` where their openings are.
    """

    prefix = "find"
    labels: ClassVar = {
        "words": "openings.find.words",
        "locality": "openings.find.locality",
        "least_wage": "openings.find.least_wage",
        "kind": "label.kind",
    }
    words = forms.CharField(
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search", "enterkeyhint": "search"}),
    )
    locality = forms.ChoiceField(required=False)
    least_wage = forms.CharField(max_length=12, required=False, widget=number_input())
    kind = forms.ChoiceField(required=False)

    def __init__(
        self, *args: Any, kinds: Sequence[ResultKind], localities: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._kinds = tuple(kinds)
        any_ = [("", say("openings.find.any"))]
        named = [(kind.value, f"{kind.number}. {say(kind.short_key)}") for kind in kinds]
        self._offer("locality", any_ + [(name, name) for name in localities], is_asked=len(localities) > 1)
        self._offer("kind", any_ + named, is_asked=len(named) > 1)

    def _offer(self, name: str, choices: list[tuple[str, str]], *, is_asked: bool) -> None:
        if not is_asked:
            del self.fields[name]
            return
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_least_wage(self) -> int | None:
        """Give tenge a month, None where nothing was typed."""
        typed = "".join(self.cleaned_data["least_wage"].split())
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit()) or not 0 < int(typed) <= MOST_MONEY:
            raise Fault("openings.fault.money", most=MOST_MONEY)
        return int(typed)

    @property
    def wanted(self) -> Wanted:
        """What is looked for; only after is_valid()."""
        given = self.cleaned_data
        kind = given.get("kind")
        return Wanted(
            kinds=(ResultKind(kind),) if kind else self._kinds,
            words=given["words"],
            locality=given.get("locality", ""),
            least_wage=given["least_wage"],
        )
