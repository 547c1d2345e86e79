"""Who may do what with a case (§4.8): small predicates, composed; pages and procedures name one."""

from datetime import date

from joldama.cases.models import Application
from joldama.people.models import Person, Place, Staff
from joldama.people.rules import may_see_cases, may_sign_for_office, works_for
from joldama.standard.roles import Role
from joldama.standard.workflows import APPLICATION, ApplicationMove, ApplicationState


def may_see(staff: Staff, application: Application) -> bool:
    """Specialist, head and deputy see their own office's cases."""
    return may_see_cases(staff) and works_for(staff, application.office_id)


def may_tell_status(staff: Staff, application: Application) -> bool:
    """1414 answers about every case, a reference service about its own office's (¶14, R14.1-a)."""
    if staff.role == Role.REFERENCE_SERVICE:
        return works_for(staff, application.office_id)
    return staff.role == Role.OPERATOR_1414


def may_register(staff: Staff, place: Place) -> bool:
    """A specialist registers the package of a person at his own office's place, or notes why not."""
    return staff.role == Role.SPECIALIST and works_for(staff, place.office_id)


def may_take(staff: Staff, application: Application) -> bool:
    """A specialist of the office takes a registered case."""
    return _prepares(staff, application) and _is_open_to(ApplicationMove.TAKE, application)


def may_prepare(staff: Staff, application: Application) -> bool:
    """The specialist prepares the draft of a case in progress, or of the corrected result (R6.2-b)."""
    return _prepares(staff, application) and is_to_be_decided(application)


def may_decide(staff: Staff, application: Application, *, on: date) -> bool:
    """The head, or a deputy by order, signs the decision of a case in progress (A36)."""
    return may_sign_for_office(staff, application.office_id, on=on) and is_to_be_decided(application)


def may_recall(staff: Staff, application: Application, *, on: date) -> bool:
    """Who signs for the office recalls a decision that is held back, whoever of them signed it."""
    return is_held_back(application) and may_sign_for_office(staff, application.office_id, on=on)


def is_held_back(application: Application) -> bool:
    """Say whether the decision of a case is signed, and nothing has come of it yet."""
    is_open = application.state == ApplicationState.IN_PROGRESS or application.correction_asked_at is not None
    return is_open and application.decision is not None and application.decision.is_held_back


def is_to_be_decided(application: Application) -> bool:
    """Say whether a result of the case may be drafted and signed: it is in progress, or a corrected one is awaited."""
    is_open = _is_open_to(ApplicationMove.SIGN, application) or application.correction_asked_at is not None
    return is_open and not is_held_back(application)


def may_propose_annulment(staff: Staff, application: Application) -> bool:
    """Whoever sees the case may say that its result is wrong; none is annulled while its correction is awaited."""
    return (
        may_see(staff, application)
        and application.state in (ApplicationState.SIGNED, ApplicationState.ISSUED)
        and application.correction_asked_at is None
    )


def may_annul(staff: Staff, application: Application, *, on: date) -> bool:
    """Who signs for the office confirms that its result is annulled, as the second person (R6.2-b)."""
    return may_sign_for_office(staff, application.office_id, on=on) and may_propose_annulment(
        staff, application
    )


def may_enter_paper_result(staff: Staff, application: Application, *, on: date) -> bool:
    """Who signs for the office enters the result of a case that was kept on paper, until it is taken (S26)."""
    return (
        application.is_from_paper
        and may_sign_for_office(staff, application.office_id, on=on)
        and _is_open_to(ApplicationMove.TAKE, application)
    )


def may_offer(staff: Staff, application: Application) -> bool:
    """A specialist offers the signed result at the counter (R4.1-e)."""
    return (
        _prepares(staff, application)
        and _is_open_to(ApplicationMove.ISSUE, application)
        and application.correction_asked_at is None
    )


def may_ask_about_referral(staff: Staff, application: Application) -> bool:
    """A specialist of the office records the slip of a referral, or asks what became of it."""
    return _prepares(staff, application)


def may_withdraw(person: Person, application: Application) -> bool:
    """The person withdraws his own application before it is decided."""
    return application.person_id == person.pk and _is_open_to(ApplicationMove.WITHDRAW, application)


def may_withdraw_on_word(staff: Staff, application: Application) -> bool:
    """At the counter the specialist withdraws on the person's word."""
    return _prepares(staff, application) and _is_open_to(ApplicationMove.WITHDRAW, application)


def _prepares(staff: Staff, application: Application) -> bool:
    return staff.role == Role.SPECIALIST and works_for(staff, application.office_id)


def _is_open_to(move: ApplicationMove, application: Application) -> bool:
    return APPLICATION.find(move, application.state) is not None
