"""Which page is each role's first: where one comes after signing in, and the way back to one's work."""

from joldama.people.models import Staff
from joldama.standard.roles import Role

OWN = "desk:work"
LANDINGS = {
    Role.REFERENCE_SERVICE: "helpdesk:status",
    Role.OPERATOR_1414: "helpdesk:status",
    Role.CHANCERY: "chancery:register",
    Role.AKIM: "chancery:register",
    Role.QUALITY_OFFICIAL: "chancery:register",
    Role.ADMINISTRATOR: "administration:home",
    Role.AUDITOR: "reports:report",
}
"""Names of the first pages; whose role is not here, specialist, head and deputy, has the work list."""


def landing_of(staff: Staff) -> str:
    """Give the name of the official's first page."""
    return LANDINGS.get(staff.duty, OWN)
