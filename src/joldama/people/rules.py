"""Who may act for whom."""

from datetime import date

from joldama.people.models import Staff
from joldama.people.queries import deputising
from joldama.standard.roles import Role

WITHOUT_OFFICE = frozenset({Role.ADMINISTRATOR, Role.AUDITOR, Role.OPERATOR_1414})
"""Roles that belong to no office; whoever has another one works at an office's place."""

COUNTER_ROLES = frozenset({Role.SPECIALIST, Role.HEAD, Role.DEPUTY})


def works_for(staff: Staff, office_id: object) -> bool:
    """Say whether the official belongs to this office (R3.1-b)."""
    return staff.office_id is not None and staff.office_id == office_id


def may_sign_for_office(staff: Staff, office_id: object, *, on: date) -> bool:
    """Say whether the official is the office's head, or its deputy by an order, on this local day (A36)."""
    if not works_for(staff, office_id) or (staff.left_on and staff.left_on <= on):
        return False
    return staff.role == Role.HEAD or (staff.role == Role.DEPUTY and deputising(staff, on=on) is not None)


def may_see_cases(staff: Staff) -> bool:
    """Say whether the role sees the cases of its office at all (§4.8)."""
    return Role(staff.role) in COUNTER_ROLES


def answers_in_person(staff: Staff) -> bool:
    """Say whether people come to him with their document: to a provider's reference service (R14.1-a)."""
    return staff.role == Role.REFERENCE_SERVICE and staff.office_id is not None


def may_administer(staff: Staff) -> bool:
    """Say whether the official keeps offices, places and staff (§4.8); he sees no cases and no persons."""
    return staff.role == Role.ADMINISTRATOR
