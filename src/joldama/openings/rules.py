"""Who keeps organisations and openings; heads and deputies of the office see them."""

from joldama.openings.models import Opening
from joldama.people.models import Staff
from joldama.people.rules import works_for
from joldama.standard.roles import Role


def may_keep_organisations(staff: Staff) -> bool:
    """Specialists of every provider keep organisations and confirm their contacts."""
    return staff.role == Role.SPECIALIST


def may_keep(staff: Staff, opening: Opening) -> bool:
    """Specialists keep the openings of their own office."""
    return may_keep_organisations(staff) and works_for(staff, opening.office_id)
