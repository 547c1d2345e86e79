"""Every page somebody may see, as a stop of a tour; each room's stops stand in a module of its own.

A room says what is looked at (`STOPS`), and at which addresses nothing is looked at, and why (`NO_PAGES`).
"""

from tests.stories.browser.stops import (
    administration,
    answers,
    applicant,
    cases,
    checking,
    complaints,
    counter,
    hall,
    helpdesk,
    openings,
    paper,
    portal,
    reports,
    signing,
)
from tests.stories.browser.stops.stop import Stop

ROOMS = (
    portal,
    signing,
    applicant,
    checking,
    answers,
    hall,
    complaints,
    helpdesk,
    counter,
    cases,
    openings,
    paper,
    reports,
    administration,
)

STOPS: tuple[Stop, ...] = tuple(stop for room in ROOMS for stop in room.STOPS)

NO_PAGES: dict[str, str] = {page: why for room in ROOMS for page, why in room.NO_PAGES.items()}
