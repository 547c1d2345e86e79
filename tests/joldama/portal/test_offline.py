"""The page that checks without a network: one file, which fetches nothing and sends nothing (A33)."""

import base64
import hashlib
import json
import re

import pytest
from django.test import Client
from tests.factories.world import World

from joldama.standard.typography import unbound
from joldama.ui.standalone import NotOnThePage, _put
from joldama.vault.code_key import published
from joldama.vault.code_keys import public_keys


@pytest.fixture
def page(astana: World) -> str:
    return Client().get("/verify/offline/").content.decode()


def test_the_page_is_one_file_that_fetches_nothing(page: str) -> None:
    assert (
        re.findall(r"\bsrc=|url\(|@import|@font-face|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon", page)
        == []
    )
    assert re.findall(r"<link[^>]*>", page) == ['<link rel="icon" href="data:,">']


def test_its_policy_lets_nothing_run_but_what_stands_in_it(astana: World) -> None:
    answer = Client().get("/verify/offline/")
    page = answer.content.decode()

    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    (script,) = re.findall(r'<script type="module">(.*?)</script>', page, re.DOTALL)
    allowed = f"style-src '{_hash(style)}'; script-src '{_hash(script)}'"
    rules = f"default-src 'none'; {allowed}; img-src data:; base-uri 'none'"
    assert answer.headers["Content-Security-Policy"] == f"{rules}; form-action 'none'; frame-ancestors 'none'"
    (kept,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert kept.replace("&#x27;", "'") == rules


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_it_brings_the_published_keys_and_nothing_private(page: str) -> None:
    (told,) = re.findall(r'<script id="known" type="application/json">(.*?)</script>', page)

    known = json.loads(told)
    assert {"keys": known["keys"]} == published(public_keys())
    assert known["start"] == "http://localhost:8000/verify/?"
    assert len(known["kinds"]) == 6
    assert "csrf" not in page


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_it_says_in_each_language_that_void_and_expiry_are_known_only_online(
    astana: World, language: str
) -> None:
    page = Client(headers={"accept-language": language}).get("/verify/offline/").content.decode()

    only_online = {
        "kk": "тек желіге қосылғанда белгілі",
        "ru": "можно узнать только при подключении",
        "en": "only online",
    }
    assert f'lang="{language}"' in page
    assert only_online[language] in unbound(page)


def test_the_usual_pages_keep_the_usual_policy(astana: World) -> None:
    assert "script-src 'self';" in Client().get("/verify/").headers["Content-Security-Policy"]


def test_a_template_without_a_place_for_the_style_is_a_fault() -> None:
    with pytest.raises(NotOnThePage):
        _put("<p></p>", '<link rel="stylesheet">', "")
