"""What anybody reads on the portal: the service, its law, offices, conditions, breaks; the demonstration's people."""

from tests.stories.browser.stops.acts import open_all
from tests.stories.browser.stops.stop import Stop
from tests.stories.browser.walk import Walker


def _ask_what_is_open(walker: Walker) -> None:
    walker.fill(born_on="15.01.1950")
    walker.choose("unemployed", "yes")
    walker.button("may.show").click()
    walker.page.locator("#answer").wait_for()


def _ask_with_no_birth_date(walker: Walker) -> None:
    walker.fill(born_on="15.01.3000")
    walker.button("may.show").click()
    walker.page.locator(".errors").wait_for()


STOPS = (
    Stop("start", "portal:start", "/"),
    Stop("start-reckoned", "portal:start", "/", act=open_all),
    Stop("passport", "portal:passport", "/passport/"),
    Stop("standard", "portal:standard", "/standard/"),
    Stop("standard-of-no-day", "portal:standard", "/standard/?on=27.04.2015", status=422),
    Stop("paragraph", "portal:paragraph", "/standard/4.1/"),
    Stop("offices", "portal:offices", "/offices/"),
    Stop("offices-none", "portal:offices", "/offices/?q=xyz"),
    Stop("appeal", "portal:appeal", "/appeal/"),
    Stop("conditions", "portal:conditions", "/conditions/", act=open_all),
    Stop("conditions-of-no-day", "portal:conditions", "/conditions/?on=27.04.2015", status=422),
    Stop("may", "portal:may", "/conditions/mine/"),
    Stop("may-told", "portal:may", "/conditions/mine/", act=_ask_what_is_open),
    Stop("may-fault", "portal:may", "/conditions/mine/", act=_ask_with_no_birth_date),
    Stop("breaks", "portal:breaks", "/breaks/"),
    Stop("not-found", "portal:start", "/nowhere/", status=404),
    Stop("demo-people", "demo:people", "/demo/"),
)

NO_PAGES = {
    "portal:passport-json": "data",
}
