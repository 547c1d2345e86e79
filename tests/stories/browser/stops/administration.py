"""What an administrator keeps: offices, places, staff, breaks, the calendar, systems of others."""

from tests.stories.browser.stops.acts import send_main
from tests.stories.browser.stops.roles import ADMINISTRATOR
from tests.stories.browser.stops.stop import Stop
from tests.stories.browser.walk import Walker


def _send_break(walker: Walker) -> None:
    walker.page.locator("main form").filter(has=walker.page.locator("[name=starts_on]")).locator(
        "button"
    ).click()
    walker.page.locator(".errors").wait_for()


def _invite(walker: Walker) -> None:
    walker.button("administration.invite").click()
    walker.page.locator("dd.mono").wait_for()


def _send_no_partner(walker: Walker) -> None:
    walker.button("administration.partners.add").click()
    walker.page.locator(".errors").wait_for()


def _give_key(walker: Walker) -> None:
    walker.button("administration.partners.renew").click()
    walker.page.locator("dd.mono").wait_for()


STOPS = (
    Stop("desk-breaks", "desk:breaks", "/desk/breaks/", ("administrator",)),
    Stop("desk-breaks-nothing", "desk:breaks", "/desk/breaks/", ("administrator",), _send_break),
    Stop("desk-calendar", "desk:calendar", "/desk/calendar/", ("administrator",)),
    Stop("desk-calendar-nothing", "desk:calendar", "/desk/calendar/", ("administrator",), send_main),
    Stop("administration", "administration:home", "/administration/", ADMINISTRATOR),
    Stop("administration-centre", "administration:centre", "/administration/centre/", ADMINISTRATOR),
    Stop("administration-journal", "administration:journal", "/administration/journal/", ADMINISTRATOR),
    Stop("administration-partners", "administration:partners", "/administration/partners/", ADMINISTRATOR),
    Stop(
        "administration-partners-nothing",
        "administration:partners",
        "/administration/partners/",
        ADMINISTRATOR,
        act=_send_no_partner,
    ),
    Stop(
        "administration-partner-new-key",
        "administration:partner-key",
        "/administration/partners/{partner}/key/",
        ADMINISTRATOR,
    ),
    Stop(
        "administration-partner-key",
        "administration:partner-key",
        "/administration/partners/{partner}/key/",
        ADMINISTRATOR,
        act=_give_key,
    ),
    Stop(
        "administration-partner-end",
        "administration:partner-end",
        "/administration/partners/{partner}/end/",
        ADMINISTRATOR,
    ),
    Stop("administration-offices", "administration:offices", "/administration/offices/", ADMINISTRATOR),
    Stop(
        "administration-office", "administration:office", "/administration/offices/{office}/", ADMINISTRATOR
    ),
    Stop(
        "administration-enter-office",
        "administration:enter-office",
        "/administration/offices/new/",
        ADMINISTRATOR,
    ),
    Stop(
        "administration-enter-office-nothing",
        "administration:enter-office",
        "/administration/offices/new/",
        ADMINISTRATOR,
        send_main,
    ),
    Stop(
        "administration-change-office",
        "administration:change-office",
        "/administration/offices/{office}/change/",
        ADMINISTRATOR,
    ),
    Stop(
        "administration-enter-place",
        "administration:enter-place",
        "/administration/offices/{office}/places/new/",
        ADMINISTRATOR,
    ),
    Stop(
        "administration-change-place",
        "administration:change-place",
        "/administration/places/{kept_place}/change/",
        ADMINISTRATOR,
    ),
    Stop("administration-staff", "administration:staff", "/administration/staff/", ADMINISTRATOR),
    Stop("administration-staff-none", "administration:staff", "/administration/staff/?q=xyz", ADMINISTRATOR),
    Stop("administration-appoint", "administration:appoint", "/administration/staff/new/", ADMINISTRATOR),
    Stop(
        "administration-appoint-nothing",
        "administration:appoint",
        "/administration/staff/new/",
        ADMINISTRATOR,
        send_main,
    ),
    Stop(
        "administration-official", "administration:official", "/administration/staff/{deputy}/", ADMINISTRATOR
    ),
    Stop(
        "administration-change-post",
        "administration:change-post",
        "/administration/staff/{deputy}/change/",
        ADMINISTRATOR,
    ),
    Stop(
        "administration-leaving",
        "administration:leaving",
        "/administration/staff/{deputy}/leaving/",
        ADMINISTRATOR,
    ),
    Stop(
        "administration-enter-order",
        "administration:enter-order",
        "/administration/staff/{deputy}/orders/new/",
        ADMINISTRATOR,
    ),
    Stop("administration-resets", "administration:resets", "/administration/second-factor/", ADMINISTRATOR),
    Stop(
        "administration-invitation",
        "administration:invite",
        "/administration/staff/{deputy}/",
        ADMINISTRATOR,
        _invite,
    ),
    Stop("administration-invited", "administration:invited", "/administration/invitation/"),
    Stop(
        "administration-invited-nothing",
        "administration:invited",
        "/administration/invitation/",
        act=send_main,
    ),
)

NO_PAGES = {
    "desk:call-off-break": "leads on",
    "administration:staying": "leads on",
    "administration:call-off-order": "leads on",
    "administration:ask-reset": "leads on",
    "administration:confirm-reset": "leads on",
    "administration:call-off-reset": "leads on",
}
