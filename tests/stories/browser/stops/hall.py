"""The hall: its display, a ticket, the kiosk."""

from tests.stories.browser.scene import ENDED_KIOSK
from tests.stories.browser.stops.acts import send
from tests.stories.browser.stops.stop import Stop
from tests.stories.browser.walk import Walker


def _open_kiosk(walker: Walker) -> None:
    walker.page.locator("#hall").select_option("aktau")
    walker.button("demo.kiosk.open").click()
    walker.page.wait_for_url("**/hall/kiosk/")
    walker.page.goto(f"/hall/kiosk/?in={walker.language}")
    _stand_still(walker)


def _open_ended_kiosk(walker: Walker) -> None:
    address = walker.house.address("/hall/kiosk/")
    walker.page.context.add_cookies([{"name": "kiosk", "value": ENDED_KIOSK, "url": address}])
    walker.page.goto(f"/hall/kiosk/?in={walker.language}")
    walker.page.locator(".kiosk__closed").wait_for()
    _stand_still(walker)


def _take_at_kiosk(walker: Walker) -> None:
    _open_kiosk(walker)
    walker.page.locator("[data-take] button").click()
    walker.page.wait_for_url("**/hall/kiosk/tickets/**")
    _stand_still(walker)


def _stand_still(walker: Walker) -> None:
    walker.page.evaluate("document.querySelector('[data-kiosk]').dataset.return = 9999")


def _type_wrong_code(walker: Walker) -> None:
    walker.fill(code="")
    send(walker)


STOPS = (
    Stop("display", "hall:display", "/hall/{place}/"),
    Stop("ticket", "hall:ticket", "/hall/tickets/{ticket}/"),
    Stop("ticket-unknown", "hall:ticket", "/hall/tickets/6f6d2a8e-6c43-4a52-9a3e-0d3cf1b3a111/", status=404),
    Stop("kiosk", "hall:kiosk", "/demo/", act=_open_kiosk),
    Stop("kiosk-ticket", "hall:kiosk-ticket", "/demo/", act=_take_at_kiosk),
    Stop("kiosk-ended", "hall:kiosk", "/demo/", act=_open_ended_kiosk),
    Stop("kiosk-set-up", "hall:kiosk-set-up", "/hall/kiosk/set-up/"),
    Stop("kiosk-set-up-fault", "hall:kiosk-set-up", "/hall/kiosk/set-up/", act=_type_wrong_code),
)

NO_PAGES = {
    "demo:kiosk": "leads on",
}
