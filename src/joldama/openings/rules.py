"""Who keeps organisations and openings."""

from joldama.openings.models import Opening
from joldama.people.models import Staff
from joldama.people.rules import may_see_cases, works_for


def may_keep_organisations(staff: Staff) -> bool:
    """Specialists, heads and deputies of every provider keep organisations and confirm their contacts."""
    return may_see_cases(staff)


def may_keep(staff: Staff, opening: Opening) -> bool:
    """Specialists, heads and deputies keep the openings of their own office."""
    return may_see_cases(staff) and works_for(staff, opening.office_id)
