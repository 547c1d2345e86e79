"""Describe the calls (OpenAPI 3.1), from the columns by which they are judged: neither can say something else."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from joldama.openings.tables.columns import Column, Shape, TableSort, columns_of
from joldama.procedures.hand_in import LISTED_AT_ONCE, MOST_AT_ONCE
from joldama.standard import words
from joldama.standard.kinds import ResultKind, TrainingKind

_SHAPES: dict[Shape, dict[str, Any]] = {
    Shape.BIN: {"type": "string", "pattern": r"^\d{12}$"},
    Shape.NUMBER: {"type": "integer", "minimum": 1},
    Shape.DAY: {"type": "string", "format": "date"},
    Shape.KIND: {"type": "string", "enum": [kind.value for kind in ResultKind if kind.is_referral]},
    Shape.TRAINING_KIND: {"type": "string", "enum": [kind.value for kind in TrainingKind]},
}


def described() -> dict[str, Any]:
    """Give the description as a JSON object."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": words.say("api.title", "en"),
            "version": "1",
            "description": _in_all("api.about"),
        },
        "servers": [{"url": settings.JOLDAMA_ORIGIN}],
        "security": [{"key": []}],
        "paths": {
            reverse("api:openings"): {"post": _hand_in(), "get": _list()},
            reverse("api:close-openings"): {"post": _close()},
        },
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Opening": _opening(), "Standing": _STANDING, "Message": _MESSAGE, "Fault": _FAULT},
        },
    }


def _hand_in() -> dict[str, Any]:
    written = {name: {"type": "integer"} for name in ("entered", "corrected", "unchanged")}
    return {
        "operationId": "handIn",
        "summary": words.say("api.hand_in", "en"),
        "description": _in_all("api.hand_in"),
        "requestBody": _body("openings", {"$ref": "#/components/schemas/Opening"}),
        "responses": _answers(_object(written)),
    }


def _list() -> dict[str, Any]:
    after = {
        "name": "after",
        "in": "query",
        "schema": {"type": "string"},
        "description": _in_all("api.after"),
    }
    listed = {
        "openings": {
            "type": "array",
            "maxItems": LISTED_AT_ONCE,
            "items": {"$ref": "#/components/schemas/Standing"},
        },
        "next": {"type": ["string", "null"]},
    }
    return {
        "operationId": "list",
        "summary": words.say("api.list", "en"),
        "description": _in_all("api.list"),
        "parameters": [after],
        "responses": {"200": _content(_object(listed)), "401": _closed(), "429": _too_many()},
    }


def _close() -> dict[str, Any]:
    return {
        "operationId": "close",
        "summary": words.say("api.close", "en"),
        "description": _in_all("api.close"),
        "requestBody": _body("external_ids", {"type": "string", "maxLength": 120}),
        "responses": _answers(_object({"closed": {"type": "integer"}})),
    }


def _opening() -> dict[str, Any]:
    columns = columns_of(TableSort.OPENINGS)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [column.name for column in columns if column.is_required],
        "properties": {column.name: _property(column) for column in columns},
    }


def _property(column: Column) -> dict[str, Any]:
    shape = _SHAPES.get(column.shape, {"type": "string", "maxLength": column.longest})
    told = [
        f"{words.say(column.text_key, one)}. {words.say(f'{column.text_key}.hint', one)}"
        for one in words.LANGUAGES
    ]
    return {**shape, "description": "\n\n".join(told)}


_STANDING = {
    "type": "object",
    "properties": {
        "external_id": {"type": "string"},
        "kind": _SHAPES[Shape.KIND],
        "places": {"type": "integer"},
        "taken": {"type": "integer"},
        "closed": {"type": "boolean"},
        "open_from_on": {"type": "string", "format": "date"},
        "open_until_on": {"type": ["string", "null"], "format": "date"},
    },
}
_IN_LANGUAGES = {
    "type": "object",
    "required": list(words.LANGUAGES),
    "properties": {language: {"type": "string"} for language in words.LANGUAGES},
}
_FAULT = {
    "type": "object",
    "required": ["item", "field", "given", "code", "message"],
    "properties": {
        "item": {"type": "integer", "minimum": 1},
        "field": {"type": "string"},
        "given": {"type": "string"},
        "code": {"type": "string"},
        "message": _IN_LANGUAGES,
    },
}
_MESSAGE = {
    "type": "object",
    "required": ["code", "message"],
    "properties": {
        "code": {"type": "string"},
        "message": _IN_LANGUAGES,
        "faults": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
    },
}


def _body(name: str, items: dict[str, Any]) -> dict[str, Any]:
    listed = {"type": "array", "minItems": 1, "maxItems": MOST_AT_ONCE, "items": items}
    return {"required": True, **_in_json(_object({name: listed}))}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _answers(done: dict[str, Any]) -> dict[str, Any]:
    told = {"400": "api.json", "413": "api.too_large", "415": "api.content_type", "422": "api.refused"}
    wrong = {status: _wrong(key) for status, key in told.items()}
    return {"200": _content(done), **dict(sorted({**wrong, "401": _closed(), "429": _too_many()}.items()))}


_REF = {"$ref": "#/components/schemas/Message"}


def _content(schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": _in_all("api.done"), **_in_json(schema)}


def _wrong(key: str) -> dict[str, Any]:
    return {"description": _in_all(key), **_in_json(_REF)}


def _closed() -> dict[str, Any]:
    return {"description": "\n\n".join(_in_all(key) for key in ("api.key", "api.key_over")), **_in_json(_REF)}


def _too_many() -> dict[str, Any]:
    seconds = {"schema": {"type": "integer", "minimum": 1}}
    return {**_wrong("api.too_many"), "headers": {"Retry-After": seconds}}


def _in_json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


def _in_all(key: str) -> str:
    return "\n\n".join(words.say(key, language) for language in words.LANGUAGES)
