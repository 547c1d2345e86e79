"""Shows a form of a row that others may correct too: what is wrong with it, and what was changed meanwhile."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

from joldama.desk.showing import Desk, show
from joldama.desk.timeline import happened_to_opening
from joldama.openings.operations import ChangedMeanwhile, NotEntered, OrganisationIsKnown
from joldama.procedures.refusing import NotAllowed
from joldama.standard import words
from joldama.ui.forms import Fault, Form
from joldama.ui.templatetags.words import language

Texts = dict[str, Any]
SomeForm = TypeVar("SomeForm", bound=Form)


def ask(
    request: HttpRequest,
    desk: Desk,
    make: Callable[[QueryDict | None], SomeForm],
    *,
    act: Callable[[SomeForm], str],
    standing: Callable[[], Texts] | None = None,
    subject: UUID | None = None,
    **texts: Any,
) -> HttpResponse:
    """Show a form, and once it is sent whole do what it asks and go where `act` leads.

    `make` makes it of what was typed. `standing` gives what stands in the row now and `subject` is its id, for
    the message that somebody was faster: what was typed stays, and is sent again knowingly.
    """
    if request.method != "POST":
        return _shown(request, desk, make(None), **texts)
    form = make(request.POST)
    if not form.is_valid():
        return _shown(request, desk, form, status=422, **texts)
    try:
        return HttpResponseRedirect(act(form))
    except NotEntered as refused:
        for fault in refused.faults:
            form.add_error(
                fault.field if fault.field in form.fields else None, Fault(fault.key, **fault.values)
            )
        return _shown(request, desk, form, status=422, **texts)
    except OrganisationIsKnown as known:
        name = known.organisation.name(language())
        form.add_error("bin", Fault("openings.fault.organisation_known", name=name))
        return _shown(request, desk, form, status=422, known=known.organisation, known_name=name, **texts)
    except ChangedMeanwhile:
        assert standing is not None
        assert subject is not None
        return _again(request, desk, make, standing(), subject, **texts)
    except NotAllowed as error:
        raise Http404 from error


def _again(
    request: HttpRequest,
    desk: Desk,
    make: Callable[[QueryDict | None], SomeForm],
    stands: Texts,
    subject: UUID,
    **texts: Any,
) -> HttpResponse:
    typed = request.POST.copy()
    typed["version"] = str(stands["version"])
    form = make(typed)
    fault = words.parts("error.changed_meanwhile", language(), actor=_latest_actor(subject, desk))
    return _shown(request, desk, form, status=409, fault=fault, stands=_differing(form, stands), **texts)


def _latest_actor(subject: UUID, desk: Desk) -> str:
    done = happened_to_opening(subject, desk.zone)
    return done[-1].by if done else words.say("role.system", language())


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
    return show(request, "desk/opening_form.html", desk, status=status, form=form, **texts)
