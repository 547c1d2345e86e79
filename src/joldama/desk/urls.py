"""The pages of the desk, each with its access rule."""

from functools import partial

from joldama.desk.access import ADMINISTRATOR, COUNTER, SIGNER, SPECIALIST, STAFF
from joldama.desk.views import (
    annul,
    breaks,
    calendar,
    case,
    clocks,
    contact,
    decision,
    drafting,
    eligibility,
    intake,
    line,
    me,
    moves,
    paper,
    papers,
    sign_in,
    work,
)
from joldama.ui.pages import ANYONE
from joldama.ui.pages import page as any_page

app_name = "desk"
page = partial(any_page, room=app_name)

urlpatterns = [
    page("sign-in/", sign_in.sign_in, name="sign-in", access=ANYONE),
    page("sign-in/second-factor/", sign_in.enrol, name="enrol", access=ANYONE),
    page("sign-in/second-factor.svg", sign_in.enrol_code, name="enrol-code", access=ANYONE),
    page("sign-out/", sign_in.sign_out, name="sign-out", access=ANYONE),
    page("", work.work, name="work", access=STAFF),
    page("me/", me.me, name="me", access=STAFF),
    page("breaks/", breaks.breaks, name="breaks", access=ADMINISTRATOR),
    page("breaks/<uuid:pk>/call-off/", breaks.call_off, name="call-off-break", access=ADMINISTRATOR),
    page("calendar/", calendar.calendar, name="calendar", access=ADMINISTRATOR),
    page("paper/", paper.blanks, name="paper", access=SIGNER),
    page("paper/void/", paper.void, name="paper-void", access=SIGNER),
    page("paper/sheets/", paper.sheets, name="paper-sheets", access=SIGNER),
    page("paper/<uuid:pk>/", paper.enter, name="paper-enter", access=SIGNER),
    page("cases/<uuid:pk>/paper-result/", paper.result, name="paper-result", access=SIGNER),
    page("intake/", intake.intake, name="intake", access=SPECIALIST),
    page("intake/look-up/", intake.look_up, name="look-up", access=SPECIALIST),
    page("intake/not-accepted/", intake.not_accepted, name="not-accepted", access=SPECIALIST),
    page("line/", line.line, name="line", access=COUNTER),
    page("line/clocks/", clocks.clocks, name="clocks", access=COUNTER),
    page("line/take/", line.take_ticket, name="take-ticket", access=SPECIALIST),
    page("line/next/", line.call_next, name="call-next", access=SPECIALIST),
    page("tickets/<uuid:pk>/", line.ticket, name="ticket", access=COUNTER),
    page("tickets/<uuid:pk>/serve/", line.serve, name="serve-ticket", access=SPECIALIST),
    page("tickets/<uuid:pk>/no-show/", line.no_show, name="ticket-no-show", access=SPECIALIST),
    page("tickets/<uuid:pk>/end/", line.end, name="end-ticket", access=SPECIALIST),
    page("notes/<uuid:pk>/", papers.note, name="note", access=COUNTER),
    page("cases/<uuid:pk>/", case.case, name="case", access=COUNTER),
    page("cases/<uuid:pk>/receipt/", papers.receipt, name="receipt", access=COUNTER),
    page("cases/<uuid:pk>/document.pdf", papers.referral_pdf, name="referral-pdf", access=COUNTER),
    page("cases/<uuid:pk>/take/", moves.take, name="take", access=SPECIALIST),
    page("cases/<uuid:pk>/draft/", drafting.draft, name="draft", access=SPECIALIST),
    page("cases/<uuid:pk>/eligibility/", eligibility.eligibility, name="eligibility", access=SPECIALIST),
    page("cases/<uuid:pk>/eligibility/fact/", eligibility.fact, name="fact", access=SPECIALIST),
    page("cases/<uuid:pk>/eligibility/offer/", eligibility.offer, name="make-offer", access=SPECIALIST),
    page("cases/<uuid:pk>/eligibility/answer/", eligibility.answer, name="answer-offer", access=SPECIALIST),
    page("cases/<uuid:pk>/refuse/", drafting.refuse, name="refuse", access=SPECIALIST),
    page("cases/<uuid:pk>/offer/", moves.offer, name="offer", access=SPECIALIST),
    page("cases/<uuid:pk>/hand-over/", moves.hand_over, name="hand-over", access=SPECIALIST),
    page("cases/<uuid:pk>/asked/", moves.asked, name="asked", access=SPECIALIST),
    page("cases/<uuid:pk>/withdraw/", moves.withdraw, name="withdraw", access=SPECIALIST),
    page("cases/<uuid:pk>/contact/", contact.contact, name="contact", access=SPECIALIST),
    page("cases/<uuid:pk>/contact/remove/", contact.remove, name="remove-contact", access=SPECIALIST),
    page("cases/<uuid:pk>/annul/", annul.annul, name="annul", access=SIGNER),
    page("cases/<uuid:pk>/decision/", decision.decision, name="decision", access=SIGNER),
    page("cases/<uuid:pk>/decision.xml", decision.document, name="decision-document", access=SIGNER),
]
