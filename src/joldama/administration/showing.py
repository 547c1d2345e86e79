"""Shows a form of the administration, what a rule forbids, and what another administrator changed meanwhile."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from joldama.administration.history import latest_actor
from joldama.people.establishing import ChangedMeanwhile
from joldama.procedures.administer import Barred
from joldama.standard import words
from joldama.ui.forms import Form
from joldama.ui.officials import Desk, show
from joldama.ui.templatetags.words import language

Texts = dict[str, Any]


def ask(
    request: HttpRequest,
    desk: Desk,
    form: Form,
    *,
    act: Callable[[], str],
    standing: Callable[[], Texts] | None = None,
    subject: UUID | None = None,
    **texts: Any,
) -> HttpResponse:
    """Show a form, and once it is sent whole do what it asks and go where `act` leads.

    `standing` gives what stands in the rows now and `subject` names the row, for the message that another
    administrator was faster: what was typed stays, and is sent again knowingly.
    """
    if request.method != "POST":
        return _shown(request, desk, form, **texts)
    if not form.is_valid():
        return _shown(request, desk, form, status=422, **texts)
    try:
        with transaction.atomic():
            address = act()
    except Barred as barred:
        return _shown(request, desk, form, status=422, fault=barred.parts(language()), **texts)
    except ChangedMeanwhile:
        assert standing is not None
        assert subject is not None
        stands = standing()
        if not _differing(form, stands):  # the same form sent twice
            return HttpResponseRedirect(texts["back"])
        return _again(request, desk, form, stands, subject, **texts)
    return HttpResponseRedirect(address)


def tell(
    request: HttpRequest, desk: Desk, parts: tuple[str, ...], *, back: str, status: int = 409
) -> HttpResponse:
    """Show a message of three parts with the way back."""
    return show(request, "administration/told.html", desk, status=status, parts=parts, back=back)


def _again(
    request: HttpRequest, desk: Desk, form: Form, stands: Texts, subject: UUID, **texts: Any
) -> HttpResponse:
    typed = request.POST.copy()
    typed["version"] = str(stands["version"])
    again = type(form)(typed)
    fault = words.parts("error.changed_meanwhile", language(), actor=latest_actor(subject))
    return _shown(request, desk, again, status=409, fault=fault, stands=_differing(again, stands), **texts)


def _differing(form: Form, stands: Texts) -> list[tuple[str, str]]:
    """Give label and standing value of each field in which the row differs from what was typed."""
    found = []
    for field in form.visible_fields():
        value = stands.get(field.name, "")
        choices = dict(getattr(field.field, "choices", ()))
        if field.field.has_changed(value, field.data):
            found.append((str(field.label), str(choices.get(value, value))))
    return found


def _shown(request: HttpRequest, desk: Desk, form: Form, *, status: int = 200, **texts: Any) -> HttpResponse:
    return show(request, "administration/form.html", desk, status=status, form=form, **texts)
