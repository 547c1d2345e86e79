"""Every page as its reader has it: axe by day and by night, on a phone and a desk, nothing beyond the edge."""

import re
from pathlib import Path

import pytest

from joldama.desk.landing import LANDINGS, OWN
from tests.house.test_pages import passes, rules, visitors
from tests.stories.browser.looking import (
    DESK,
    FOR_THE_OTHERS,
    ONCE_EACH,
    PHONE,
    axe,
    faults,
    go,
    keep_pictures,
)
from tests.stories.browser.stops import tour
from tests.stories.browser.stops.roles import COUNTER, HELPDESK, OTHER_BODIES
from tests.stories.browser.stops.tour import NO_PAGES, ROOMS, STOPS
from tests.stories.browser.walk import TALL

pytestmark = pytest.mark.browser

_BREAK = """() => {
  const main = document.querySelector("main"), pale = document.createElement("p");
  pale.id = "pale";
  pale.textContent = "бледно";
  pale.style.color = "#666";
  pale.style.width = "500px";
  for (const [id, shade, size] of [["faint", "#999", "16px"], ["large", "#aaa", "32px"], ["clear", "#333", "16px"]]) {
    const text = document.createElement("p");
    text.id = id;
    text.textContent = "видно?";
    text.style.color = shade;
    text.style.fontSize = size;
    main.append(text);
  }
  const heading = document.createElement("h1");
  heading.textContent = "ещё раз";
  main.append(pale, heading, document.createElement("img"));
  for (const word of ["а", "б"]) {
    const small = document.createElement("button");
    small.textContent = word;
    small.style.cssText = "all: unset; font-size: 9px; cursor: pointer";
    main.append(small);
  }
}"""


LONG = pytest.mark.long


@pytest.mark.parametrize(
    ("desk", "phone"), [("light", "dark"), pytest.param("dark", "light", marks=LONG)], ids=["day", "night"]
)
@pytest.mark.parametrize(("stop", "role"), ONCE_EACH)
def test_axe_finds_nothing_on_the_page_on_a_desk_and_on_a_phone(stop, role, desk, phone, visits, scene):
    walker = visits(role, "kk")

    go(walker, stop, scene, DESK)
    found = faults(walker, DESK) + axe(walker, DESK, desk) + axe(walker, PHONE, phone)
    found += faults(walker, PHONE)
    keep_pictures(walker, stop, role, scene)

    assert found == []


@pytest.mark.parametrize("width", [DESK, pytest.param(PHONE, marks=LONG)])
@pytest.mark.parametrize(("stop", "role"), FOR_THE_OTHERS)
def test_axe_finds_nothing_on_the_page_as_others_see_it(stop, role, width, visits, scene):
    walker = visits(role, "kk")

    go(walker, stop, scene, width)
    found = faults(walker, width) + axe(walker, width, "light")
    keep_pictures(walker, stop, role, scene)

    assert found == []


def test_faults_of_a_page_are_seen(visits, scene):
    walker = visits("stranger", "ru")
    walker.page.set_viewport_size({"width": PHONE, "height": TALL})
    walker.open("/about-signing/")

    walker.page.evaluate(_BREAK)

    assert faults(walker, PHONE) == ["ru 360: one h1", "ru 360: 140 px beyond the edge"]
    found = dict(each.split(": ", 2)[1:] for each in axe(walker, PHONE, "light"))
    assert set(found) == {"color-contrast-enhanced", "image-alt", "target-size"}
    assert set(re.findall(r"#(?:pale|faint|large|clear)\b", found["color-contrast-enhanced"])) == {
        "#pale",
        "#faint",
        "#large",
    }


def test_every_page_of_every_role_is_among_those_looked_at():
    seen = {(stop.page, role) for stop in STOPS for role in stop.roles}
    officials = (*COUNTER, "administrator", "auditor", *HELPDESK, "chancery", *OTHER_BODIES)
    in_the_scene = ("person", *officials)
    who = visitors()
    everybody = len(who)

    unseen = []
    for page, access in rules().items():
        allowed = [name for name, visitor in who.items() if passes(access, visitor)]
        wanted = ["stranger"] if len(allowed) == everybody else [r for r in allowed if r in in_the_scene]
        # Whose first page is another is led on from the work list.
        wanted = [role for role in wanted if not (page == OWN and role in LANDINGS)]
        unseen += [(page, role) for role in wanted if page not in NO_PAGES and (page, role) not in seen]

    assert unseen == []


def test_every_room_s_stops_are_on_the_tour_and_each_has_a_name_of_its_own():
    rooms = {
        path.stem
        for path in Path(tour.__file__).parent.glob("*.py")
        if "\nSTOPS = " in path.read_text("utf-8")
    }
    names = [stop.name for stop in STOPS]

    assert {room.__name__.rpartition(".")[2] for room in ROOMS} == rooms
    assert [name for name in names if names.count(name) > 1] == []
