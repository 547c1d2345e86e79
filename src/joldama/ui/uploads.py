"""How large a file a page takes: a page that takes larger ones than usual says so, and from officials alone."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest

_MOST = "most_bytes_of_a_file"
_BESIDE_THE_FILE = 10_000
"""Bytes of a form around its file."""

View = TypeVar("View", bound=Callable[..., Any])


def takes_file(*, most: int) -> Callable[[View], View]:
    """Have a page take files of so many bytes from whoever is signed in; a larger one does not reach it."""

    def taking(view: View) -> View:
        setattr(view, _MOST, most)
        return view

    return taking


def is_too_large(request: HttpRequest) -> bool:
    """Say whether a form was sent with more than its page takes, so that its file was left out."""
    most = _most(request)
    return most is not None and _length(request) > most


class Bounded(MemoryFileUploadHandler):
    """Keeps a file in memory up to what its page takes; beyond that it is read past and left out."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803  # Django's own name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Decide by the length of the whole request, before any of it is kept."""
        super().handle_raw_input(input_data, META, content_length, boundary, encoding)
        request = self.request
        most = _most(request) if request is not None else None
        if most is not None and request is not None and request.user.is_authenticated:
            self.activated = content_length <= most


def _most(request: HttpRequest) -> int | None:
    view = request.resolver_match.func if request.resolver_match else None
    most: int | None = getattr(view, _MOST, None)
    return None if most is None else most + _BESIDE_THE_FILE


def _length(request: HttpRequest) -> int:
    told = request.META.get("CONTENT_LENGTH") or "0"
    return int(told) if told.isdigit() else 0
