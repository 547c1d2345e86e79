"""Pages with their access rules: closed by default, what is open says so."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from joldama.ui.errors import no_right
from joldama.ui.kept import keep_typed

View = Callable[..., HttpResponse]
Instead = Callable[[HttpRequest], HttpResponse | None]


@dataclass(frozen=True)
class Access:
    """A rule: its name as the page × role table says it, who passes, where a stranger signs in."""

    name: str
    allows: Callable[[HttpRequest], bool]
    sign_in: str = ""


ANYONE = Access("anyone", lambda request: True)

RULES: dict[str, Access] = {}
"""Every page by its qualified name with its rule; filled as the pages are declared."""


def page(
    route: str, view: View, *, room: str, name: str, access: Access, unless: Instead | None = None
) -> URLPattern:
    """Declare a page; nobody reaches its view whom the rule does not allow.

    Whom it allows may get another page for a while: the one that `unless` gives, if it gives one.
    """
    RULES[f"{room}:{name}"] = access

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if access.allows(request):
            instead = unless(request) if unless else None
            return instead or view(request, *args, **kwargs)
        if access.sign_in and not request.user.is_authenticated:
            if request.method == "POST":
                keep_typed(request)
            back = request.path if request.method == "POST" else request.get_full_path()
            return HttpResponseRedirect(f"{reverse(access.sign_in)}?{urlencode({'next': back})}")
        return no_right(request)

    return path(route, guarded, name=name)
