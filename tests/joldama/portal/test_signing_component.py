"""The component that signs, as a real installation shows it: NCALayer by its name, production keys only."""

import json
from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client
from lxml import html
from tests.factories import world
from tests.factories.steps import MONDAY_TEN

from govkz.eds.pki import Authority
from joldama.installation.identity import installation
from joldama.installation.models import Installation
from joldama.signatures.operations import trust
from joldama.standard.words import part, say

SIGN_IN = "/sign-in/"


@pytest.fixture
def real(db: None) -> Iterator[Client]:
    """A browser before a real installation, which believes the production centre alone."""
    installation.cache_clear()
    Installation.objects.create(is_demo=False, created_at=MONDAY_TEN)
    for certificate in Authority.create(at=MONDAY_TEN, label="2015").certificates:
        trust(certificate, set_name="production")
    yield Client()
    installation.cache_clear()


def form_of(client: Client, language: str = "kk") -> html.HtmlElement:
    client.cookies["language"] = language
    return html.fromstring(client.get(SIGN_IN).content).cssselect("form[data-ncalayer]")[0]


def request_of(client: Client) -> dict:
    return json.loads(form_of(client).get("data-request"))["args"]


def test_production_keys_are_asked_for_where_the_production_centre_is_believed(real: Client) -> None:
    asked = request_of(real)

    assert asked["signerParams"] == {"extKeyUsageOids": ["1.3.6.1.5.5.7.3.4", "1.2.398.3.3.4.1.1"]}
    assert asked["signingParams"] == {"decode": True, "encapsulate": True, "digested": False}


def test_test_keys_are_asked_for_where_a_test_centre_is_believed(db: None) -> None:
    world.demo_installation()
    for certificate in Authority.create(at=MONDAY_TEN, label="TEST 2015").certificates:
        trust(certificate, set_name="test")

    assert request_of(Client())["signerParams"]["chain"] == []


def test_a_time_stamp_is_asked_for_where_the_installation_wishes_one(real: Client, settings) -> None:
    settings.JOLDAMA_TIMESTAMPS = True

    assert request_of(real)["signingParams"]["tsaProfile"] == {}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_ncalayer_is_named_in_the_language_of_the_page_and_the_window_in_it_too(
    real: Client, language: str
) -> None:
    form = form_of(real, language)

    assert json.loads(form.get("data-request"))["args"]["locale"] == language
    assert say("action.sign_ncalayer", language) in form.cssselect("[data-sign]")[0].text_content()


@pytest.mark.parametrize("state", ["off", "failed", "strange"])
def test_where_ncalayer_is_to_be_had_stands_beside_what_went_wrong(real: Client, state: str) -> None:
    told = form_of(real, "en").cssselect(f"template[data-said={state}]")[0]

    assert told.cssselect("a")[0].get("href") == "https://ncl.pki.gov.kz/"


def test_a_real_installation_knows_no_demo_signer(real: Client) -> None:
    page = real.get(SIGN_IN)
    said = unescape(page.content.decode())

    assert "data-window" not in said
    assert part("error.signer_off", "kk", 0) not in said
    assert "demo/signer" not in said
    assert "connect-src 'self' wss://127.0.0.1:13579/;" in page["Content-Security-Policy"]
    assert "frame-src" not in page["Content-Security-Policy"]


def test_a_page_that_does_not_sign_reaches_no_ncalayer(real: Client) -> None:
    assert "wss:" not in real.get("/about-signing/")["Content-Security-Policy"]
