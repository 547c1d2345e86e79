"""Who may do what at the line of a place."""

from joldama.people.models import Place, Staff
from joldama.people.rules import may_see_cases, works_for
from joldama.standard.roles import Role


def may_see_line(staff: Staff, place: Place) -> bool:
    """Specialist, head and deputy see the lines of their own office's places."""
    return may_see_cases(staff) and works_for(staff, place.office_id)


def may_work_line(staff: Staff, place: Place) -> bool:
    """A specialist gives tickets, calls and serves at his own office's places."""
    return staff.role == Role.SPECIALIST and works_for(staff, place.office_id)
