"""The reference service and 1414: what is told of a case, whom to appeal to."""

from tests.stories.browser.stops.acts import send
from tests.stories.browser.stops.roles import HELPDESK
from tests.stories.browser.stops.stop import Stop
from tests.stories.browser.walk import Walker


def _ask_absent(walker: Walker) -> None:
    walker.fill(number="АСТ-2026-999999", iin="900115267840")
    walker.button("helpdesk.look").click()
    walker.page.locator(".banner--warn").wait_for()


def _ask_of_another_office(walker: Walker) -> None:
    walker.fill(**walker.house.asked)
    walker.button("helpdesk.look").click()
    walker.page.locator(".banner--bad").wait_for()


def _show_document(walker: Walker) -> None:
    walker.fill(iin=walker.house.asked["iin"])
    walker.tick("is_shown")
    walker.button("helpdesk.look").click()
    walker.page.locator("#answer").wait_for()


STOPS = (
    Stop("helpdesk-status", "helpdesk:status", "/helpdesk/", HELPDESK),
    Stop("helpdesk-status-nothing", "helpdesk:status", "/helpdesk/", HELPDESK, send),
    Stop("helpdesk-status-absent", "helpdesk:status", "/helpdesk/", HELPDESK, _ask_absent),
    Stop("helpdesk-status-told", "helpdesk:status", "/helpdesk/", HELPDESK[:1], _show_document),
    Stop("helpdesk-status-other", "helpdesk:status", "/helpdesk/", ("elsewhere",), _ask_of_another_office),
    Stop("helpdesk-appeal", "helpdesk:appeal", "/helpdesk/appeal/", HELPDESK),
)

NO_PAGES: dict[str, str] = {}
