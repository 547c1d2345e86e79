"""Keeps what was typed: until the person has signed in again, and while a form is being filled in.

It is encrypted, since it may name a document, and stands in the session alone.
"""

import json
from base64 import b64decode, b64encode

from django.http import HttpRequest, QueryDict

from joldama.vault.cipher import Tampered, seal, unseal

_TYPED = "typed"
_BEGUN = "begun"
_LARGEST = 30_000
"""Characters: the longest form is a complaint."""
_SKIPPED = frozenset({"csrfmiddlewaretoken"})


def keep_typed(request: HttpRequest, *, path: str = "") -> None:
    """Keep the fields of a form that was sent without a right to send it now, for its page or for another."""
    _keep(request, _TYPED, path or request.path)


def take_typed(request: HttpRequest) -> QueryDict | None:
    """Give back, once, what was typed on this page; None where nothing was kept for it."""
    stored = _stored(request, _TYPED)
    if stored is None or stored["path"] != request.path:
        return None
    del request.session[_TYPED]
    return _fields(stored)


def keep_begun(request: HttpRequest, *, path: str) -> None:
    """Keep what was typed so far into the form of a page; the latest stands, until `drop_kept`."""
    _keep(request, _BEGUN, path)


def begun(request: HttpRequest) -> QueryDict | None:
    """Give what was typed so far into the form of this page; None where nothing was."""
    stored = _stored(request, _BEGUN)
    return _fields(stored) if stored is not None and stored["path"] == request.path else None


def drop_kept(request: HttpRequest) -> None:
    """Forget whatever was typed: its person has been answered."""
    for name in (_TYPED, _BEGUN):
        request.session.pop(name, None)


def _keep(request: HttpRequest, name: str, path: str) -> None:
    fields = {field: values for field, values in request.POST.lists() if field not in _SKIPPED}
    text = json.dumps({"path": path, "fields": fields}, ensure_ascii=False)
    if len(text) <= _LARGEST:
        request.session[name] = b64encode(seal(text.encode(), place=name)).decode()


def _stored(request: HttpRequest, name: str) -> dict[str, object] | None:
    kept = request.session.get(name)
    if kept is None:
        return None
    try:
        return dict(json.loads(unseal(b64decode(kept), place=name)))
    except (Tampered, ValueError):
        del request.session[name]
        return None


def _fields(stored: dict[str, object]) -> QueryDict:
    typed = QueryDict(mutable=True)
    fields = stored["fields"]
    assert isinstance(fields, dict)
    for name, values in fields.items():
        typed.setlist(name, values)
    return typed
