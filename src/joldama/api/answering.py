"""How a call is read and answered: JSON in, JSON out, and whatever is wrong is said by code and in three languages."""

import json
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from joldama.openings.tables.judging import RowFault
from joldama.openings.tables.reporting import said
from joldama.procedures.hand_in import NotTaken
from joldama.standard import words

View = Callable[..., HttpResponse]

JSON = "application/json"


class NotUnderstood(ValueError):
    """A call has not the shape it should have; `key` says why, `status` is that of HTTP."""

    def __init__(self, key: str, *, status: int = 400, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.status = status
        self.values = values


def call(*methods: str) -> Callable[[View], View]:
    """Have a call answer these methods alone, and say in JSON why it cannot be answered."""

    def told(view: View) -> View:
        @csrf_exempt  # no browser shows the key by itself
        @wraps(view)
        def called(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                answer = wrong("api.method", status=405)
                answer["Allow"] = ", ".join(methods)
                return answer
            try:
                return view(request, **kwargs)
            except NotUnderstood as misfit:
                return wrong(misfit.key, status=misfit.status, **misfit.values)
            except NotTaken as refused:
                return _faults(refused.faults)

        return called

    return told


def body_of(request: HttpRequest) -> dict[str, Any]:
    """Read the body of a call: one object. Raise NotUnderstood."""
    if request.content_type != JSON:
        raise NotUnderstood("api.content_type", status=415)
    try:
        read = json.loads(
            request.body.decode("utf-8"), object_pairs_hook=_without_doubles, parse_constant=_no_number
        )
    except RequestDataTooBig as error:
        raise NotUnderstood("api.too_large", status=413) from error
    except (ValueError, RecursionError) as error:
        raise NotUnderstood("api.json") from error
    if not isinstance(read, dict):
        raise NotUnderstood("api.shape", field="{}")
    return read


def list_in(body: dict[str, Any], name: str, *, of: type, most: int) -> list[Any]:
    """Give the one list a body holds; raise NotUnderstood for anything else, and for more than `most`."""
    found = body.get(name)
    if set(body) != {name} or not isinstance(found, list) or not all(isinstance(one, of) for one in found):
        raise NotUnderstood("api.shape", field=name)
    if not found or len(found) > most:
        raise NotUnderstood("api.count", field=name, most=most)
    return found


def wrong(key: str, *, status: int, **values: Any) -> JsonResponse:
    """Say what is wrong with a call as a whole."""
    return _json({"code": key, "message": _message(key, **values)}, status=status)


def _faults(faults: Sequence[RowFault]) -> JsonResponse:
    told = [
        {
            "item": fault.row,
            "field": fault.column,
            "given": fault.given,
            "code": fault.key,
            "message": {language: said(fault, language) for language in words.LANGUAGES},
        }
        for fault in faults
    ]
    return _json(
        {"code": "api.not_taken", "message": _message("api.not_taken", count=len(told)), "faults": told},
        status=422,
    )


def _message(key: str, **values: Any) -> dict[str, str]:
    return {language: words.say(key, language, **values) for language in words.LANGUAGES}


def _json(told: dict[str, Any], *, status: int) -> JsonResponse:
    return JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(text: str) -> Any:
    raise ValueError(text)
