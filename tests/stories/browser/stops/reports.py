"""The reports and the rows behind a figure."""

from tests.stories.browser.stops.roles import SIGNER
from tests.stories.browser.stops.stop import Stop
from tests.stories.browser.walk import Walker


def _open_rows(walker: Walker) -> None:
    walker.page.locator("main td a").first.click()
    walker.page.wait_for_url("**/reports/rows/**")


STOPS = (
    Stop("report", "reports:report", "/reports/", (*SIGNER, "auditor")),
    Stop("report-unclear", "reports:report", "/reports/?month=x", ("head",), status=422),
    Stop("report-nothing", "reports:report", "/reports/?month=2015-05", ("auditor",)),
    Stop("report-rows", "reports:rows", "/reports/", (*SIGNER, "auditor"), _open_rows),
)

NO_PAGES = {
    "reports:report-csv": "a file",
    "reports:rows-csv": "a file",
}
