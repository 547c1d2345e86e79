"""What was typed of a document so far, while the form is still being filled in."""

from django import forms

from joldama.desk.forms import ANOTHER
from joldama.procedures.accept import Shown
from joldama.standard.documents import DocumentKind, Holder
from joldama.ui.forms import DayField, Form
from joldama.ui.reading import IinField


class SeenForm(Form):
    """A document as far as it was read; a field that cannot be read yet says nothing."""

    document_kind = forms.ChoiceField(
        choices=lambda: [*((kind.value, kind.value) for kind in DocumentKind), (ANOTHER, ANOTHER)],
        required=False,
    )
    holder = forms.ChoiceField(choices=lambda: [(h.value, h.value) for h in Holder], required=False)
    document_valid_until = DayField(required=False)
    iin = IinField(required=False)

    @property
    def seen(self) -> Shown | None:
        """The document; None while its kind was not chosen. Only after is_valid(), whatever it said."""
        kind = self.cleaned_data.get("document_kind")
        if not kind:
            return None
        holder = self.cleaned_data.get("holder")
        return Shown(
            is_named=kind != ANOTHER,
            kind=None if kind == ANOTHER else DocumentKind(kind),
            holder=Holder(holder) if holder else None,
            valid_until=self.cleaned_data.get("document_valid_until"),
        )

    @property
    def iin_faults(self) -> list[str]:
        """What is wrong with the number once all twelve digits may stand there."""
        typed = "".join(self.data.get("iin", "").split())
        return [str(fault) for fault in self.errors.get("iin", ())] if len(typed) >= _WHOLE else []

    @property
    def has_iin(self) -> bool:
        """Say whether a whole number was typed, and its check digit fits."""
        return bool(self.cleaned_data.get("iin"))


_WHOLE = 12
