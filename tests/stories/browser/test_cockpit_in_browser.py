"""A visit worked by keys alone, from the ticket to the referral in the hand; the head signs on a second screen."""

import pytest
from playwright.sync_api import expect

from joldama.adapters.signer import check_seal
from tests.stories.browser.walk import ALTHOUGH, EMPLOYER, PATIENCE, Walker, sign_decision

pytestmark = pytest.mark.browser

OFFICE = "temirtau"
KAZAKH_ROW = dict(zip("1234567890", '"әіңғ,.үұқ', strict=True))
_WATCH = """
  for (const one of ["mousedown", "pointerdown", "touchstart"])
    addEventListener(one, () => sessionStorage.setItem("hand", one), true);
  window.print = () => sessionStorage.setItem("printed", location.pathname);
"""
"""Remembers a mouse or a finger, and a page that was printed."""

_FOCUSED = "document.activeElement.name || document.activeElement.id || document.activeElement.tagName"
_COVERED = """() => {
  const one = document.activeElement.getBoundingClientRect();
  const foot = document.getElementById("keys").getBoundingClientRect();
  return one.height > 0 && one.bottom > foot.top + 1 && one.top < foot.bottom;
}"""
_TO_REACH = """() => [...document.querySelectorAll("main :is(button, a[href])")]
  .filter((one) => one.tabIndex >= 0 && one.checkVisibility()).length"""
_GUIDANCE = {"guidance_given": "Кәсіби тест өткізілді", "recommendation": "Дәнекерлеуші курсы"}
_COURSE = {
    "organisation": "«Білім» колледжі",
    "bin": "140940311897",
    "workplace_address": "Астана қаласы, Абай даңғылы, 5",
    "course": "Электргазбен дәнекерлеуші",
}
YOUNG = 1995
KINDS = {
    "2": ("PUBLIC_WORKS", EMPLOYER),
    "3": ("VOCATIONAL_TRAINING", _COURSE),
    "4": ("SOCIAL_WORKPLACE", EMPLOYER),
    "5": ("YOUTH_PRACTICE", EMPLOYER),
    "6": ("CAREER_GUIDANCE", _GUIDANCE),
}


