"""The doors: portal at the root; phones, the hall, receiving organisations, desk, reference services and so on."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.i18n import set_language


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer that this process serves; asked by the supervisor."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("language/", set_language, name="set_language"),
    path("demo/", include("joldama.demo.urls")),
    path("mobile/", include("joldama.mobile.urls")),
    path("api/", include("joldama.api.urls")),
    path("hall/", include("joldama.hall.urls")),
    path("answer/", include("joldama.organisation.urls")),
    path("desk/", include("joldama.desk.urls")),
    path("helpdesk/", include("joldama.helpdesk.urls")),
    path("chancery/", include("joldama.chancery.urls")),
    path("administration/", include("joldama.administration.urls")),
    path("reports/", include("joldama.reports.urls")),
    path("", include("joldama.portal.urls")),
]
handler400 = "joldama.ui.errors.bad_request"
handler403 = "joldama.ui.errors.no_right"
handler404 = "joldama.ui.errors.not_found"
handler500 = "joldama.ui.errors.server_error"
