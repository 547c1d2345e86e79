"""A complaint on paper is registered (¶10.2, ¶10.3): by post or by hand, never by word of mouth (R10.2-a)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from joldama.chancery.access import desk_of
from joldama.chancery.forms import PaperForm
from joldama.complaints.models import Complaint
from joldama.procedures.refusing import NotAllowed
from joldama.procedures.register_complaint import UnknownApplication, register_paper
from joldama.standard.refusals import Refused
from joldama.ui.errors import no_right
from joldama.ui.forms import Fault
from joldama.ui.kept import take_typed
from joldama.ui.officials import Desk, show
from joldama.ui.templatetags.words import language


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask what stands in the complaint; register it and show the confirmation to hand out."""
    desk = desk_of(request)
    assert desk.staff.office is not None
    typed = request.POST if request.method == "POST" else take_typed(request)
    form = PaperForm(typed, office=desk.staff.office)
    fault: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            filed = _registered(form, desk)
        except NotAllowed:
            return no_right(request)
        except Refused as refused:
            filed, fault = None, refused.parts(language())
        if filed is not None:
            return HttpResponseRedirect(reverse("chancery:confirmation", args=[filed.pk]))
    status = 422 if form.errors or fault else 200
    return show(request, "chancery/new.html", desk, status=status, form=form, fault=fault)


def _registered(form: PaperForm, desk: Desk) -> Complaint | None:
    try:
        return register_paper(form.filing, by=desk.staff, at=desk.at)
    except UnknownApplication:
        form.add_error("application_number", Fault("error.complaint_unknown_application"))
        return None
