"""The kiosk in a real browser: a tap, the paper, back to the beginning; and every way the line may break."""

import pytest
from playwright.sync_api import Route, expect

from tests.pdf import facts_of, needs_poppler, overlapping_lines, text_of
from tests.stories.browser.walk import PATIENCE, Walker

pytestmark = pytest.mark.browser

TAKE = "**/hall/kiosk/take/"
SMALLEST = 96
_COUNT_PRINTS = "window.prints = 0; window.print = () => { window.prints += 1; };"
_SMALL = f"""() => [...document.querySelectorAll("a, button")]
  .filter((one) => one.offsetParent && !one.closest(".demo-notice, .skip, .langs") && !one.matches(".skip"))
  .filter((one) => Math.min(one.offsetHeight, one.offsetWidth) < {SMALLEST})
  .map((one) => one.outerHTML)"""


def stand(walker: Walker, office: str = "aktau") -> None:
    """Be the kiosk of an office of the demonstration."""
    walker.page.add_init_script(_COUNT_PRINTS)
    walker.open("/demo/")
    walker.page.locator("#hall").select_option(office)
    walker.button("demo.kiosk.open").click()
    walker.page.wait_for_url("**/hall/kiosk/")


def tap(walker: Walker) -> int:
    """Touch the button; give the number of the ticket that is shown."""
    walker.page.locator("[data-take] button").click()
    return shown(walker)


def shown(walker: Walker) -> int:
    walker.page.wait_for_url("**/hall/kiosk/tickets/**")
    return int(walker.page.locator(".kiosk__turn b").inner_text()[1:])


def done(walker: Walker) -> None:
    walker.page.locator("[data-done]").click()
    walker.page.locator("[data-take]").wait_for()


def prints(walker: Walker) -> int:
    return walker.page.evaluate("document.fonts.ready.then(() => window.prints)")


def loses_the_answer(route: Route) -> None:
    """The server does its work, and nobody hears of it."""
    route.fetch(max_redirects=0)
    route.abort()


def test_a_tap_gives_a_ticket_that_prints_once_and_the_screen_goes_back(walker):
    """S19, R8.1-c"""
    kiosk = walker(language="kk", width=1080)
    kiosk.page.clock.install()
    stand(kiosk)

    number = tap(kiosk)
    kiosk.page.wait_for_function("window.prints === 1")
    kiosk.page.reload()
    assert (shown(kiosk), prints(kiosk)) == (number, 0)

    kiosk.page.clock.fast_forward(31_000)
    warning = kiosk.page.locator("#returns")
    expect(warning).to_be_visible()
    kiosk.page.mouse.click(5, 5)
    kiosk.page.clock.fast_forward(2_000)
    expect(warning).to_be_hidden()
    kiosk.page.clock.fast_forward(41_000)
    kiosk.page.locator("[data-take]").wait_for()
    assert tap(kiosk) == number + 1


def test_a_double_tap_gives_one_ticket(walker):
    kiosk = walker(language="kk", width=1080)
    stand(kiosk)
    before = tap(kiosk)
    done(kiosk)

    kiosk.page.locator("[data-take] button").dblclick()

    assert shown(kiosk) == before + 1
    done(kiosk)
    assert tap(kiosk) == before + 2


def test_when_the_line_breaks_the_same_tap_is_offered_again_and_gives_one_ticket(walker):
    """R8.1-c: whether the request was lost, or the answer to it."""
    kiosk = walker(language="ru", width=1080)
    stand(kiosk)
    before = tap(kiosk)
    for number, breaks in enumerate([lambda route: route.abort(), loses_the_answer], before + 1):
        done(kiosk)
        kiosk.page.route(TAKE, breaks)
        kiosk.page.locator("[data-take] button").click()
        expect(kiosk.page.locator("#no-connection")).to_be_visible()
        expect(kiosk.page.locator("[data-take] button")).to_be_enabled()
        kiosk.page.unroute(TAKE)

        assert tap(kiosk) == number


