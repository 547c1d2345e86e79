"""Who sees a complaint and who does what with it (R10.1-c, R10.6-c): small predicates, composed.

Only the chancery of the body addressed, the addressee himself and whom it was given to. Never the official
complained of, nor those under him: not even that it exists.
"""

from datetime import date

from joldama.cases.models import Application
from joldama.complaints.models import Complaint
from joldama.complaints.queries import ABOVE
from joldama.people.models import Person, Staff
from joldama.people.queries import deputising
from joldama.people.rules import works_for
from joldama.standard.complaint_workflow import COMPLAINT, ComplaintMove
from joldama.standard.complaints import ComplaintAddressee
from joldama.standard.roles import Role

CHANCERY_ROLES = frozenset(
    {Role.CHANCERY, Role.HEAD, Role.DEPUTY, Role.SPECIALIST, Role.AKIM, Role.QUALITY_OFFICIAL}
)
"""Whose pages the chancery's are; each row is limited further."""


def is_complained_of(staff: Staff, complaint: Complaint) -> bool:
    """Say whether the official is the one complained of, or under him (R10.6-c)."""
    against = complaint.official
    if against is None:
        return False
    if against.pk == staff.pk:
        return True
    return works_for(staff, against.office_id) and against.role in ABOVE.get(Role(staff.role), ())


def is_addressee(staff: Staff, complaint: Complaint, *, on: date) -> bool:
    """Say whether he answers for the body addressed on this local day; never who is complained of (A27)."""
    if (
        not works_for(staff, complaint.office_id)
        or is_complained_of(staff, complaint)
        or _has_left(staff, on)
    ):
        return False
    match ComplaintAddressee(complaint.addressee):
        case ComplaintAddressee.AKIM:
            return staff.role == Role.AKIM
        case ComplaintAddressee.QUALITY:
            return staff.role == Role.QUALITY_OFFICIAL
        case ComplaintAddressee.HEAD if is_about_head(complaint):
            return staff.role == Role.DEPUTY
        case ComplaintAddressee.HEAD:
            return staff.role == Role.HEAD or (
                staff.role == Role.DEPUTY and deputising(staff, on=on) is not None
            )


def is_about_head(complaint: Complaint) -> bool:
    """Say whether the head is complained of before himself: a deputy answers then (A27)."""
    return (
        complaint.official is not None
        and complaint.official.role == Role.HEAD
        and complaint.official.office_id == complaint.office_id
    )


def is_chancery(staff: Staff, complaint: Complaint) -> bool:
    """Say whether it lies in this officer's chancery, and he is not the one complained of."""
    return (
        staff.role == Role.CHANCERY
        and works_for(staff, complaint.office_id)
        and not is_complained_of(staff, complaint)
    )


def may_see(staff: Staff, complaint: Complaint, *, on: date) -> bool:
    """The chancery, the addressee and whom it was given to; nobody else (R10.6-c)."""
    if is_complained_of(staff, complaint):
        return False
    return (
        is_chancery(staff, complaint)
        or is_addressee(staff, complaint, on=on)
        or complaint.assigned_to_id == staff.pk
    )


def may_register(staff: Staff, complaint: Complaint) -> bool:
    """The chancery registers what came through the portal."""
    return is_chancery(staff, complaint) and _is_open_to(ComplaintMove.REGISTER, complaint)


def may_assign(staff: Staff, complaint: Complaint, *, on: date) -> bool:
    """The addressee takes it up: himself, or by giving it to somebody of his body."""
    return is_addressee(staff, complaint, on=on) and _is_open_to(ComplaintMove.CONSIDER, complaint)


def may_consider(staff: Staff, complaint: Complaint) -> bool:
    """May it be given to this official: of the body, not complained of, took no part in the case?"""
    return (
        works_for(staff, complaint.office_id)
        and staff.role in CHANCERY_ROLES - {Role.CHANCERY}
        and not is_complained_of(staff, complaint)
        and not took_part(staff, complaint.application)
    )


def took_part(staff: Staff, application: Application | None) -> bool:
    """Say whether the official registered, took, drafted or signed the case complained of."""
    if application is None:
        return False
    decision = application.decision
    hands = {application.registered_by_id, application.taken_by_id}
    if decision is not None:
        hands |= {decision.drafted_by_id, decision.signed_by_id}
    return staff.pk in hands


def may_answer(staff: Staff, complaint: Complaint, *, on: date) -> bool:
    """The addressee signs the answer, whoever prepared it (R10.4-a)."""
    return is_addressee(staff, complaint, on=on) and _is_open_to(ComplaintMove.ANSWER, complaint)


def may_refuse(staff: Staff, complaint: Complaint, *, on: date) -> bool:
    """The addressee refuses to consider on a ground of the closed list (A16)."""
    return is_addressee(staff, complaint, on=on) and _is_open_to(ComplaintMove.REFUSE, complaint)


def may_forward(staff: Staff, complaint: Complaint, *, on: date) -> bool:
    """The addressee or the chancery forwards what belongs to another body (A16)."""
    return _is_of_body(staff, complaint, on=on) and _is_open_to(ComplaintMove.FORWARD, complaint)


def may_mark_executed(staff: Staff, complaint: Complaint, *, on: date) -> bool:
    """The addressee or the chancery marks that the decision was carried out and the answer sent."""
    return _is_of_body(staff, complaint, on=on) and _is_open_to(ComplaintMove.EXECUTE, complaint)


def may_withdraw(person: Person, complaint: Complaint) -> bool:
    """The complainant takes his own complaint back while nothing was answered."""
    return complaint.person_id == person.pk and _is_open_to(ComplaintMove.WITHDRAW, complaint)


def may_register_paper(staff: Staff) -> bool:
    """An officer of a chancery registers what comes by post or is handed in."""
    return staff.role == Role.CHANCERY and staff.office_id is not None


def _is_of_body(staff: Staff, complaint: Complaint, *, on: date) -> bool:
    return is_chancery(staff, complaint) or is_addressee(staff, complaint, on=on)


def _is_open_to(move: ComplaintMove, complaint: Complaint) -> bool:
    return COMPLAINT.find(move, complaint.state) is not None


def _has_left(staff: Staff, on: date) -> bool:
    return staff.left_on is not None and staff.left_on <= on
