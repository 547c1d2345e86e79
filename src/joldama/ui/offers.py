"""The answer to an offer of other kinds (A39), as the person gives it and as an official writes it down."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms

from joldama.standard.kinds import DeclaredKind, ResultKind
from joldama.ui.forms import Form
from joldama.ui.templatetags.words import say

NONE_OF_THEM = "none"
"""The answer of who wants none of the kinds offered."""


class AnswerForm(Form):
    """Which of the kinds offered the person takes, or none."""

    labels: ClassVar = {"kind": "offer.question"}
    kind = forms.ChoiceField(widget=forms.RadioSelect)

    def __init__(self, *args: Any, kinds: Iterable[DeclaredKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["kind"]
        assert isinstance(choice, forms.ChoiceField)
        named = [(str(kind), f"{kind.number}. {say(kind.short_key)}") for kind in kinds]
        choice.choices = [*named, (NONE_OF_THEM, say("offer.none_of_them"))]

    @property
    def chosen(self) -> ResultKind | None:
        """The kind taken, None for none of them; only after is_valid()."""
        given = self.cleaned_data["kind"]
        return None if given == NONE_OF_THEM else ResultKind(given)