def test_a_ticket_that_was_given_when_the_power_went_is_shown_when_it_is_back(walker):
    """R8.1-c"""
    kiosk = walker(language="kk", width=1080)
    stand(kiosk)
    before = tap(kiosk)
    done(kiosk)
    kiosk.page.route(TAKE, loses_the_answer)
    kiosk.page.locator("[data-take] button").click()
    expect(kiosk.page.locator("#no-connection")).to_be_visible()
    kiosk.page.unroute(TAKE)

    kiosk.page.goto("/hall/kiosk/")

    assert shown(kiosk) == before + 1
    kiosk.page.wait_for_function("window.prints === 1")
    done(kiosk)
    assert tap(kiosk) == before + 2


def test_a_server_that_starts_anew_leaves_the_kiosk_as_it_stands(walker):
    kiosk = walker(language="kk", width=1080)
    kiosk.page.clock.install()
    stand(kiosk)
    kiosk.page.route("**/hall/kiosk/", lambda route: route.abort())

    kiosk.page.clock.fast_forward(70_000)

    expect(kiosk.page.locator("#offline")).to_be_visible()
    expect(kiosk.page.locator("[data-take] button")).to_be_visible()
    kiosk.page.unroute("**/hall/kiosk/")
    kiosk.page.clock.fast_forward(70_000)
    expect(kiosk.page.locator("#offline")).to_be_hidden(timeout=PATIENCE)


@pytest.mark.parametrize("width", [360, 1080, 1920])
def test_everything_to_touch_is_large_enough_for_a_hand_that_is_not_sure(walker, width):
    kiosk = walker(language="kk", width=width)
    stand(kiosk)

    assert kiosk.page.evaluate(_SMALL) == []
    tap(kiosk)
    assert kiosk.page.evaluate(_SMALL) == []
    kiosk.page.evaluate("document.querySelector('[data-done]').style.minHeight = '40px'")
    assert len(kiosk.page.evaluate(_SMALL)) == 1


def test_the_kiosk_works_by_keyboard_and_without_a_script(walker):
    """It prints nothing by itself then, and comes back by itself all the same."""
    kiosk = walker(language="kk", width=1080, javascript=False)
    stand(kiosk)
    kiosk.press(kiosk.page.locator(".kiosk__langs a").last, "Enter")
    expect(kiosk.page.locator("html")).to_have_attribute("lang", "en")

    kiosk.press(kiosk.page.locator("[data-take] button"), "Enter")

    number = shown(kiosk)
    expect(kiosk.page.locator("html")).to_have_attribute("lang", "en")
    kiosk.page.keyboard.press("Tab")
    kiosk.press(kiosk.page.locator("[data-done]"), "Enter")
    expect(kiosk.page.locator("html")).to_have_attribute("lang", "kk")
    assert number > 0


@needs_poppler
@pytest.mark.parametrize(("language", "length"), [("kk", 210), ("ru", 210), ("en", 270)])
def test_a_ticket_fits_one_page_of_the_roll(walker, language, length):
    """R8.1-c: also beside the notice of a demonstration, which no real ticket carries."""
    kiosk = walker(language=language, width=1080)
    stand(kiosk)
    kiosk.page.goto(f"/hall/kiosk/?in={language}")
    number = tap(kiosk)

    pdf = kiosk.page.pdf(prefer_css_page_size=True)

    assert paper_of(pdf) == ("1", 80, length)
    assert f"А{number:03d}" in text_of(pdf)
    assert kiosk.say("kiosk.yours") not in text_of(pdf)
    assert "/hall/tickets/" in text_of(pdf)
    assert overlapping_lines(pdf) == []


@needs_poppler
@pytest.mark.parametrize("language", ["kk", "en"])
def test_a_ticket_fits_one_sheet_at_the_desk(walker, language):
    kiosk, desk = walker(language="kk", width=1080), walker(language=language)
    stand(kiosk)
    tap(kiosk)
    desk.enter_as_official("aktau.specialist")
    desk.page.goto("/desk/line/")
    desk.page.locator("a[href*='/desk/tickets/']").first.click()
    desk.page.wait_for_url("**/desk/tickets/**")

    assert paper_of(desk.page.pdf(prefer_css_page_size=True, format="A4")) == ("1", 210, 297)


def paper_of(pdf: bytes) -> tuple[str, int, int]:
    """The pages of a print, and the width and height of one in millimetres."""
    facts = facts_of(pdf)
    width, _by, height, *_rest = facts["Page size"].split()
    return (facts["Pages"], *(round(float(points) / 72 * 25.4) for points in (width, height)))
