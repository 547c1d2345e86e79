"""Who may do what at the line of a place."""

from joldama.people.models import Place, Staff
from joldama.people.rules import may_see_cases, works_for
from joldama.reception.windows import Window
from joldama.standard.roles import Role


def may_see_line(staff: Staff, place: Place) -> bool:
    """Specialist, head and deputy see the lines of their own office's places."""
    return may_see_cases(staff) and works_for(staff, place.office_id)


def may_work_line(staff: Staff, place: Place) -> bool:
    """A specialist gives tickets, calls and serves at his own office's places."""
    return staff.role == Role.SPECIALIST and works_for(staff, place.office_id)


def may_run_window(staff: Staff, window: Window) -> bool:
    """Who sits at a window pauses it, resumes it and closes it."""
    return window.specialist_id == staff.pk and may_work_line(staff, window.line.place)


def may_close_window(staff: Staff, window: Window) -> bool:
    """The head or the deputy may close a window that somebody has left open: it would count as one that calls."""
    is_over_it = staff.role in (Role.HEAD, Role.DEPUTY) and works_for(staff, window.line.place.office_id)
    return is_over_it or may_run_window(staff, window)
