from itertools import product

import pytest
from tools.draw_workflows import TARGET, drawn

from govkz.workflow import IllegalMove, faults
from joldama.standard.complaint_workflow import COMPLAINT, ComplaintMove, ComplaintState
from joldama.standard.tickets import TICKET, TicketMove, TicketState
from joldama.standard.workflows import (
    APPLICATION,
    REFERRAL,
    ApplicationMove,
    ApplicationState,
    ReferralMove,
    ReferralState,
)

# The table of moves of an application: move, from, to, by.
APPLICATION_TABLE = {
    ("delivered", "DRAFT"): ("SUBMITTED", {"recipient"}),
    ("registered", "SUBMITTED"): ("REGISTERED", {"system"}),
    ("not_accepted", "SUBMITTED"): ("NOT_ACCEPTED", {"system"}),
    ("registered_at_counter", None): ("REGISTERED", {"specialist"}),
    ("taken", "REGISTERED"): ("IN_PROGRESS", {"specialist"}),
    ("signed", "IN_PROGRESS"): ("SIGNED", {"head", "deputy"}),
    ("refused", "IN_PROGRESS"): ("REFUSED", {"head", "deputy"}),
    ("refused", "SIGNED"): ("REFUSED", {"head", "deputy"}),
    ("refused", "ISSUED"): ("REFUSED", {"head", "deputy"}),
    ("issued", "SIGNED"): ("ISSUED", {"specialist", "system"}),
    ("granted_by_court", "REFUSED"): ("ISSUED", {"head", "deputy"}),
    ("withdrawn", "SUBMITTED"): ("WITHDRAWN", {"recipient", "specialist"}),
    ("withdrawn", "REGISTERED"): ("WITHDRAWN", {"recipient", "specialist"}),
    ("withdrawn", "IN_PROGRESS"): ("WITHDRAWN", {"recipient", "specialist"}),
}
TICKET_TABLE = {
    ("taken", None): ("WAITING", {"specialist", "kiosk"}),
    ("called", "WAITING"): ("CALLED", {"specialist"}),
    ("serving", "CALLED"): ("SERVING", {"specialist"}),
    ("served", "SERVING"): ("SERVED", {"specialist"}),
    ("no_show", "CALLED"): ("NO_SHOW", {"specialist"}),
    ("closed", "WAITING"): ("CANCELLED_AT_CLOSING", {"system"}),
}
ADDRESSEE = {"head", "deputy", "akim", "quality_official"}
BODY = {*ADDRESSEE, "chancery"}
COMPLAINT_TABLE = {
    ("delivered", None): ("DELIVERED", {"recipient"}),
    ("registered", "DELIVERED"): ("REGISTERED", {"chancery"}),
    ("registered_on_paper", None): ("REGISTERED", {"chancery"}),
    ("in_consideration", "REGISTERED"): ("IN_CONSIDERATION", ADDRESSEE),
    ("answered", "IN_CONSIDERATION"): ("ANSWERED", ADDRESSEE),
    ("executed", "ANSWERED"): ("EXECUTED", BODY),
    ("consideration_refused", "REGISTERED"): ("CONSIDERATION_REFUSED", ADDRESSEE),
    ("consideration_refused", "IN_CONSIDERATION"): ("CONSIDERATION_REFUSED", ADDRESSEE),
    ("forwarded", "REGISTERED"): ("FORWARDED", BODY),
    ("forwarded", "IN_CONSIDERATION"): ("FORWARDED", BODY),
    ("withdrawn", "DELIVERED"): ("WITHDRAWN", {"recipient"}),
    ("withdrawn", "REGISTERED"): ("WITHDRAWN", {"recipient"}),
    ("withdrawn", "IN_CONSIDERATION"): ("WITHDRAWN", {"recipient"}),
}
ANSWERED = {"organisation", "specialist"}
REFERRAL_TABLE = {
    ("issued", None): ("ISSUED", {"head", "deputy"}),
    ("handed_over", "ISSUED"): ("HANDED_OVER", {"specialist", "recipient"}),
    ("accepted_by_organisation", "HANDED_OVER"): ("ACCEPTED_BY_ORGANISATION", ANSWERED),
    ("rejected_by_organisation", "HANDED_OVER"): ("REJECTED_BY_ORGANISATION", ANSWERED),
    ("no_show", "HANDED_OVER"): ("NO_SHOW", ANSWERED),
    ("answer_withdrawn", "ACCEPTED_BY_ORGANISATION"): ("HANDED_OVER", {"specialist"}),
    ("answer_withdrawn", "REJECTED_BY_ORGANISATION"): ("HANDED_OVER", {"specialist"}),
    ("answer_withdrawn", "NO_SHOW"): ("HANDED_OVER", {"specialist"}),
    ("expired", "HANDED_OVER"): ("EXPIRED", {"system"}),
    ("annulled", "ISSUED"): ("ANNULLED", {"head", "deputy"}),
    ("annulled", "HANDED_OVER"): ("ANNULLED", {"head", "deputy"}),
    ("annulled", "ACCEPTED_BY_ORGANISATION"): ("ANNULLED", {"head", "deputy"}),
    ("annulled", "REJECTED_BY_ORGANISATION"): ("ANNULLED", {"head", "deputy"}),
    ("annulled", "NO_SHOW"): ("ANNULLED", {"head", "deputy"}),
    ("annulled", "EXPIRED"): ("ANNULLED", {"head", "deputy"}),
}


@pytest.mark.parametrize(("name", "state"), [*product(ApplicationMove, [None, *ApplicationState])])
def test_an_application_makes_the_moves_of_its_table_and_no_other(name, state):
    found = APPLICATION.find(name, state)

    assert (found and (found.target, found.actors)) == APPLICATION_TABLE.get((name, state))


@pytest.mark.parametrize(("name", "state"), [*product(TicketMove, [None, *TicketState])])
def test_a_ticket_makes_the_moves_of_its_table_and_no_other(name, state):
    """R8.1-c, R8.1-d"""
    found = TICKET.find(name, state)

    assert (found and (found.target, found.actors)) == TICKET_TABLE.get((name, state))


@pytest.mark.parametrize(("name", "state"), [*product(ComplaintMove, [None, *ComplaintState])])
def test_a_complaint_makes_the_moves_of_its_table_and_no_other(name, state):
    found = COMPLAINT.find(name, state)

    assert (found and (found.target, found.actors)) == COMPLAINT_TABLE.get((name, state))


@pytest.mark.parametrize(("name", "state"), [*product(ReferralMove, [None, *ReferralState])])
def test_a_referral_makes_the_moves_of_its_table_and_no_other(name, state):
    found = REFERRAL.find(name, state)

    assert (found and (found.target, found.actors)) == REFERRAL_TABLE.get((name, state))


@pytest.mark.parametrize("workflow", [APPLICATION, REFERRAL])
def test_the_tables_have_no_faults(workflow):
    assert faults(workflow) == []


def test_an_issued_application_is_final():
    with pytest.raises(IllegalMove):
        APPLICATION.move(ApplicationMove.WITHDRAW, ApplicationState.ISSUED)

    left = {move.target for move in APPLICATION.moves_from(ApplicationState.ISSUED)}
    assert left <= APPLICATION.final


def test_a_specialist_sees_his_own_moves_only():
    names = [move.name for move in APPLICATION.moves_from(ApplicationState.IN_PROGRESS, "specialist")]

    assert names == [ApplicationMove.WITHDRAW]


def test_the_diagrams_in_the_documentation_are_current():
    assert TARGET.read_text(encoding="utf-8") == drawn(), "run: python tools/draw_workflows.py"
