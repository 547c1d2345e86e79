"""Openings and organisations at the desk; tables that are handed in."""

from tests.stories.browser.stops.acts import send_main
from tests.stories.browser.stops.roles import COUNTER, SPECIALIST
from tests.stories.browser.stops.stop import Stop
from tests.stories.browser.walk import Walker


def _send_no_table(walker: Walker) -> None:
    walker.button("desk.imports.send").click()
    walker.page.locator(".errors").wait_for()


STOPS = (
    Stop("desk-openings", "desk:openings", "/desk/openings/", COUNTER),
    Stop("desk-openings-none", "desk:openings", "/desk/openings/?kind=YOUTH_PRACTICE&closed=on", SPECIALIST),
    Stop("desk-opening", "desk:opening", "/desk/openings/{opening}/", COUNTER),
    Stop("desk-opening-correct", "desk:correct-opening", "/desk/openings/{opening}/correct/", SPECIALIST),
    Stop("desk-opening-close", "desk:close-opening", "/desk/openings/{opening}/close/", SPECIALIST),
    Stop("desk-organisations", "desk:organisations", "/desk/organisations/", COUNTER),
    Stop("desk-organisation", "desk:organisation", "/desk/organisations/{organisation}/", COUNTER),
    Stop(
        "desk-organisation-enter",
        "desk:enter-organisation",
        "/desk/organisations/new/",
        SPECIALIST,
        send_main,
    ),
    Stop(
        "desk-organisation-correct",
        "desk:correct-organisation",
        "/desk/organisations/{organisation}/correct/",
        SPECIALIST,
    ),
    Stop(
        "desk-organisation-contact",
        "desk:confirm-contact",
        "/desk/organisations/{organisation}/contact/",
        SPECIALIST,
        send_main,
    ),
    Stop(
        "desk-opening-kind",
        "desk:enter-opening",
        "/desk/organisations/{organisation}/openings/new/",
        SPECIALIST,
    ),
    Stop(
        "desk-opening-enter",
        "desk:enter-opening",
        "/desk/organisations/{organisation}/openings/new/?kind=VOCATIONAL_TRAINING",
        SPECIALIST,
        send_main,
    ),
    Stop("desk-imports", "desk:imports", "/desk/imports/", COUNTER),
    Stop("desk-imports-nothing", "desk:imports", "/desk/imports/", COUNTER, act=_send_no_table),
    Stop("desk-import-taken", "desk:import", "/desk/imports/{table_taken}/", COUNTER),
    Stop(
        "desk-import-take-back",
        "desk:import-take-back",
        "/desk/imports/{table_taken}/take-back/",
        SPECIALIST,
    ),
    Stop("desk-import-waits", "desk:import", "/desk/imports/{table_waits}/", COUNTER),
    Stop("desk-import-refused", "desk:import", "/desk/imports/{table_refused}/", COUNTER),
)

NO_PAGES = {
    "desk:openings-template": "a file",
    "desk:organisations-template": "a file",
    "desk:import-report": "a file",
    "desk:import-workbook": "a file",
    "api:description": "data",
    "api:openings": "data, for a partner's system",
    "api:close-openings": "data, for a partner's system",
}
