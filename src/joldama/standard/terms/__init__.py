"""The terms of the standard: when a result, an answer to a complaint or a referral is due, and why.

Every moment handed in is aware; every moment returned is in UTC. The readings A1-A8, A26, A29 and A32 are
these functions; their figures are those of the edition handed in.
"""

from joldama.standard.complaints import ComplaintAddressee, ComplaintChannel
from joldama.standard.terms.complaints import complaint, first_day, forward_by
from joldama.standard.terms.doors import Closed, ClosedReason, Opening, opening
from joldama.standard.terms.results import counter, portal
from joldama.standard.terms.steps import Step
from joldama.standard.terms.telling import tell, told, told_measured
from joldama.standard.terms.term import Term
from joldama.standard.terms.validities import Validity, validity
from joldama.standard.terms.waiting import Wait, result, serving, wait

__all__ = [
    "Closed",
    "ClosedReason",
    "ComplaintAddressee",
    "ComplaintChannel",
    "Opening",
    "Step",
    "Term",
    "Validity",
    "Wait",
    "complaint",
    "counter",
    "first_day",
    "forward_by",
    "opening",
    "portal",
    "result",
    "serving",
    "tell",
    "told",
    "told_measured",
    "validity",
    "wait",
]
