"""The kept file in a real browser, without a network: it tells every refusal apart, as the server does (A33)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect, sync_playwright
from tests.factories.forged_codes import forged
from tests.factories.paper_codes import CODED, ORIGIN, ROTATED, SIGNING, WITHDRAWN, Handmade, written
from tests.factories.world import World
from tests.stories.browser.looking import violations

from joldama.config.cli.test import CHROMIUM
from joldama.installation.identity import installation
from joldama.installation.models import Installation
from joldama.standard.kinds import ResultKind
from joldama.standard.words import say

pytestmark = pytest.mark.browser

_JUDGE = """async (text) => {
  const answer = document.getElementById("answer"), field = document.getElementById("text");
  delete answer.dataset.found;
  field.value = text;
  document.getElementById("ask").requestSubmit();
  for (let turn = 0; turn < 2000 && !answer.dataset.found; turn += 1) await new Promise((go) => setTimeout(go));
  const shown = [...answer.querySelectorAll("[data-finding]")].filter((each) => each.checkVisibility());
  return [answer.dataset.found, shown.map((each) => each.dataset.finding)];
}"""


@pytest.fixture
def kept(astana: World, settings: Any, tmp_path: Path) -> Path:
    """The file as somebody keeps it, in English, with the keys of the corpus."""
    if not CHROMIUM.exists():
        pytest.skip(f"there is no Chromium at {CHROMIUM}")
    settings.JOLDAMA_CODE_KEYS = {1: WITHDRAWN, 2: ROTATED, 3: SIGNING}
    settings.JOLDAMA_ORIGIN = ORIGIN
    file = tmp_path / "joldama-verify.html"
    file.write_bytes(Client(headers={"accept-language": "en"}).get("/verify/offline/").content)
    return file


@contextmanager
def opened(file: Path, *, at: str = "") -> Iterator[Page]:
    """Open the file in a browser that has no network; it has nothing to complain of, and asks for nothing."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        context = browser.new_context(offline=True, viewport={"width": 360, "height": 800})
        page = context.new_page()
        heard: list[str] = []
        asked: list[str] = []
        page.on("console", lambda said: heard.append(said.text))
        page.on("pageerror", lambda error: heard.append(error.message))
        page.on("request", lambda request: asked.append(request.url))
        if at:
            page.clock.set_fixed_time(at)
        page.goto(file.as_uri())
        yield page
        assert heard == []
        assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
        browser.close()


def test_every_forged_or_damaged_code_is_refused_for_the_reason_the_server_gives(kept: Path) -> None:
    corpus = forged()

    with opened(kept) as page:
        told = {name: page.evaluate(_JUDGE, text) for name, text, _finding in corpus}
        genuine = [page.evaluate(_JUDGE, text) for text in (written(), Handmade().signed().text())]

    assert told == {name: [str(finding), [str(finding)]] for name, _text, finding in corpus}
    assert genuine == [["genuine", ["genuine"]]] * 2


def test_a_genuine_code_shows_what_was_signed_and_that_the_rest_is_known_online(kept: Path) -> None:
    guidance = replace(CODED, kind=ResultKind.CAREER_GUIDANCE, valid_until_on=None)
    endless = replace(CODED, valid_until_on=date(2199, 12, 31))

    with opened(kept) as page:
        page.locator("#text").fill(written())
        page.get_by_role("button", name=say("offline.check", "en")).click()
        answer = page.locator("#answer [data-finding=genuine]")
        expect(answer).to_be_visible()
        expect(answer.locator("h2")).to_be_focused()
        told = answer.locator("dl > div:visible").all_inner_texts()
        assert [" ".join(each.split()).rpartition(" ")[2] for each in told] == [
            "АСТ-Ж-2026-000187",
            "26.03.2026",
            "works",
            "02.04.2026",
            "Н.Ә.С.",
            "0018",
        ]
        expect(answer).to_contain_text("can be known only online")
        expect(answer).to_contain_text(say("offline.over", "en"))
        online = (
            "https://joldama.example/verify/?n=%D0%90%D0%A1%D0%A2-%D0%96-2026-000187&d=2026-03-26&c=KXMATBCA"
        )
        expect(answer.locator("a[data-online]")).to_have_attribute("href", online)

        page.locator("#text").fill(written(endless))
        page.locator("#text").press("Enter")
        expect(answer.locator("[data-told=until]")).to_have_text("31.12.2199")
        expect(answer.locator("[data-over]")).to_be_hidden()

        page.evaluate(_JUDGE, written(guidance))
        expect(answer.locator("[data-told=until]")).to_be_hidden()
        expect(page.locator("#keep")).to_be_hidden()


def test_each_answer_can_be_read_by_everybody_by_day_and_by_night(kept: Path) -> None:
    by_finding = {str(finding): text for _name, text, finding in forged()} | {"genuine": written()}
    found = {}

    with opened(kept) as page:
        for finding, text in by_finding.items():
            page.evaluate(_JUDGE, text)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                found[finding, scheme] = violations(page.main_frame)
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    assert {where: what for where, what in found.items() if what} == {}
    assert (len(found), beyond) == (12, 0)


@pytest.mark.parametrize(("at", "is_old"), [("2015-12-13T12:00:00Z", False), ("2015-12-14T12:00:00Z", True)])
def test_a_page_that_was_kept_for_long_asks_to_be_fetched_again(kept: Path, at: str, is_old: bool) -> None:
    """What it cannot learn is that a key was withdrawn; it is of 14 September 2015."""
    with opened(kept, at=at) as page:
        assert page.locator("#old").is_visible() is is_old


@pytest.fixture
def kept_in_a_demonstration(astana: World) -> Iterator[None]:
    """Have the clock of the installation stand a hundred days behind the world's: on 6 June 2015."""
    Installation.objects.update(clock_offset=timedelta(days=-100))
    installation.cache_clear()
    yield
    installation.cache_clear()


@pytest.mark.parametrize(
    ("at", "is_old", "is_over"),
    [
        ("2015-09-14T06:00:00Z", False, False),
        ("2015-12-13T06:00:00Z", False, True),
        ("2015-12-14T06:00:00Z", True, True),
    ],
)
def test_in_a_demonstration_of_another_day_the_page_counts_its_own_days(
    kept_in_a_demonstration: None, kept: Path, at: str, is_old: bool, is_over: bool
) -> None:
    """Fetched now, it is new however far its clock stands from the reader's, and a last day ends by that clock."""
    with opened(kept, at=at) as page:
        page.evaluate(_JUDGE, written(replace(CODED, valid_until_on=date(2015, 6, 10))))
        answer = page.locator("#answer [data-finding=genuine]")
        seen = page.locator("#old").is_visible(), answer.locator("[data-over]").is_visible()

    assert seen == (is_old, is_over)


def test_a_browser_that_cannot_check_says_so(kept: Path) -> None:
    with opened(kept) as page:
        page.evaluate("Object.defineProperty(crypto, 'subtle', { value: undefined })")

        assert page.evaluate(_JUDGE, written()) == ["cannot", ["cannot"]]
