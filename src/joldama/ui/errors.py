"""What is shown when a page cannot be: the fault, why, what to do; never a query to the database."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The request was not understood."""
    return _said(request, "error.bad_request", 400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was old, or the session has ended."""
    return _said(request, "error.form_expired", 403)


def no_right(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The page belongs to another role."""
    return _said(request, "error.forbidden", 403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """There is no such page, or it is somebody else's, which looks the same."""
    return _said(request, "error.not_found", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    return _said(request, "error.server", 500)


def _said(request: HttpRequest, key: str, status: int) -> HttpResponse:
    return render(request, "ui/error.html", {"key": key, "status": status}, status=status)
