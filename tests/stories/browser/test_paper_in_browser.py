"""What is printed from the desk, measured as the printer gets it: pages of A4, nothing cut, nothing too small."""

import re

import pytest
from playwright.sync_api import Page

from tests.pdf import facts_of, margins_of, needs_poppler, overlapping_lines, pages_of, text_of
from tests.stories.browser.walk import Walker

pytestmark = [pytest.mark.browser, needs_poppler]

SMALLEST = 8
"""Points of the smallest text on paper."""

MARGIN = 12.5
"""Millimetres of white that every printer leaves."""

PAGE_NUMBER = 5
"""Millimetres of white under the number of a page, which stands in the margin."""

ROWS = 60
"""People of a long day, for whom one page is not enough."""

_POINTS = """() => [...document.querySelectorAll("main *")]
  .filter((one) => one.checkVisibility() && [...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .map((one) => [parseFloat(getComputedStyle(one).fontSize) * 72 / 96, one.textContent.trim().slice(0, 40)])"""
_CUT = """() => [...document.querySelectorAll("main .hand *, main .paper *")]
  .filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible")
  .map((one) => one.textContent.trim().slice(0, 40))"""


def printed(page: Page) -> bytes:
    """Print a page as the browser would, on the paper its style sheet names."""
    return page.pdf(prefer_css_page_size=True)


def too_small(page: Page) -> list[tuple[float, str]]:
    """Give what would be printed smaller than 8 points."""
    page.emulate_media(media="print")
    found = [(round(size, 1), text) for size, text in page.evaluate(_POINTS) if size < SMALLEST - 0.05]
    cut = [(0.0, text) for text in page.evaluate(_CUT)]
    page.emulate_media(media="null")
    return found + cut


@pytest.fixture
def head(walker) -> Walker:
    """The head of an office nobody else visits, with a set prepared for a power cut."""
    made = walker(language="ru")
    made.enter_as_official("temirtau.head")
    made.page.goto("/desk/paper/")
    made.fill(count="2", notes="1", sheets="1")
    with made.page.expect_navigation():
        made.button("desk.paper.print").click()
    made.page.goto("/desk/paper/sheets/")
    return made


def test_the_set_for_a_power_cut_is_printed_each_blank_on_its_own_page(head):
    """R5.1-a, A38: instruction; sheet and tickets; register; three pages of each package; note."""
    sections = head.page.locator("section.hand").count()
    pdf = printed(head.page)

    assert int(facts_of(pdf)["Pages"]) == sections
    assert too_small(head.page) == []
    assert overlapping_lines(pdf) == []
    white = margins_of(pdf)
    assert min(min(page.top, page.left, page.right) for page in white) >= MARGIN
    assert min(page.bottom for page in white) >= PAGE_NUMBER
    text = text_of(pdf)
    order = [
        "Электр қуаты өшкенде не істеу керек",
        "Кезек парағы",
        "Талоны листа",
        "Күндік тіркеу журналы",
        "Құжаттар топтамасы",
        "Құжаттар топтамасының қабылданғаны туралы қолхат",
        "Жолдаманың үзбелі талоны",
        "Құжаттарды қабылдаудан бас тарту туралы қолхат",
    ]
    places = [text.find(words) for words in order]
    assert places == sorted(places)
    assert -1 not in places
    assert not re.search(r"Joldama|Выйти", text)


def test_the_register_of_a_long_day_repeats_its_head_on_every_page(head):
    """R5.1-a: whoever takes up a single page knows whose register of which day it is, and what stands where."""
    head.page.goto("/desk/paper/")
    with head.page.expect_navigation():
        head.page.locator("#unused ~ ul a[href$='/line/']").first.click()
    now = head.page.locator(".deskbar__now time").inner_text()
    number = 1 + head.page.locator("table:not(.rows) tbody tr").count()
    head.fill(**{f"taken_{number}": now, f"called_{number}": now, f"window_{number}": "1"})
    head.page.locator(f"[name=called_by_{number}]").select_option(index=1)
    head.page.locator(f"[name=how_{number}]").select_option("NO_SHOW")
    with head.page.expect_navigation():
        head.button("desk.paper.line.send").click()
    head.page.goto("/desk/registers/")
    with head.page.expect_navigation():
        head.button("desk.register.show").click()
    head.page.evaluate(
        """(rows) => {
          const row = document.querySelector(".register tbody tr");
          for (let n = 1; n < rows; n++) {
            const another = row.cloneNode(true);
            another.cells[0].textContent = `B-${n}`;
            row.after(another);
          }
        }""",
        ROWS,
    )

    pdf = printed(head.page)

    pages = [page for page in pages_of(pdf) if re.search(r"\bB-\d", page)]
    assert len(pages) > 1
    for words in ("Күндік тіркеу журналы", head.say("paper.register.day"), "фамилия, имя, отчество"):
        assert [page.count(words) for page in pages] == [1] * len(pages)
    assert too_small(head.page) == []
    assert overlapping_lines(pdf) == []


@pytest.mark.parametrize("path", ["/desk/cases/{at_counter}/receipt/", "/desk/notes/{note}/"])
def test_what_the_person_takes_along_is_one_page(path, visits, scene):
    """R5.1-a, R9.1-e: the receipt and the note of non-acceptance."""
    walker = visits("specialist", "ru")
    walker.open(path.format(note=scene.note, **scene.cases))

    pdf = printed(walker.page)

    assert int(facts_of(pdf)["Pages"]) == 1
    assert too_small(walker.page) == []
    assert overlapping_lines(pdf) == []
    assert "Қолы" in text_of(pdf)


def test_what_is_too_small_or_cut_is_seen(head):
    """Negative control."""
    head.page.evaluate("""() => {
      const tiny = document.createElement("p");
      tiny.textContent = "кіші";
      tiny.style.fontSize = "7pt";
      document.querySelector("section.hand").append(tiny);
    }""")

    assert too_small(head.page) == [(7.0, "кіші")]
