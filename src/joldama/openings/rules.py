"""Who keeps organisations and openings, and whose places an office may fill; heads and deputies see their own."""

from uuid import UUID

from joldama.openings.models import Opening
from joldama.people.models import Staff
from joldama.people.rules import works_for
from joldama.standard.kinds import ResultKind
from joldama.standard.roles import Role

OF_ANY_OFFICE = frozenset({ResultKind.JOB_PLACEMENT})
"""Kinds whose places every office may fill: an employer takes whom he likes, from wherever.

Work under a contract, practice and courses are paid by the office that keeps them, for people it registered
(2001 law; art. 20 and the rules under it): their places are its own.
"""


def may_send_to(opening: Opening, *, office_id: UUID) -> bool:
    """Say whether an office may send somebody to an opening: its own, or anybody's of a kind that is open to all."""
    return opening.office_id == office_id or opening.kind in OF_ANY_OFFICE


def may_keep_organisations(staff: Staff) -> bool:
    """Specialists of every provider keep organisations and confirm their contacts."""
    return staff.role == Role.SPECIALIST


def may_keep(staff: Staff, opening: Opening) -> bool:
    """Specialists keep the openings of their own office."""
    return may_keep_organisations(staff) and works_for(staff, opening.office_id)
