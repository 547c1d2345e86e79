"""A referral's control code checked, with a network and without."""

from tests.stories.browser.stops.stop import Stop
from tests.stories.browser.walk import Walker


def _check_nothing_offline(walker: Walker) -> None:
    # Fetched a moment ago, though the clock of the demonstration stands elsewhere than the reader's.
    assert walker.page.locator("#old").is_hidden()
    walker.page.locator("#text").fill(walker.house.address("/verify/?"))
    walker.button("offline.check").click()
    walker.page.locator("#answer [data-finding=damaged]").wait_for()


STOPS = (
    Stop("verify", "portal:verify", "/verify/"),
    Stop("verify-nothing", "portal:verify", "/verify/?n=&d=&c=", status=422),
    Stop("verify-not-ours", "portal:verify", "/verify/?n=1&d=2026-03-17&c=AAAA"),
    Stop("verify-valid", "portal:verify", "/verify/?{verified}"),
    Stop("verify-offline", "portal:verify-offline", "/verify/offline/"),
    Stop("verify-offline-damaged", "portal:verify-offline", "/verify/offline/", act=_check_nothing_offline),
)

NO_PAGES = {
    "portal:verify-keys": "data",
}