class Hands:
    """A clerk's two hands on the keyboard, and nothing else."""

    def __init__(self, walker: Walker) -> None:
        self.walker = walker
        self.page = walker.page
        self.page.add_init_script(_WATCH)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def lead(self, key: str) -> None:
        """Press a key that leads on, and stand on the page it leads to."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def reach(self, name: str) -> None:
        """Press Tab until a field has the focus."""
        for _ in range(40):
            if self.page.evaluate(_FOCUSED) == name:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no Tab leads to {name}")

    def type(self, **given: str) -> None:
        for name, text in given.items():
            self.reach(name)
            self.page.keyboard.press("Control+A")
            self.page.keyboard.type(text)

    def asks(self, name: str) -> bool:
        return self.page.locator(f'main [name="{name}"]').count() > 0

    def loaded(self) -> float:
        return self.page.evaluate("performance.timeOrigin")

    def kept(self, name: str) -> str | None:
        return self.page.evaluate("(name) => sessionStorage.getItem(name)", name)

    def be_free(self) -> None:
        """Have nobody at the window: whoever an earlier story left there has gone."""
        self.page.goto("/desk/intake/?another=1")
        while not self.walker.button("action.call_next").count():
            self.lead("F4")


@pytest.fixture
def clerk(walker) -> Hands:
    at_desk = walker(language="kk")
    at_desk.enter_as_official(f"{OFFICE}.specialist")
    hands = Hands(at_desk)
    hands.be_free()
    yield hands
    hands.be_free()


def read_off(clerk: Hands, visitor) -> None:
    """Type what stands in the card of a citizen of the country."""
    expect(clerk.page.locator("[name=document_kind]").first).to_be_focused()
    clerk.press("Digit1")
    clerk.reach("holder")
    clerk.press("Digit1")
    clerk.reach("iin")
    clerk.page.keyboard.type("".join(KAZAKH_ROW[digit] for digit in visitor.iin))
    clerk.type(
        document_number=visitor.document_number,
        document_valid_until=f"{visitor.document_valid_until:%d.%m.%Y}",
        surname=visitor.surname,
        given_name=visitor.given_name,
        patronymic=visitor.patronymic,
    )


def test_a_whole_visit_by_keys_alone(walker, clerk, house):
    """R4.1-e, R4.3-a, R6.2-a, R8.1-c: ticket, call, document, person, kind, receipt, draft, signature, hand."""
    visitor = house.visitor()
    head = walker(language="ru")
    head.enter_as_official(f"{OFFICE}.head")
    head.page.goto("/desk/")
    of_head = head.page.evaluate("performance.timeOrigin")
    say, page = clerk.walker.say, clerk.page

    page.goto("/desk/line/")
    clerk.lead("F9")
    ticket = page.locator(".turn b").inner_text()
    page.goto("/desk/")
    clerk.lead("F2")
    expect(page.locator("#queue b")).to_have_text([ticket])
    clerk.lead("Enter")
    expect(page.locator("h1")).to_have_text(say("cockpit.called", ticket=ticket))
    clerk.lead("Enter")

    read_off(clerk, visitor)
    expect(page.locator("#seen-document")).to_have_text(say("cockpit.document_fits"))
    clerk.press("F3")
    expect(page.locator("#found")).to_contain_text(say("desk.look_up.nothing"))
    clerk.reach("kind")
    clerk.press("Digit1")
    clerk.lead("Enter")
    clerk.walker.sees_page("/desk/cases/*/")
    number = page.title().split(":")[0]
    clerk.lead("F9")
    expect(page.locator(".paper")).to_contain_text(number)
    clerk.press("F9")
    assert str(clerk.kept("printed")).endswith("/receipt/")
    clerk.lead("Enter")

    loaded = clerk.loaded()
    expect(page.locator("#turn-register .tag")).to_be_visible(timeout=PATIENCE)
    assert clerk.loaded() == loaded
    clerk.lead("Enter")
    clerk.type(**EMPLOYER)
    if clerk.asks("although"):
        clerk.type(although=ALTHOUGH)
    clerk.lead("Control+Enter")
    expect(page.locator(".nextup").first).to_contain_text(say("desk.next.wait_signature"))
    loaded = clerk.loaded()
    expect(head.page.locator("#to-sign")).to_contain_text(number, timeout=PATIENCE)
    assert head.page.evaluate("performance.timeOrigin") == of_head
    sign_decision(head, number, key=f"{OFFICE}-head")
    expect(clerk.walker.button("action.offer_result")).to_be_visible(timeout=PATIENCE)
    assert clerk.loaded() == loaded

    with page.context.expect_event("request", lambda asked: asked.url.endswith("document.pdf")):
        clerk.press("F9")
    assert check_seal(clerk.walker.file(f"{page.url}document.pdf")).holds
    clerk.lead("Enter")
    clerk.lead("Enter")
    clerk.walker.sees_page("/desk/intake/")
    expect(page.locator("main")).to_contain_text(say("cockpit.latest", ticket=ticket))
    expect(clerk.walker.button("action.call_next")).to_be_visible()
    assert clerk.kept("hand") is None


def test_the_results_of_the_other_kinds_are_sent_for_signature_by_keys_alone(clerk, house):
    """R6.1-a: by somebody young enough for every kind."""
    visitor = next(one for one in iter(house.visitor, None) if one.born_on.year >= YOUNG)
    page = clerk.page
    clerk.lead("F2")
    clerk.lead("Enter")
    for digit, (kind, fields) in KINDS.items():
        read_off(clerk, visitor)
        clerk.reach("kind")
        clerk.press(f"Digit{digit}")
        if kind == "VOCATIONAL_TRAINING":
            clerk.reach("training_kind")
            clerk.press("Digit2")
        clerk.lead("Enter")
        clerk.lead("Enter")
        clerk.type(**fields)
        if clerk.asks("although"):
            clerk.type(although=ALTHOUGH)
        clerk.lead("Control+Enter")
        expect(page.locator(".nextup").first).to_contain_text(clerk.walker.say("desk.next.wait_signature"))
        clerk.lead("F2")

    assert clerk.kept("hand") is None


def test_an_expired_card_is_said_at_once_and_the_note_is_printed_by_keys_alone(clerk, house):
    """S22, R9.1-e, A13"""
    visitor, page, say = house.visitor(), clerk.page, clerk.walker.say
    clerk.lead("F2")
    clerk.lead("Enter")
    read_off(clerk, visitor)
    clerk.press("Shift+Tab", "Shift+Tab", "Shift+Tab")
    clerk.type(document_valid_until="16.03.2026")
    clerk.press("Tab")
    expect(page.locator("#seen-document .banner--bad")).to_be_visible()

    page.reload()
    expect(page.locator("main")).to_contain_text(say("cockpit.kept"))
    expect(page.locator("[name=surname]")).to_have_value(visitor.surname)
    clerk.lead("F6")
    expect(page.locator("[name=ground][value=ID_EXPIRED]")).to_be_focused()
    clerk.lead("Enter")
    clerk.walker.sees_page("/desk/notes/*/")
    expect(page.locator(".paper")).to_contain_text(visitor.surname)
    clerk.press("F9")
    assert str(clerk.kept("printed")).startswith("/desk/notes/")
    clerk.lead("Enter")
    expect(page.locator("main")).to_contain_text(say("line.end.ANSWER"))
    assert clerk.kept("hand") is None


@pytest.mark.parametrize("stage", ["free", "called", "form", "case"])
def test_the_focus_reaches_everything_is_never_covered_and_comes_out_again(clerk, house, stage):
    """WCAG 2.1.1, 2.1.2, 2.4.3, 2.4.11"""
    page = clerk.page
    if stage != "free":
        clerk.lead("F2")
    if stage in ("form", "case"):
        clerk.lead("Enter")
    if stage == "case":
        read_off(clerk, house.visitor())
        clerk.reach("kind")
        clerk.press("Digit1")
        clerk.lead("Enter")

    page.locator(".skip").focus()
    clerk.press("Enter", "Tab")
    first = page.evaluate(
        "document.activeElement.closest('.cockpit__main, .nextup, .cockpit__side')?.className"
    )
    reached, covered = [], []
    page.locator(".skip").focus()
    for _ in range(200):
        clerk.press("Tab")
        if page.evaluate(
            "document.activeElement === document.body || document.activeElement.matches('.skip')"
        ):
            break
        reached.append(page.evaluate(_FOCUSED))
        covered += [reached[-1]] if page.evaluate(_COVERED) else []

    assert str(first).startswith("nextup" if stage == "called" else "cockpit__main")
    assert covered == []
    assert len(reached) < 200
    wanted = page.evaluate(_TO_REACH)
    assert len([one for one in reached if one in ("A", "BUTTON", "end", "open", "with_ticket")]) >= wanted
