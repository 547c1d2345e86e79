"""Keeps what was typed while the person has to sign in again; encrypted, since it may name a document."""

import json
from base64 import b64decode, b64encode

from django.http import HttpRequest, QueryDict

from joldama.vault.cipher import Tampered, seal, unseal

_NAME = "typed"
_LARGEST = 30_000
"""Characters: the longest form is a complaint."""
_SKIPPED = frozenset({"csrfmiddlewaretoken"})


def keep_typed(request: HttpRequest) -> None:
    """Keep the fields of a form that was sent without a right to send it now."""
    fields = {name: values for name, values in request.POST.lists() if name not in _SKIPPED}
    text = json.dumps({"path": request.path, "fields": fields}, ensure_ascii=False)
    if len(text) <= _LARGEST:
        request.session[_NAME] = b64encode(seal(text.encode(), place=_NAME)).decode()


def take_typed(request: HttpRequest) -> QueryDict | None:
    """Give back, once, what was typed on this page; None where nothing was kept for it."""
    kept = request.session.get(_NAME)
    if kept is None:
        return None
    try:
        stored = json.loads(unseal(b64decode(kept), place=_NAME))
    except (Tampered, ValueError):
        del request.session[_NAME]
        return None
    if stored["path"] != request.path:
        return None
    del request.session[_NAME]
    typed = QueryDict(mutable=True)
    for name, values in stored["fields"].items():
        typed.setlist(name, values)
    return typed
