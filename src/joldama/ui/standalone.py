"""A page as one file that can be kept: its style and its script stand inside it, and nothing is fetched.

Templates carry neither (tests/house/test_templates.py); they are put in here, and the policy names each by its hash.
"""

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from joldama.ui.security import only_this

_FONTS = re.compile(r"@font-face\s*\{[^}]*\}")
_PICTURES = re.compile(r"url\([^)]*\)")


class NotOnThePage(Exception):
    """The template has no place for what belongs into it."""


def standalone(
    request: HttpRequest, template: str, context: dict[str, object], *, styles: Sequence[str], script: str
) -> HttpResponse:
    """Render a template that has an empty link to a style sheet and an empty script, and fill these in.

    Names are those of static files. Fonts and pictures of the style are left out.
    """
    style, program = "".join(_style(name) for name in styles), _text(script)
    allowed = f"style-src '{_hash(style)}'; script-src '{_hash(program)}'"
    rules = f"default-src 'none'; {allowed}; img-src data:; base-uri 'none'"
    page: str = render_to_string(template, context | {"policy": rules}, request)
    page = _put(page, '<link rel="stylesheet">', f"<style>{style}</style>")
    page = _put(page, '<script type="module" src=""></script>', f'<script type="module">{program}</script>')
    return only_this(HttpResponse(page), f"{rules}; form-action 'none'; frame-ancestors 'none'")


def _put(page: str, mark: str, what: str) -> str:
    if page.count(mark) != 1:
        raise NotOnThePage(mark)
    return page.replace(mark, what)


@cache
def _style(name: str) -> str:
    return _PICTURES.sub("none", _FONTS.sub("", _text(name)))


@cache
def _text(name: str) -> str:
    found = finders.find(name)
    assert isinstance(found, str), name
    return Path(found).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
